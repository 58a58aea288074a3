-- What a development says is in its revisions' snapshots and nowhere else: the tables that repeated it go.
-- What lists find it by are columns of its row, and of one row for each version that readers were shown.

-- Snapshots get the fields that they did not have.
UPDATE "revision" SET "snapshot" =
  "snapshot"
  || jsonb_build_object(
       'confidenceReason', CASE WHEN "snapshot"->>'confidence' = 'LOW' THEN NULL ELSE 'Given before confidence was derived.' END,
       'derivedConfidence', 'LOW',
       'successorId', NULL,
       'citations', (SELECT coalesce(jsonb_agg(it || '{"language": null}' ORDER BY at), '[]')
                     FROM jsonb_array_elements("snapshot"->'citations') WITH ORDINALITY AS citation (it, at)),
       'links', (SELECT coalesce(jsonb_agg(it || '{"citationId": null}' ORDER BY at), '[]')
                 FROM jsonb_array_elements("snapshot"->'links') WITH ORDINALITY AS link (it, at)))
  || CASE WHEN "snapshot"->'detail'->>'kind' = 'STATEMENT'
          THEN jsonb_build_object('detail', "snapshot"->'detail' || '{"originalScript": null, "translator": null}')
          ELSE '{}' END;

-- A preferred claim's value is the development's own from now on: one that is not stands as NORMAL.
UPDATE "revision" SET "snapshot" = jsonb_set("snapshot", '{claims}', (
  SELECT jsonb_agg(
    CASE WHEN claim->>'rank' = 'PREFERRED' AND NOT (
      nth = 1 AND claim->>'value' IS NOT DISTINCT FROM CASE claim->>'field'
        WHEN 'OCCURRED' THEN "snapshot"->'occurred'->>'edtf'
        WHEN 'EFFECTIVE_DATE' THEN "snapshot"->'detail'->'effective'->>'edtf'
        WHEN 'CHANGE_TYPE' THEN "snapshot"->'detail'->>'changeType'
        WHEN 'QUOTATION' THEN "snapshot"->'detail'->>'quotation'
        WHEN 'AFTER' THEN "snapshot"->'detail'->>'after'
      END)
    THEN claim || '{"rank": "NORMAL"}' ELSE claim END ORDER BY at)
  FROM (
    SELECT claim, at, row_number() OVER (PARTITION BY claim->>'field', claim->>'rank' ORDER BY at) AS nth
    FROM jsonb_array_elements("snapshot"->'claims') WITH ORDINALITY AS claim (claim, at)
  ) AS claims))
WHERE jsonb_array_length("snapshot"->'claims') > 0;

UPDATE "revision" AS it SET "changed_fields" = ARRAY(
  SELECT unnest(it."changed_fields") AS field
  UNION SELECT 'derivedConfidence' WHERE it."number" = 1
  UNION SELECT 'confidenceReason' WHERE it."snapshot"->>'confidenceReason' IS DISTINCT FROM (
    SELECT before."snapshot"->>'confidenceReason' FROM "revision" AS before
    WHERE before."development_id" = it."development_id" AND before."number" = it."number" - 1)
  ORDER BY field);

ALTER TABLE "development"
  ADD COLUMN "actor_ids" UUID[],
  ADD COLUMN "change_type" "ChangeType",
  ADD COLUMN "doctrine_ids" UUID[],
  ADD COLUMN "event_type" "EventType",
  ADD COLUMN "links" TEXT[],
  ADD COLUMN "parts" TEXT[],
  ADD COLUMN "place_countries" TEXT[],
  ADD COLUMN "source_ids" UUID[],
  ADD COLUMN "text" TEXT,
  ADD COLUMN "topic_ids" UUID[],
  ADD COLUMN "treaty_ids" UUID[],
  ADD COLUMN "weapon_system_ids" UUID[];

-- CreateTable
CREATE TABLE "development_version" (
    "id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "until" BIGINT NOT NULL DEFAULT 9223372036854775807,
    "revision" INTEGER NOT NULL,
    "kind" "DevelopmentKind" NOT NULL,
    "status" "DevelopmentStatus" NOT NULL,
    "confidence" "Confidence" NOT NULL,
    "disputed" BOOLEAN NOT NULL,
    "occurred_earliest" DATE NOT NULL,
    "occurred_latest" DATE NOT NULL,
    "event_type" "EventType",
    "change_type" "ChangeType",
    "actor_ids" UUID[],
    "parts" TEXT[],
    "place_countries" TEXT[],
    "topic_ids" UUID[],
    "treaty_ids" UUID[],
    "weapon_system_ids" UUID[],
    "doctrine_ids" UUID[],
    "source_ids" UUID[],
    "links" TEXT[],
    "text" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "development_version_pkey" PRIMARY KEY ("id","position")
);

-- CreateTable
CREATE TABLE "development_slug" (
    "slug" TEXT NOT NULL,
    "development_id" UUID NOT NULL,

    CONSTRAINT "development_slug_pkey" PRIMARY KEY ("slug")
);

