-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "DevelopmentKind" AS ENUM ('EVENT', 'STATEMENT', 'DOCTRINE_CHANGE');

-- CreateEnum
CREATE TYPE "DevelopmentStatus" AS ENUM ('DRAFT', 'PUBLISHED', 'RETRACTED');

-- CreateEnum
CREATE TYPE "Confidence" AS ENUM ('LOW', 'MODERATE', 'HIGH');

-- CreateEnum
CREATE TYPE "DatePrecision" AS ENUM ('TIME', 'DAY', 'MONTH', 'SEASON', 'YEAR', 'DECADE', 'CENTURY', 'INTERVAL', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "EventType" AS ENUM ('TREATY_ACTION', 'DEPLOYMENT', 'EXERCISE', 'TEST', 'PRODUCTION', 'STRIKE', 'NEGOTIATION', 'OTHER');

-- CreateEnum
CREATE TYPE "ChangeType" AS ENUM ('ADOPTED', 'AMENDED', 'SUSPENDED', 'ABANDONED', 'REAFFIRMED');

-- CreateEnum
CREATE TYPE "PlacePrecision" AS ENUM ('EXACT', 'LOCALITY', 'REGION', 'COUNTRY');

-- CreateEnum
CREATE TYPE "ActorKind" AS ENUM ('PERSON', 'STATE', 'ORGANISATION', 'ALLIANCE', 'OUTLET');

-- CreateEnum
CREATE TYPE "ParticipantRole" AS ENUM ('INITIATOR', 'PARTICIPANT', 'TARGET', 'HOST', 'SPEAKER', 'ON_BEHALF_OF', 'ADDRESSEE', 'OUTLET', 'APPROVER');

-- CreateEnum
CREATE TYPE "TreatyState" AS ENUM ('SIGNED', 'IN_FORCE', 'SUSPENDED', 'ENDED');

-- CreateEnum
CREATE TYPE "WeaponClass" AS ENUM ('BALLISTIC_MISSILE', 'CRUISE_MISSILE', 'HYPERSONIC', 'MISSILE_DEFENCE', 'OTHER');

-- CreateEnum
CREATE TYPE "DeliveryPlatform" AS ENUM ('GROUND', 'AIR', 'SEA', 'SPACE');

-- CreateEnum
CREATE TYPE "SourceReliability" AS ENUM ('A', 'B', 'C', 'D', 'E', 'F');

-- CreateEnum
CREATE TYPE "CitationStance" AS ENUM ('SUPPORTS', 'DISPUTES');

-- CreateEnum
CREATE TYPE "ClaimField" AS ENUM ('OCCURRED', 'PLACES', 'QUANTITIES', 'SPEAKER', 'ROLE', 'QUOTATION', 'CHANGE_TYPE', 'EFFECTIVE_DATE', 'RANGE', 'AFTER');

-- CreateEnum
CREATE TYPE "ClaimRank" AS ENUM ('PREFERRED', 'NORMAL', 'DEPRECATED');

-- CreateEnum
CREATE TYPE "LinkRelation" AS ENUM ('ANNOUNCES', 'IMPLEMENTS', 'RESPONDS_TO', 'CONTRADICTS', 'SUPERSEDES', 'PART_OF');

-- CreateEnum
CREATE TYPE "FeedChange" AS ENUM ('PUBLISHED', 'REVISED', 'RETRACTED');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('READER', 'EDITOR', 'ADMIN');

-- CreateTable
CREATE TABLE "development" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "kind" "DevelopmentKind" NOT NULL,
    "headline" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "occurred_edtf" TEXT NOT NULL,
    "occurred_earliest" DATE NOT NULL,
    "occurred_latest" DATE NOT NULL,
    "occurred_precision" "DatePrecision" NOT NULL,
    "status" "DevelopmentStatus" NOT NULL,
    "confidence" "Confidence" NOT NULL,
    "disputed" BOOLEAN NOT NULL,
    "revision" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "development_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "development_id" UUID NOT NULL,
    "kind" "DevelopmentKind" NOT NULL DEFAULT 'EVENT',
    "type" "EventType" NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("development_id")
);

