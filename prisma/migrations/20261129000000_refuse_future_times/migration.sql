-- Times of positions never go back, so a time in the future would hold up every later one: `asOf` a moment would miss
-- all writes until then. The head refuses such a time, whether its own (the clock was set back, or was ahead before) or
-- that of an entry of an export. One minute is the tolerance for clocks that differ.

CREATE FUNCTION "refuse_future_time"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'DW001', MESSAGE = format(
        'The database''s clock reads %s, and the feed would be at %s',
        to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        to_char(NEW."recorded_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
END
$$;

CREATE TRIGGER "refuse_future_time" BEFORE UPDATE OF "position" ON "feed_head"
    FOR EACH ROW WHEN (NEW."recorded_at" > clock_timestamp() + interval '1 minute')
    EXECUTE FUNCTION "refuse_future_time"();