-- The columns that lists find a development by, from a snapshot.
CREATE FUNCTION "found_by"(snapshot jsonb) RETURNS TABLE (
  "occurred_earliest" date, "occurred_latest" date, "confidence" "Confidence", "disputed" boolean,
  "event_type" "EventType", "change_type" "ChangeType", "actor_ids" uuid[], "parts" text[], "place_countries" text[],
  "topic_ids" uuid[], "treaty_ids" uuid[], "weapon_system_ids" uuid[], "doctrine_ids" uuid[], "source_ids" uuid[],
  "links" text[], "text" text
) LANGUAGE sql AS $$
  SELECT (snapshot->'occurred'->>'earliest')::date, (snapshot->'occurred'->>'latest')::date,
    (snapshot->>'confidence')::"Confidence",
    EXISTS (
      SELECT FROM jsonb_array_elements(snapshot->'claims') AS one, jsonb_array_elements(snapshot->'claims') AS other
      WHERE one->>'field' = other->>'field' AND one->'value' <> other->'value'
        AND one->>'rank' <> 'DEPRECATED' AND other->>'rank' <> 'DEPRECATED'),
    (snapshot->'detail'->>'type')::"EventType", (snapshot->'detail'->>'changeType')::"ChangeType",
    ARRAY(SELECT DISTINCT (it->>'actorId')::uuid FROM jsonb_array_elements(snapshot->'participants') AS it),
    ARRAY(SELECT (it->>'role') || ':' || (it->>'actorId') FROM jsonb_array_elements(snapshot->'participants') AS it),
    ARRAY(SELECT DISTINCT it->>'countryCode' FROM jsonb_array_elements(coalesce(snapshot->'detail'->'places', '[]')) AS it
          WHERE it->>'countryCode' IS NOT NULL),
    ARRAY(SELECT jsonb_array_elements_text(snapshot->'topicIds')::uuid),
    ARRAY(SELECT jsonb_array_elements_text(snapshot->'treatyIds')::uuid),
    ARRAY(SELECT jsonb_array_elements_text(snapshot->'weaponSystemIds')::uuid),
    ARRAY(SELECT jsonb_array_elements_text(snapshot->'doctrineIds')::uuid
          UNION SELECT (snapshot->'detail'->>'doctrineId')::uuid WHERE snapshot->'detail' ? 'doctrineId'),
    ARRAY(SELECT DISTINCT (it->>'sourceId')::uuid FROM jsonb_array_elements(snapshot->'citations') AS it),
    ARRAY(SELECT (it->>'relation') || ':' || (it->>'toId') FROM jsonb_array_elements(snapshot->'links') AS it),
    concat_ws(E'\n', snapshot->>'headline', snapshot->>'summary', snapshot->'detail'->>'quotation', snapshot->'detail'->>'translation')
$$;

UPDATE "development" SET
  "actor_ids" = it."actor_ids", "change_type" = it."change_type", "doctrine_ids" = it."doctrine_ids",
  "event_type" = it."event_type", "links" = it."links", "parts" = it."parts", "place_countries" = it."place_countries",
  "source_ids" = it."source_ids", "text" = it."text", "topic_ids" = it."topic_ids", "treaty_ids" = it."treaty_ids",
  "weapon_system_ids" = it."weapon_system_ids"
FROM "revision", "found_by"("revision"."snapshot") AS it
WHERE "revision"."development_id" = "development"."id" AND "revision"."number" = "development"."revision";
ALTER TABLE "development" ALTER COLUMN "text" SET NOT NULL;

INSERT INTO "development_version" (
  "id", "position", "until", "revision", "kind", "status", "confidence", "disputed", "occurred_earliest",
  "occurred_latest", "event_type", "change_type", "actor_ids", "parts", "place_countries", "topic_ids", "treaty_ids",
  "weapon_system_ids", "doctrine_ids", "source_ids", "links", "text", "recorded_at", "published_at")
SELECT "development"."id", entry."position",
  lead(entry."position", 1, 9223372036854775807) OVER (PARTITION BY "development"."id" ORDER BY entry."position"),
  entry."revision", "development"."kind", "revision"."status", it."confidence", it."disputed", it."occurred_earliest",
  it."occurred_latest", it."event_type", it."change_type", it."actor_ids", it."parts", it."place_countries",
  it."topic_ids", it."treaty_ids", it."weapon_system_ids", it."doctrine_ids", it."source_ids", it."links", it."text",
  "development"."recorded_at", "development"."published_at"
FROM "feed_entry" AS entry
JOIN "development" ON "development"."id" = entry."development_id"
JOIN "revision" ON "revision"."development_id" = entry."development_id" AND "revision"."number" = entry."revision",
"found_by"("revision"."snapshot") AS it;

DROP FUNCTION "found_by";

INSERT INTO "development_slug" ("slug", "development_id")
SELECT "slug", "id" FROM "development"
UNION
SELECT "snapshot"->>'slug', "development_id" FROM "revision"
WHERE NOT EXISTS (SELECT FROM "development" WHERE "development"."slug" = "snapshot"->>'slug')
ON CONFLICT DO NOTHING;