-- CreateTable
CREATE TABLE "statement" (
    "development_id" UUID NOT NULL,
    "kind" "DevelopmentKind" NOT NULL DEFAULT 'STATEMENT',
    "attribution" TEXT,
    "setting" TEXT,
    "original_language" TEXT,
    "quotation" TEXT,
    "translation" TEXT,

    CONSTRAINT "statement_pkey" PRIMARY KEY ("development_id")
);

-- CreateTable
CREATE TABLE "doctrine_change" (
    "development_id" UUID NOT NULL,
    "kind" "DevelopmentKind" NOT NULL DEFAULT 'DOCTRINE_CHANGE',
    "doctrine_id" UUID NOT NULL,
    "change_type" "ChangeType" NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "effective_edtf" TEXT,
    "effective_earliest" DATE,
    "effective_latest" DATE,
    "effective_precision" "DatePrecision",

    CONSTRAINT "doctrine_change_pkey" PRIMARY KEY ("development_id")
);

-- CreateTable
CREATE TABLE "place" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "country_code" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "precision" "PlacePrecision" NOT NULL,

    CONSTRAINT "place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_place" (
    "event_id" UUID NOT NULL,
    "place_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "event_place_pkey" PRIMARY KEY ("event_id","place_id")
);

-- CreateTable
CREATE TABLE "event_quantity" (
    "event_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "unit" TEXT,
    "low" DOUBLE PRECISION,
    "best" DOUBLE PRECISION,
    "high" DOUBLE PRECISION,

    CONSTRAINT "event_quantity_pkey" PRIMARY KEY ("event_id","ordinal")
);

-- CreateTable
CREATE TABLE "actor" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "kind" "ActorKind" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "country_code" TEXT,
    "country_code3" TEXT,
    "wikidata_id" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "actor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "actor_name" (
    "actor_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL,

    CONSTRAINT "actor_name_pkey" PRIMARY KEY ("actor_id","name","language")
);

-- CreateTable
CREATE TABLE "participation" (
    "development_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "role" "ParticipantRole" NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "capacity" TEXT,

    CONSTRAINT "participation_pkey" PRIMARY KEY ("development_id","actor_id","role")
);

-- CreateTable
CREATE TABLE "topic" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "topic_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "development_topic" (
    "development_id" UUID NOT NULL,
    "topic_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "development_topic_pkey" PRIMARY KEY ("development_id","topic_id")
);

-- CreateTable
CREATE TABLE "treaty" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "abbreviation" TEXT,
    "summary" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "treaty_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "treaty_party" (
    "treaty_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "treaty_party_pkey" PRIMARY KEY ("treaty_id","actor_id")
);

-- CreateTable
CREATE TABLE "treaty_status" (
    "treaty_id" UUID NOT NULL,
    "state" "TreatyState" NOT NULL,
    "since_edtf" TEXT NOT NULL,
    "since_earliest" DATE NOT NULL,
    "since_latest" DATE NOT NULL,
    "since_precision" "DatePrecision" NOT NULL,
    "note" TEXT,

    CONSTRAINT "treaty_status_pkey" PRIMARY KEY ("treaty_id","state","since_edtf")
);

-- CreateTable
CREATE TABLE "development_treaty" (
    "development_id" UUID NOT NULL,
    "treaty_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "development_treaty_pkey" PRIMARY KEY ("development_id","treaty_id")
);

-- CreateTable
CREATE TABLE "weapon_system" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "summary" TEXT,
    "classes" "WeaponClass"[],
    "delivery" "DeliveryPlatform"[],
    "range_min_km" INTEGER,
    "range_max_km" INTEGER,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "weapon_system_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "weapon_system_alias" (
    "weapon_system_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "note" TEXT,
    "source_id" UUID,

    CONSTRAINT "weapon_system_alias_pkey" PRIMARY KEY ("weapon_system_id","name","language")
);

