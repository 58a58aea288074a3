-- Lists of what one actor, country, topic or source is in are walked in the order of their days, whether they are ten
-- or half of the record: for each of these things the developments stand in that order in a table of their own.
-- The database keeps it, and the countries in a column, whoever writes a row. Bodies end their statements with \073,
-- because the adapter cuts scripts at every semicolon.

-- The countries of those with a part in it and of its places, each once.
CREATE FUNCTION "countries_of"(actor_ids uuid[], places text[]) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT ARRAY(
    SELECT unnest(places) UNION SELECT country_code FROM actor WHERE id = ANY (actor_ids) AND country_code IS NOT NULL
    ORDER BY 1)
$$;

-- A country has no id: its two letters (ISO 3166-1 alpha-2) stand at the end of one of zeros, which no UUIDv7 begins with.
CREATE FUNCTION "country_subject"(code text) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lpad(to_hex(ascii(code)) || to_hex(ascii(right(code, 1))), 32, '0')::uuid
$$;

-- What a development is a mention of, each once.
CREATE FUNCTION "mentioned"(ids uuid[], countries text[]) RETURNS SETOF uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 12 AS $$
  SELECT unnest(ids) UNION SELECT country_subject(unnest(countries))
$$;

-- Search vectors stand in the row, with all else that a row is found by. The texts, which nobody reads there, stand beside
-- it: a search that walks rows by date looks at each vector, and took four pages for each that stood elsewhere. What is
-- not MAIN goes before what is, so the arrays have to be so too.
ALTER TABLE "development" ADD COLUMN "countries" TEXT[];
ALTER TABLE "development"
  ALTER COLUMN "search" SET STORAGE MAIN,
  ALTER COLUMN "actor_ids" SET STORAGE MAIN,
  ALTER COLUMN "parts" SET STORAGE MAIN,
  ALTER COLUMN "place_countries" SET STORAGE MAIN,
  ALTER COLUMN "topic_ids" SET STORAGE MAIN,
  ALTER COLUMN "treaty_ids" SET STORAGE MAIN,
  ALTER COLUMN "weapon_system_ids" SET STORAGE MAIN,
  ALTER COLUMN "doctrine_ids" SET STORAGE MAIN,
  ALTER COLUMN "source_ids" SET STORAGE MAIN,
  ALTER COLUMN "links" SET STORAGE MAIN;

-- A column that is made anew writes its table and its indexes once, where an UPDATE would write each row to all indexes.
ALTER TABLE "development"
  ALTER COLUMN "countries" TYPE TEXT[] USING "countries_of"("actor_ids", "place_countries"),
  ALTER COLUMN "countries" SET STORAGE MAIN;
ALTER TABLE "development_version" ADD COLUMN "countries" TEXT[];
ALTER TABLE "development_version" ALTER COLUMN "countries" TYPE TEXT[] USING "countries_of"("actor_ids", "place_countries");

DROP INDEX "development_place_countries_idx";
DROP INDEX "development_version_place_countries_idx";

-- CreateIndex
CREATE INDEX "development_countries_idx" ON "development" USING GIN ("countries");

-- CreateIndex
CREATE INDEX "development_version_countries_idx" ON "development_version" USING GIN ("countries");

-- CreateTable
CREATE TABLE "development_mention" (
    "subject_id" UUID NOT NULL,
    "status" "DevelopmentStatus" NOT NULL,
    "occurred_earliest" DATE NOT NULL,
    "development_id" UUID NOT NULL,
    "occurred_latest" DATE NOT NULL,
    "kind" "DevelopmentKind" NOT NULL
);

INSERT INTO "development_mention"
SELECT subject, status, occurred_earliest, id, occurred_latest, kind
FROM "development",
  mentioned(actor_ids || topic_ids || treaty_ids || weapon_system_ids || doctrine_ids || source_ids, countries) AS subject
ORDER BY subject, status, occurred_earliest, id;

ALTER TABLE "development_mention" ADD CONSTRAINT "development_mention_pkey"
  PRIMARY KEY ("subject_id", "status", "occurred_earliest", "development_id", "occurred_latest", "kind");

-- From here on by hand: what Prisma's schema language cannot say.

-- Dates of more than a year: what can have occurred on a day lies in the year before it, or here.
CREATE INDEX "development_mention_long"
  ON "development_mention" ("subject_id", "status", "occurred_earliest", "development_id", "occurred_latest", "kind")
  WHERE "occurred_latest" - "occurred_earliest" > 366;

-- Actors' countries are those of now. Who writes a development shares a lock until the commit, for which the change of
-- an actor's country waits: neither can miss what the other one has not committed yet.
CREATE FUNCTION "set_countries"() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext(''doctrine_wire.countries''))\073
  NEW.countries := countries_of(NEW.actor_ids, NEW.place_countries)\073
  RETURN NEW\073
END
';
CREATE TRIGGER "set_countries" BEFORE INSERT OR UPDATE OF "actor_ids", "place_countries" ON "development"
  FOR EACH ROW EXECUTE FUNCTION "set_countries"();

CREATE FUNCTION "actor_moved"() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext(''doctrine_wire.countries''))\073
  UPDATE development SET countries = countries_of(actor_ids, place_countries) WHERE actor_ids @> ARRAY[OLD.id]\073
  UPDATE development_version SET countries = countries_of(actor_ids, place_countries) WHERE actor_ids @> ARRAY[OLD.id]\073
  RETURN NULL\073
END
';
CREATE TRIGGER "actor_moved" AFTER UPDATE ON "actor"
  FOR EACH ROW WHEN (OLD."country_code" IS DISTINCT FROM NEW."country_code") EXECUTE FUNCTION "actor_moved"();
CREATE TRIGGER "actor_gone" AFTER DELETE ON "actor"
  FOR EACH ROW WHEN (OLD."country_code" IS NOT NULL) EXECUTE FUNCTION "actor_moved"();

-- Once for a statement, however many rows it writes.
CREATE FUNCTION "keep_mentions"() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  IF TG_OP <> ''INSERT'' THEN
    DELETE FROM development_mention AS it
    USING old_rows AS gone,
          mentioned(gone.actor_ids || gone.topic_ids || gone.treaty_ids || gone.weapon_system_ids || gone.doctrine_ids
                    || gone.source_ids, gone.countries) AS subject
    WHERE it.subject_id = subject AND it.status = gone.status AND it.occurred_earliest = gone.occurred_earliest
      AND it.development_id = gone.id\073
  END IF\073
  IF TG_OP <> ''DELETE'' THEN
    INSERT INTO development_mention
    SELECT subject, status, occurred_earliest, id, occurred_latest, kind
    FROM new_rows, mentioned(actor_ids || topic_ids || treaty_ids || weapon_system_ids || doctrine_ids || source_ids,
                             countries) AS subject\073
  END IF\073
  RETURN NULL\073
END
';
CREATE TRIGGER "keep_mentions_of_new" AFTER INSERT ON "development"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "keep_mentions"();
CREATE TRIGGER "keep_mentions_of_changed" AFTER UPDATE ON "development"
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "keep_mentions"();
CREATE TRIGGER "keep_mentions_of_gone" AFTER DELETE ON "development"
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION "keep_mentions"();