-- No later position has an earlier time, and what was committed together has one time.
ALTER TABLE "feed_head" ADD COLUMN "recorded_at" TIMESTAMPTZ(3);
UPDATE "feed_entry" SET "recorded_at" = it."at" FROM (
  SELECT "position", max("recorded_at") OVER (ORDER BY "position") AS "at" FROM "feed_entry"
) AS it WHERE it."position" = "feed_entry"."position";
UPDATE "feed_head" SET "recorded_at" = (SELECT max("recorded_at") FROM "feed_entry");

DROP TABLE "event", "statement", "doctrine_change", "place", "event_place", "event_quantity", "participation", "development_topic", "development_treaty", "development_weapon_system", "development_doctrine", "citation", "claim", "link";
DROP TYPE "PlacePrecision", "ParticipantRole", "CitationStance", "ClaimField", "ClaimRank", "LinkRelation";

DROP INDEX "development_id_kind_key";
ALTER TABLE "development"
  DROP COLUMN "headline",
  DROP COLUMN "occurred_edtf",
  DROP COLUMN "occurred_precision",
  DROP COLUMN "summary";

-- CreateIndex
CREATE INDEX "development_version_status_occurred_earliest_id_idx" ON "development_version"("status", "occurred_earliest", "id");

-- CreateIndex
CREATE INDEX "development_version_status_occurred_latest_id_idx" ON "development_version"("status", "occurred_latest", "id");

-- CreateIndex
CREATE INDEX "development_version_status_recorded_at_id_idx" ON "development_version"("status", "recorded_at", "id");

-- CreateIndex
CREATE INDEX "development_version_status_kind_occurred_earliest_id_idx" ON "development_version"("status", "kind", "occurred_earliest", "id");

-- CreateIndex
CREATE INDEX "development_version_until_position_status_kind_idx" ON "development_version"("until", "position", "status", "kind");

-- CreateIndex
CREATE INDEX "development_version_treaty_ids_idx" ON "development_version" USING GIN ("treaty_ids");

-- CreateIndex
CREATE INDEX "development_version_weapon_system_ids_idx" ON "development_version" USING GIN ("weapon_system_ids");

-- CreateIndex
CREATE INDEX "development_version_doctrine_ids_idx" ON "development_version" USING GIN ("doctrine_ids");

-- CreateIndex
CREATE INDEX "development_version_parts_idx" ON "development_version" USING GIN ("parts");

-- CreateIndex
CREATE INDEX "development_version_topic_ids_idx" ON "development_version" USING GIN ("topic_ids");

-- CreateIndex
CREATE INDEX "development_version_source_ids_idx" ON "development_version" USING GIN ("source_ids");

-- CreateIndex
CREATE INDEX "development_version_links_idx" ON "development_version" USING GIN ("links");

-- CreateIndex
CREATE UNIQUE INDEX "development_version_position_key" ON "development_version"("position");

-- CreateIndex
CREATE INDEX "development_slug_development_id_idx" ON "development_slug"("development_id");

-- CreateIndex
CREATE INDEX "development_parts_idx" ON "development" USING GIN ("parts");

-- CreateIndex
CREATE INDEX "development_topic_ids_idx" ON "development" USING GIN ("topic_ids");

-- CreateIndex
CREATE INDEX "development_treaty_ids_idx" ON "development" USING GIN ("treaty_ids");

-- CreateIndex
CREATE INDEX "development_weapon_system_ids_idx" ON "development" USING GIN ("weapon_system_ids");

-- CreateIndex
CREATE INDEX "development_doctrine_ids_idx" ON "development" USING GIN ("doctrine_ids");

-- CreateIndex
CREATE INDEX "development_source_ids_idx" ON "development" USING GIN ("source_ids");

-- CreateIndex
CREATE INDEX "development_links_idx" ON "development" USING GIN ("links");

-- CreateIndex
CREATE INDEX "feed_entry_recorded_at_position_idx" ON "feed_entry"("recorded_at", "position");

-- AddForeignKey
ALTER TABLE "development_version" ADD CONSTRAINT "development_version_position_fkey" FOREIGN KEY ("position") REFERENCES "feed_entry"("position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "development_slug" ADD CONSTRAINT "development_slug_development_id_fkey" FOREIGN KEY ("development_id") REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- From here on by hand: what Prisma's schema language cannot say.

CREATE UNIQUE INDEX "development_version_newest" ON "development_version" ("id") WHERE "until" = 9223372036854775807;
ALTER TABLE "development_version"
  ADD CONSTRAINT "development_version_order"    CHECK ("position" < "until"),
  ADD CONSTRAINT "development_version_occurred" CHECK ("occurred_earliest" <= "occurred_latest"),
  ADD CONSTRAINT "development_version_no_draft" CHECK ("status" <> 'DRAFT' AND "published_at" IS NOT NULL);
ALTER TABLE "development_slug" ADD CONSTRAINT "development_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120);