-- CreateTable
CREATE TABLE "development_weapon_system" (
    "development_id" UUID NOT NULL,
    "weapon_system_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "development_weapon_system_pkey" PRIMARY KEY ("development_id","weapon_system_id")
);

-- CreateTable
CREATE TABLE "doctrine" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "summary" TEXT,
    "actor_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "doctrine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "development_doctrine" (
    "development_id" UUID NOT NULL,
    "doctrine_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "development_doctrine_pkey" PRIMARY KEY ("development_id","doctrine_id")
);

-- CreateTable
CREATE TABLE "source" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "publisher" TEXT,
    "title" TEXT NOT NULL,
    "url" TEXT,
    "language" TEXT,
    "reliability" "SourceReliability" NOT NULL,
    "published_edtf" TEXT,
    "published_earliest" DATE,
    "published_latest" DATE,
    "published_precision" "DatePrecision",
    "retrieved_at" TIMESTAMPTZ(3),
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "citation" (
    "id" UUID NOT NULL,
    "development_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "locator" TEXT,
    "excerpt" TEXT,
    "stance" "CitationStance" NOT NULL,
    "credibility" INTEGER NOT NULL,

    CONSTRAINT "citation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim" (
    "id" UUID NOT NULL,
    "development_id" UUID NOT NULL,
    "citation_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "field" "ClaimField" NOT NULL,
    "value" TEXT NOT NULL,
    "rank" "ClaimRank" NOT NULL,
    "note" TEXT,

    CONSTRAINT "claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "link" (
    "from_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "relation" "LinkRelation" NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "note" TEXT,

    CONSTRAINT "link_pkey" PRIMARY KEY ("from_id","to_id","relation")
);

-- CreateTable
CREATE TABLE "revision" (
    "development_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "snapshot" JSONB NOT NULL,
    "status" "DevelopmentStatus" NOT NULL,
    "changed_fields" TEXT[],
    "editor" TEXT NOT NULL,
    "reason" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "revision_pkey" PRIMARY KEY ("development_id","number")
);

-- CreateTable
CREATE TABLE "feed_head" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "epoch" UUID NOT NULL,
    "position" BIGINT NOT NULL,

    CONSTRAINT "feed_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feed_entry" (
    "position" BIGINT NOT NULL,
    "epoch" UUID NOT NULL,
    "development_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "change" "FeedChange" NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "feed_entry_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "external_id" (
    "dataset" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "development_id" UUID NOT NULL,

    CONSTRAINT "external_id_pkey" PRIMARY KEY ("dataset","value")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "editor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "result" JSONB,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("editor","key")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "development_slug_key" ON "development"("slug");

-- CreateIndex
CREATE INDEX "development_status_occurred_earliest_id_idx" ON "development"("status", "occurred_earliest", "id");

-- CreateIndex
CREATE INDEX "development_status_occurred_latest_id_idx" ON "development"("status", "occurred_latest", "id");

-- CreateIndex
CREATE INDEX "development_status_recorded_at_id_idx" ON "development"("status", "recorded_at", "id");

-- CreateIndex
CREATE INDEX "development_status_kind_occurred_earliest_id_idx" ON "development"("status", "kind", "occurred_earliest", "id");

-- CreateIndex
CREATE UNIQUE INDEX "development_id_kind_key" ON "development"("id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "event_development_id_kind_key" ON "event"("development_id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "statement_development_id_kind_key" ON "statement"("development_id", "kind");

-- CreateIndex
CREATE INDEX "doctrine_change_doctrine_id_idx" ON "doctrine_change"("doctrine_id");

-- CreateIndex
CREATE UNIQUE INDEX "doctrine_change_development_id_kind_key" ON "doctrine_change"("development_id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "place_key_key" ON "place"("key");

-- CreateIndex
CREATE INDEX "event_place_place_id_idx" ON "event_place"("place_id");

-- CreateIndex
CREATE UNIQUE INDEX "actor_slug_key" ON "actor"("slug");

-- CreateIndex
CREATE INDEX "actor_name_idx" ON "actor"("name");

-- CreateIndex
CREATE INDEX "actor_country_code_idx" ON "actor"("country_code");

-- CreateIndex
CREATE UNIQUE INDEX "actor_kind_country_code3_key" ON "actor"("kind", "country_code3");

-- CreateIndex
CREATE INDEX "actor_name_name_idx" ON "actor_name"("name");

-- CreateIndex
CREATE INDEX "participation_actor_id_role_development_id_idx" ON "participation"("actor_id", "role", "development_id");

-- CreateIndex
CREATE UNIQUE INDEX "topic_slug_key" ON "topic"("slug");

-- CreateIndex
CREATE INDEX "topic_name_idx" ON "topic"("name");

-- CreateIndex
CREATE INDEX "development_topic_topic_id_development_id_idx" ON "development_topic"("topic_id", "development_id");

-- CreateIndex
CREATE UNIQUE INDEX "treaty_slug_key" ON "treaty"("slug");

-- CreateIndex
CREATE INDEX "treaty_party_actor_id_idx" ON "treaty_party"("actor_id");

-- CreateIndex
CREATE INDEX "development_treaty_treaty_id_development_id_idx" ON "development_treaty"("treaty_id", "development_id");

-- CreateIndex
CREATE UNIQUE INDEX "weapon_system_slug_key" ON "weapon_system"("slug");

-- CreateIndex
CREATE INDEX "weapon_system_alias_source_id_idx" ON "weapon_system_alias"("source_id");

-- CreateIndex
CREATE INDEX "development_weapon_system_weapon_system_id_development_id_idx" ON "development_weapon_system"("weapon_system_id", "development_id");

-- CreateIndex
CREATE UNIQUE INDEX "doctrine_slug_key" ON "doctrine"("slug");

-- CreateIndex
CREATE INDEX "doctrine_actor_id_idx" ON "doctrine"("actor_id");

-- CreateIndex
CREATE INDEX "development_doctrine_doctrine_id_development_id_idx" ON "development_doctrine"("doctrine_id", "development_id");

-- CreateIndex
CREATE UNIQUE INDEX "source_slug_key" ON "source"("slug");

-- CreateIndex
CREATE INDEX "source_url_idx" ON "source"("url");

-- CreateIndex
CREATE INDEX "citation_development_id_ordinal_idx" ON "citation"("development_id", "ordinal");

-- CreateIndex
CREATE INDEX "citation_source_id_development_id_idx" ON "citation"("source_id", "development_id");

-- CreateIndex
CREATE INDEX "claim_development_id_ordinal_idx" ON "claim"("development_id", "ordinal");

-- CreateIndex
CREATE INDEX "claim_citation_id_idx" ON "claim"("citation_id");

-- CreateIndex
CREATE INDEX "link_to_id_from_id_idx" ON "link"("to_id", "from_id");

-- CreateIndex
CREATE UNIQUE INDEX "feed_entry_development_id_revision_key" ON "feed_entry"("development_id", "revision");

-- CreateIndex
CREATE INDEX "external_id_development_id_idx" ON "external_id"("development_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_name_key" ON "api_token"("name");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_development_id_kind_fkey" FOREIGN KEY ("development_id", "kind") REFERENCES "development"("id", "kind") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement" ADD CONSTRAINT "statement_development_id_kind_fkey" FOREIGN KEY ("development_id", "kind") REFERENCES "development"("id", "kind") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "doctrine_change" ADD CONSTRAINT "doctrine_change_development_id_kind_fkey" FOREIGN KEY ("development_id", "kind") REFERENCES "development"("id", "kind") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "doctrine_change" ADD CONSTRAINT "doctrine_change_doctrine_id_fkey" FOREIGN KEY ("doctrine_id") REFERENCES "doctrine"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_place" ADD CONSTRAINT "event_place_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("development_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_place" ADD CONSTRAINT "event_place_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_quantity" ADD CONSTRAINT "event_quantity_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("development_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "actor_name" ADD CONSTRAINT "actor_name_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participation" ADD CONSTRAINT "participation_development_id_fkey" FOREIGN KEY ("development_id") REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participation" ADD CONSTRAINT "participation_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "development_topic" ADD CONSTRAINT "development_topic_development_id_fkey" FOREIGN KEY ("development_id") REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "development_topic" ADD CONSTRAINT "development_topic_topic_id_fkey" FOREIGN KEY ("topic_id") REFERENCES "topic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "treaty_party" ADD CONSTRAINT "treaty_party_treaty_id_fkey" FOREIGN KEY ("treaty_id") REFERENCES "treaty"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "treaty_party" ADD CONSTRAINT "treaty_party_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "treaty_status" ADD CONSTRAINT "treaty_status_treaty_id_fkey" FOREIGN KEY ("treaty_id") REFERENCES "treaty"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "development_treaty" ADD CONSTRAINT "development_treaty_development_id_fkey" FOREIGN KEY ("development_id") REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "development_treaty" ADD CONSTRAINT "development_treaty_treaty_id_fkey" FOREIGN KEY ("treaty_id") REFERENCES "treaty"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "weapon_system_alias" ADD CONSTRAINT "weapon_system_alias_weapon_system_id_fkey" FOREIGN KEY ("weapon_system_id") REFERENCES "weapon_system"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "weapon_system_alias" ADD CONSTRAINT "weapon_system_alias_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "development_weapon_system" ADD CONSTRAINT "development_weapon_system_development_id_fkey" FOREIGN KEY ("development_id") REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "development_weapon_system" ADD CONSTRAINT "development_weapon_system_weapon_system_id_fkey" FOREIGN KEY ("weapon_system_id") REFERENCES "weapon_system"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "doctrine" ADD CONSTRAINT "doctrine_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "development_doctrine" ADD CONSTRAINT "development_doctrine_development_id_fkey" FOREIGN KEY ("development_id") REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "development_doctrine" ADD CONSTRAINT "development_doctrine_doctrine_id_fkey" FOREIGN KEY ("doctrine_id") REFERENCES "doctrine"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_development_id_fkey" FOREIGN KEY ("development_id") REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_development_id_fkey" FOREIGN KEY ("development_id") REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link" ADD CONSTRAINT "link_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link" ADD CONSTRAINT "link_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision" ADD CONSTRAINT "revision_development_id_fkey" FOREIGN KEY ("development_id") REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feed_entry" ADD CONSTRAINT "feed_entry_development_id_fkey" FOREIGN KEY ("development_id") REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feed_entry" ADD CONSTRAINT "feed_entry_development_id_revision_fkey" FOREIGN KEY ("development_id", "revision") REFERENCES "revision"("development_id", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_id" ADD CONSTRAINT "external_id_development_id_fkey" FOREIGN KEY ("development_id") REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- From here on by hand: what Prisma's schema language cannot say.

-- A slug's form.
ALTER TABLE "development"   ADD CONSTRAINT "development_slug_form"   CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120);
ALTER TABLE "actor"         ADD CONSTRAINT "actor_slug_form"         CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120);
ALTER TABLE "topic"         ADD CONSTRAINT "topic_slug_form"         CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120);
ALTER TABLE "treaty"        ADD CONSTRAINT "treaty_slug_form"        CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120);
ALTER TABLE "weapon_system" ADD CONSTRAINT "weapon_system_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120);
ALTER TABLE "doctrine"      ADD CONSTRAINT "doctrine_slug_form"      CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120);
ALTER TABLE "source"        ADD CONSTRAINT "source_slug_form"        CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120);

-- A fuzzy date: bounds in order, and all of it or nothing.
ALTER TABLE "development"   ADD CONSTRAINT "development_occurred_order" CHECK ("occurred_earliest" <= "occurred_latest");
ALTER TABLE "treaty_status" ADD CONSTRAINT "treaty_status_since_order"  CHECK ("since_earliest" <= "since_latest");
ALTER TABLE "doctrine_change"
  ADD CONSTRAINT "doctrine_change_effective_order" CHECK ("effective_earliest" <= "effective_latest"),
  ADD CONSTRAINT "doctrine_change_effective_whole" CHECK (num_nulls("effective_edtf", "effective_earliest", "effective_latest", "effective_precision") IN (0, 4));
ALTER TABLE "source"
  ADD CONSTRAINT "source_published_order" CHECK ("published_earliest" <= "published_latest"),
  ADD CONSTRAINT "source_published_whole" CHECK (num_nulls("published_edtf", "published_earliest", "published_latest", "published_precision") IN (0, 4));

-- A detail row only of its development's kind: the foreign key carries the kind.
ALTER TABLE "event"           ADD CONSTRAINT "event_kind"           CHECK ("kind" = 'EVENT');
ALTER TABLE "statement"       ADD CONSTRAINT "statement_kind"       CHECK ("kind" = 'STATEMENT');
ALTER TABLE "doctrine_change" ADD CONSTRAINT "doctrine_change_kind" CHECK ("kind" = 'DOCTRINE_CHANGE');

-- Numbers and codes within their ranges.
ALTER TABLE "development"
  ADD CONSTRAINT "development_revision_positive" CHECK ("revision" > 0),
  ADD CONSTRAINT "development_published_has_date" CHECK ("status" = 'DRAFT' OR "published_at" IS NOT NULL);
ALTER TABLE "revision"       ADD CONSTRAINT "revision_number_positive" CHECK ("number" > 0);
ALTER TABLE "citation"       ADD CONSTRAINT "citation_credibility"     CHECK ("credibility" BETWEEN 1 AND 6);
ALTER TABLE "weapon_system"  ADD CONSTRAINT "weapon_system_range"      CHECK ("range_min_km" >= 0 AND "range_min_km" <= "range_max_km");
ALTER TABLE "event_quantity" ADD CONSTRAINT "event_quantity_order"     CHECK ("low" <= "high" AND "low" <= "best" AND "best" <= "high");
ALTER TABLE "actor"
  ADD CONSTRAINT "actor_country_code"  CHECK ("country_code" ~ '^[A-Z]{2}$'),
  ADD CONSTRAINT "actor_country_code3" CHECK ("country_code3" IS NULL OR ("country_code3" ~ '^[A-Z]{3}$' AND "kind" = 'STATE'));
ALTER TABLE "place"
  ADD CONSTRAINT "place_country_code" CHECK ("country_code" ~ '^[A-Z]{2}$'),
  ADD CONSTRAINT "place_coordinates"  CHECK ("latitude" BETWEEN -90 AND 90 AND "longitude" BETWEEN -180 AND 180 AND num_nulls("latitude", "longitude") IN (0, 2));
ALTER TABLE "link" ADD CONSTRAINT "link_not_to_itself" CHECK ("from_id" <> "to_id");

-- The feed: one head, positions from 1.
ALTER TABLE "feed_head"  ADD CONSTRAINT "feed_head_one_row" CHECK ("id" = 1), ADD CONSTRAINT "feed_head_position" CHECK ("position" >= 0);
ALTER TABLE "feed_entry" ADD CONSTRAINT "feed_entry_position" CHECK ("position" > 0);
INSERT INTO "feed_head" ("id", "epoch", "position") VALUES (1, gen_random_uuid(), 0);
