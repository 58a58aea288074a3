/** Drops the triggers that refuse to change what the record has told. */
export const DROP_REFUSALS = `
  DO $$ DECLARE it record; BEGIN
    FOR it IN SELECT tgname, tgrelid::regclass AS relation FROM pg_trigger
              WHERE tgfoid = 'refuse_change'::regproc LOOP
      EXECUTE format('DROP TRIGGER %I ON %s', it.tgname, it.relation);
    END LOOP;
  END $$`;
