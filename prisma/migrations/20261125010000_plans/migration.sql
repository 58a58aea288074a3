-- What lists are found by at a million rows. The plans are in bench/plans.md.

-- Participants and countries by the actors' ids, which are a third as long as a role and an id.
DROP INDEX "development_parts_idx";
DROP INDEX "development_version_parts_idx";

-- CreateIndex
CREATE INDEX "development_actor_ids_idx" ON "development" USING GIN ("actor_ids");

-- CreateIndex
CREATE INDEX "development_place_countries_idx" ON "development" USING GIN ("place_countries");

-- CreateIndex
CREATE INDEX "development_version_actor_ids_idx" ON "development_version" USING GIN ("actor_ids");

-- CreateIndex
CREATE INDEX "development_version_place_countries_idx" ON "development_version" USING GIN ("place_countries");

-- The other day of a development stands in the index, so that what lies outside the dates asked for is passed over
-- without fetching its row, and a timeline is counted from the index alone.
DROP INDEX "development_status_occurred_earliest_id_idx";
DROP INDEX "development_status_occurred_latest_id_idx";
DROP INDEX "development_status_kind_occurred_earliest_id_idx";
DROP INDEX "development_version_status_occurred_earliest_id_idx";
DROP INDEX "development_version_status_occurred_latest_id_idx";
DROP INDEX "development_version_status_kind_occurred_earliest_id_idx";

-- CreateIndex
CREATE INDEX "development_by_earliest" ON "development"("status", "occurred_earliest", "id", "occurred_latest");

-- CreateIndex
CREATE INDEX "development_by_latest" ON "development"("status", "occurred_latest", "id", "occurred_earliest");

-- CreateIndex
CREATE INDEX "development_by_kind" ON "development"("status", "kind", "occurred_earliest", "id", "occurred_latest");

-- CreateIndex
CREATE INDEX "development_version_by_earliest" ON "development_version"("status", "occurred_earliest", "id", "occurred_latest");

-- CreateIndex
CREATE INDEX "development_version_by_latest" ON "development_version"("status", "occurred_latest", "id", "occurred_earliest");

-- CreateIndex
CREATE INDEX "development_version_by_kind" ON "development_version"("status", "kind", "occurred_earliest", "id", "occurred_latest");

-- From here on by hand: what Prisma's schema language cannot say.

-- Dates of more than a year: what can have occurred on a day lies in the year before it, or here.
CREATE INDEX "development_long" ON "development" ("status", "occurred_earliest", "id", "occurred_latest")
  WHERE "occurred_latest" - "occurred_earliest" > 366;
CREATE INDEX "development_long_by_latest" ON "development" ("status", "occurred_latest", "id", "occurred_earliest")
  WHERE "occurred_latest" - "occurred_earliest" > 366;
CREATE INDEX "development_version_long" ON "development_version" ("status", "occurred_earliest", "id", "occurred_latest")
  WHERE "occurred_latest" - "occurred_earliest" > 366;
CREATE INDEX "development_version_long_by_latest"
  ON "development_version" ("status", "occurred_latest", "id", "occurred_earliest")
  WHERE "occurred_latest" - "occurred_earliest" > 366;

-- What is disputed is rare, and asked for together with what is not.
CREATE INDEX "development_disputed" ON "development" ("status", "occurred_earliest", "id", "occurred_latest")
  WHERE "disputed";
CREATE INDEX "development_version_disputed"
  ON "development_version" ("status", "occurred_earliest", "id", "occurred_latest")
  WHERE "disputed";

-- So that the planner knows how few dates are long, and on how few days a million developments lie.
CREATE STATISTICS "development_span" ON ("occurred_latest" - "occurred_earliest") FROM "development";
CREATE STATISTICS "development_version_span" ON ("occurred_latest" - "occurred_earliest") FROM "development_version";
CREATE STATISTICS "development_days" (ndistinct) ON "kind", "occurred_earliest", "occurred_latest" FROM "development";
CREATE STATISTICS "development_version_days" (ndistinct) ON "kind", "occurred_earliest", "occurred_latest"
  FROM "development_version";
