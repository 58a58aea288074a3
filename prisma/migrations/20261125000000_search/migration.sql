-- The words that a development is found by stand in columns of their own, and a generated one holds them as
-- full-text search takes them, with the ids of what the development is about: names are looked up as they are now.

ALTER TABLE "development"
  ADD COLUMN "headline" TEXT,
  ADD COLUMN "summary" TEXT,
  ADD COLUMN "quotation" TEXT,
  ADD COLUMN "translation" TEXT;
ALTER TABLE "development_version"
  ADD COLUMN "headline" TEXT,
  ADD COLUMN "summary" TEXT,
  ADD COLUMN "quotation" TEXT,
  ADD COLUMN "translation" TEXT;

UPDATE "development" AS it SET
  "headline" = "snapshot"->>'headline', "summary" = "snapshot"->>'summary',
  "quotation" = "snapshot"->'detail'->>'quotation', "translation" = "snapshot"->'detail'->>'translation'
FROM "revision" WHERE "revision"."development_id" = it."id" AND "revision"."number" = it."revision";
UPDATE "development_version" AS it SET
  "headline" = "snapshot"->>'headline', "summary" = "snapshot"->>'summary',
  "quotation" = "snapshot"->'detail'->>'quotation', "translation" = "snapshot"->'detail'->>'translation'
FROM "revision" WHERE "revision"."development_id" = it."id" AND "revision"."number" = it."revision";

ALTER TABLE "development"
  DROP COLUMN "text",
  ALTER COLUMN "headline" SET NOT NULL,
  ALTER COLUMN "summary" SET NOT NULL,
  ADD COLUMN "search" TSVECTOR GENERATED ALWAYS AS (
    setweight(to_tsvector('english', "headline"), 'A')
    || setweight(to_tsvector('english', "summary"), 'B')
    || setweight(to_tsvector('english', left(coalesce("translation", ''), 60000)), 'C')
    || setweight(to_tsvector('english', left(coalesce("quotation", ''), 60000)), 'C')
    || to_tsvector('simple', left(coalesce("quotation", ''), 60000))
    || array_to_tsvector(coalesce("actor_ids" || "topic_ids" || "treaty_ids" || "weapon_system_ids" || "doctrine_ids", '{}')::text[])
  ) STORED;
ALTER TABLE "development_version"
  DROP COLUMN "text",
  ALTER COLUMN "headline" SET NOT NULL,
  ALTER COLUMN "summary" SET NOT NULL,
  ADD COLUMN "search" TSVECTOR GENERATED ALWAYS AS (
    setweight(to_tsvector('english', "headline"), 'A')
    || setweight(to_tsvector('english', "summary"), 'B')
    || setweight(to_tsvector('english', left(coalesce("translation", ''), 60000)), 'C')
    || setweight(to_tsvector('english', left(coalesce("quotation", ''), 60000)), 'C')
    || to_tsvector('simple', left(coalesce("quotation", ''), 60000))
    || array_to_tsvector(coalesce("actor_ids" || "topic_ids" || "treaty_ids" || "weapon_system_ids" || "doctrine_ids", '{}')::text[])
  ) STORED;

-- CreateIndex
CREATE INDEX "development_search_idx" ON "development" USING GIN ("search");

-- CreateIndex
CREATE INDEX "development_version_search_idx" ON "development_version" USING GIN ("search");

-- From here on by hand: what Prisma's schema language cannot say.

-- A word that is not among those that statistics know is taken for as frequent as the rarest of them. With the
-- usual 100 that is a word in hundreds, and a search for what is nowhere walks all rows by date: 3 s for 150,000.
ALTER TABLE "development" ALTER COLUMN "search" SET STATISTICS 1000;
ALTER TABLE "development_version" ALTER COLUMN "search" SET STATISTICS 1000;

-- Names, to look words up in.
CREATE INDEX "actor_name_search"               ON "actor"               USING GIN ((to_tsvector('english', "name") || to_tsvector('simple', "name")));
CREATE INDEX "actor_name_name_search"          ON "actor_name"          USING GIN ((to_tsvector('english', "name") || to_tsvector('simple', "name")));
CREATE INDEX "topic_name_search"               ON "topic"               USING GIN ((to_tsvector('english', "name") || to_tsvector('simple', "name")));
CREATE INDEX "treaty_name_search"              ON "treaty"              USING GIN ((to_tsvector('english', "name") || to_tsvector('simple', "name")));
CREATE INDEX "treaty_abbreviation_search"      ON "treaty"              USING GIN ((to_tsvector('english', "abbreviation") || to_tsvector('simple', "abbreviation")));
CREATE INDEX "weapon_system_name_search"       ON "weapon_system"       USING GIN ((to_tsvector('english', "name") || to_tsvector('simple', "name")));
CREATE INDEX "weapon_system_alias_name_search" ON "weapon_system_alias" USING GIN ((to_tsvector('english', "name") || to_tsvector('simple', "name")));
CREATE INDEX "doctrine_name_search"            ON "doctrine"            USING GIN ((to_tsvector('english', "name") || to_tsvector('simple', "name")));
