-- The whole schema: types, tables, indexes, statistics, functions, triggers, foreign keys and first rows.
--
-- Tables, indexes and foreign keys follow prisma/schema.prisma, which also describes each table and column. Prisma's schema
-- language cannot express CHECK constraints, generated columns, storage, partial and expression indexes, statistics,
-- functions and triggers: these exist only here. A test compares this file with the Prisma schema.

-- ── Types ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TYPE "DevelopmentKind" AS ENUM ('EVENT', 'STATEMENT', 'DOCTRINE_CHANGE');
CREATE TYPE "DevelopmentStatus" AS ENUM ('DRAFT', 'PUBLISHED', 'RETRACTED');
CREATE TYPE "Confidence" AS ENUM ('LOW', 'MODERATE', 'HIGH');
CREATE TYPE "EventType" AS ENUM ('TREATY_ACTION', 'DEPLOYMENT', 'EXERCISE', 'TEST', 'PRODUCTION', 'STRIKE', 'NEGOTIATION', 'OTHER');
CREATE TYPE "ChangeType" AS ENUM ('ADOPTED', 'AMENDED', 'SUSPENDED', 'ABANDONED', 'REAFFIRMED');
CREATE TYPE "FeedChange" AS ENUM ('PUBLISHED', 'REVISED', 'RETRACTED', 'ERASED', 'REFERENCE_CHANGED', 'REFERENCE_ERASED');
CREATE TYPE "ReferenceKind" AS ENUM ('ACTOR', 'SOURCE', 'TOPIC', 'TREATY', 'WEAPON_SYSTEM', 'DOCTRINE');
CREATE TYPE "ActorKind" AS ENUM ('PERSON', 'STATE', 'ORGANISATION', 'ALLIANCE', 'OUTLET');
CREATE TYPE "TreatyState" AS ENUM ('SIGNED', 'IN_FORCE', 'SUSPENDED', 'ENDED');
CREATE TYPE "WeaponClass" AS ENUM ('BALLISTIC_MISSILE', 'CRUISE_MISSILE', 'HYPERSONIC', 'MISSILE_DEFENCE', 'OTHER');
CREATE TYPE "DeliveryPlatform" AS ENUM ('GROUND', 'AIR', 'SEA', 'SPACE');
CREATE TYPE "SourceReliability" AS ENUM ('A', 'B', 'C', 'D', 'E', 'F');
CREATE TYPE "DatePrecision" AS ENUM ('TIME', 'DAY', 'MONTH', 'SEASON', 'YEAR', 'DECADE', 'CENTURY', 'INTERVAL', 'UNKNOWN');
CREATE TYPE "DuplicateKind" AS ENUM ('ACTOR', 'SOURCE', 'TOPIC', 'TREATY', 'WEAPON_SYSTEM', 'DOCTRINE', 'DEVELOPMENT');
CREATE TYPE "DuplicateVerdict" AS ENUM ('SAME', 'NOT_SAME');
CREATE TYPE "ErasureTarget" AS ENUM ('DEVELOPMENT', 'QUOTATION', 'ACTOR', 'SOURCE', 'TOPIC', 'TREATY', 'WEAPON_SYSTEM', 'DOCTRINE');
CREATE TYPE "ErasureGround" AS ENUM ('PERSONAL_DATA', 'COURT_ORDER', 'LAW', 'SAFETY', 'LICENCE');
CREATE TYPE "AuditAct" AS ENUM ('TOKEN_CREATED', 'TOKEN_REVOKED', 'ERASURE_REQUESTED', 'ERASED', 'OVERRIDDEN', 'RESTORED', 'EXPORTED');
CREATE TYPE "DeskSubject" AS ENUM ('DEVELOPMENT', 'NOTE', 'PRESENCE', 'PROPOSAL', 'INBOX', 'MERGE', 'MANY');
CREATE TYPE "Role" AS ENUM ('READER', 'CONTRIBUTOR', 'EDITOR', 'ADMIN');
CREATE TYPE "ReviewMode" AS ENUM ('REQUIRED', 'OPTIONAL', 'OFF');
CREATE TYPE "ReviewState" AS ENUM ('DRAFT', 'IN_REVIEW', 'CHANGES_REQUESTED', 'APPROVED', 'SCHEDULED', 'PUBLISHED', 'DISCARDED');
CREATE TYPE "ReviewAct" AS ENUM ('SUBMITTED', 'ASSIGNED', 'APPROVED', 'CHANGES_REQUESTED', 'APPROVAL_WITHDRAWN', 'EDITED_AFTER_APPROVAL', 'SCHEDULED',
    'UNSCHEDULED', 'PUBLICATION_FAILED', 'PUBLISHED', 'OVERRIDDEN', 'DISCARDED');
CREATE TYPE "InboxState" AS ENUM ('UNREAD', 'SNOOZED', 'DISMISSED', 'DRAFTED');
CREATE TYPE "InboxAct" AS ENUM ('DRAFTED', 'CITED', 'DISMISSED');
CREATE TYPE "ProposalAct" AS ENUM ('RECORD', 'REVISE', 'RETRACT');
CREATE TYPE "ProposalState" AS ENUM ('RECEIVED', 'IN_REVIEW', 'ACCEPTED', 'REJECTED', 'WITHDRAWN');

-- ── Tables: references ────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE "actor" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "kind" "ActorKind" NOT NULL,
    "name" TEXT NOT NULL,
    "name_words" TEXT NOT NULL DEFAULT '',
    "description" TEXT,
    "country_code" TEXT,
    "country_code3" TEXT,
    "wikidata_id" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "merged_into_id" UUID,

    CONSTRAINT "actor_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "actor_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120),
    CONSTRAINT "actor_country_code" CHECK ("country_code" ~ '^[A-Z]{2}$'),
    CONSTRAINT "actor_country_code3" CHECK ("country_code3" IS NULL OR ("country_code3" ~ '^[A-Z]{3}$' AND "kind" = 'STATE')),
    CONSTRAINT "actor_merged_into_another" CHECK ("merged_into_id" <> "id")
);

CREATE TABLE "actor_name" (
    "actor_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_words" TEXT NOT NULL DEFAULT '',
    "language" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "actor_name_pkey" PRIMARY KEY ("actor_id", "name", "language")
);

-- Derived from actors, topics and sources by src/domain/references/keys.ts.
-- Keys are compared byte for byte: suggestions read them in their order, whatever the locale of the database.
CREATE TABLE "reference_key" (
    "key" TEXT COLLATE "C" NOT NULL,
    "reference_id" UUID NOT NULL,

    CONSTRAINT "reference_key_pkey" PRIMARY KEY ("key", "reference_id")
);

CREATE TABLE "duplicate_judgement" (
    "id" UUID NOT NULL,
    "kind" "DuplicateKind" NOT NULL,
    "one_id" UUID NOT NULL,
    "other_id" UUID NOT NULL,
    "verdict" "DuplicateVerdict" NOT NULL,
    "reason" TEXT,
    "editor" TEXT NOT NULL,
    "compared" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "duplicate_judgement_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "duplicate_judgement_pair" CHECK ("one_id" < "other_id")
);

CREATE TABLE "topic" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_words" TEXT NOT NULL DEFAULT '',
    "description" TEXT,
    "wikidata_id" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "merged_into_id" UUID,

    CONSTRAINT "topic_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "topic_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120),
    CONSTRAINT "topic_merged_into_another" CHECK ("merged_into_id" <> "id")
);

CREATE TABLE "topic_name" (
    "topic_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_words" TEXT NOT NULL DEFAULT '',
    "language" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "topic_name_pkey" PRIMARY KEY ("topic_id", "name", "language")
);

CREATE TABLE "treaty" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_words" TEXT NOT NULL DEFAULT '',
    "abbreviation" TEXT,
    "abbreviation_words" TEXT,
    "summary" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "treaty_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "treaty_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120)
);

CREATE TABLE "treaty_party" (
    "treaty_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "treaty_party_pkey" PRIMARY KEY ("treaty_id", "actor_id")
);

CREATE TABLE "treaty_status" (
    "treaty_id" UUID NOT NULL,
    "state" "TreatyState" NOT NULL,
    "since_edtf" TEXT NOT NULL,
    "since_earliest" DATE NOT NULL,
    "since_latest" DATE NOT NULL,
    "since_precision" "DatePrecision" NOT NULL,
    "note" TEXT,

    CONSTRAINT "treaty_status_pkey" PRIMARY KEY ("treaty_id", "state", "since_edtf"),
    CONSTRAINT "treaty_status_since_order" CHECK ("since_earliest" <= "since_latest")
);

CREATE TABLE "weapon_system" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_words" TEXT NOT NULL DEFAULT '',
    "summary" TEXT,
    "classes" "WeaponClass"[],
    "delivery" "DeliveryPlatform"[],
    "range_min_km" INTEGER,
    "range_max_km" INTEGER,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "merged_into_id" UUID,

    CONSTRAINT "weapon_system_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "weapon_system_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120),
    CONSTRAINT "weapon_system_range" CHECK ("range_min_km" >= 0 AND "range_min_km" <= "range_max_km"),
    CONSTRAINT "weapon_system_merged_into_another" CHECK ("merged_into_id" <> "id")
);

CREATE TABLE "weapon_system_alias" (
    "weapon_system_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_words" TEXT NOT NULL DEFAULT '',
    "language" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "note" TEXT,
    "source_id" UUID,

    CONSTRAINT "weapon_system_alias_pkey" PRIMARY KEY ("weapon_system_id", "name", "language")
);

CREATE TABLE "doctrine" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_words" TEXT NOT NULL DEFAULT '',
    "summary" TEXT,
    "actor_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "merged_into_id" UUID,

    CONSTRAINT "doctrine_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "doctrine_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120),
    CONSTRAINT "doctrine_merged_into_another" CHECK ("merged_into_id" <> "id")
);

CREATE TABLE "source" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "publisher" TEXT,
    "publisher_words" TEXT,
    "title" TEXT NOT NULL,
    "title_words" TEXT NOT NULL DEFAULT '',
    "url" TEXT,
    "language" TEXT,
    "reliability" "SourceReliability" NOT NULL,
    "published_edtf" TEXT,
    "published_earliest" DATE,
    "published_latest" DATE,
    "published_precision" "DatePrecision",
    "retrieved_at" TIMESTAMPTZ(3),
    "wikidata_id" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "merged_into_id" UUID,

    CONSTRAINT "source_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "source_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120),
    CONSTRAINT "source_published_order" CHECK ("published_earliest" <= "published_latest"),
    -- A fuzzy date is stored whole or not at all.
    CONSTRAINT "source_published_whole"
        CHECK (num_nulls("published_edtf", "published_earliest", "published_latest", "published_precision") IN (0, 4)),
    CONSTRAINT "source_merged_into_another" CHECK ("merged_into_id" <> "id")
);

CREATE TABLE "source_name" (
    "source_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_words" TEXT NOT NULL DEFAULT '',
    "language" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "source_name_pkey" PRIMARY KEY ("source_id", "name", "language")
);

CREATE TABLE "reference_head" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "version" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "reference_head_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "reference_head_one_row" CHECK ("id" = 1)
);

-- ── Tables: developments ──────────────────────────────────────────────────────────────────────────────────────────────

-- The content of a development is in its revisions' snapshots. Lists filter and sort by these columns.
CREATE TABLE "development" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "kind" "DevelopmentKind" NOT NULL,
    "occurred_earliest" DATE NOT NULL,
    "occurred_latest" DATE NOT NULL,
    "status" "DevelopmentStatus" NOT NULL,
    "confidence" "Confidence" NOT NULL,
    "disputed" BOOLEAN NOT NULL,
    "revision" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "actor_ids" UUID[],
    "change_type" "ChangeType",
    "doctrine_ids" UUID[],
    "event_type" "EventType",
    "links" TEXT[],
    "parts" TEXT[],
    "place_countries" TEXT[],
    "source_ids" UUID[],
    "topic_ids" UUID[],
    "treaty_ids" UUID[],
    "weapon_system_ids" UUID[],
    "words" TEXT NOT NULL,
    "id_words" TEXT NOT NULL,
    -- Words, external ids and ids of references. The service divides texts into words (docs/decisions/030), so that every
    -- database has the same ones. A search resolves names first: renaming a reference rewrites no development. The year lets
    -- an order by relevance find the newest of many matches by the index.
    "search" TSVECTOR GENERATED ALWAYS AS (
        "words"::tsvector || "id_words"::tsvector
        || array_to_tsvector(coalesce("actor_ids" || "topic_ids" || "treaty_ids" || "weapon_system_ids" || "doctrine_ids", '{}')::text[])
        || array_to_tsvector(ARRAY['@' || extract(year FROM "occurred_earliest")::text])
    ) STORED,
    "countries" TEXT[],

    CONSTRAINT "development_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "development_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120),
    CONSTRAINT "development_occurred_order" CHECK ("occurred_earliest" <= "occurred_latest"),
    CONSTRAINT "development_revision_positive" CHECK ("revision" > 0),
    CONSTRAINT "development_published_has_date" CHECK ("status" = 'DRAFT' OR "published_at" IS NOT NULL)
);

-- One row for each feed position that changed a development, with the same columns as of that position.
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
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "words" TEXT NOT NULL,
    "id_words" TEXT NOT NULL,
    "search" TSVECTOR GENERATED ALWAYS AS (
        "words"::tsvector || "id_words"::tsvector
        || array_to_tsvector(coalesce("actor_ids" || "topic_ids" || "treaty_ids" || "weapon_system_ids" || "doctrine_ids", '{}')::text[])
    ) STORED,
    "countries" TEXT[],

    CONSTRAINT "development_version_pkey" PRIMARY KEY ("id", "position"),
    CONSTRAINT "development_version_order" CHECK ("position" < "until"),
    CONSTRAINT "development_version_occurred" CHECK ("occurred_earliest" <= "occurred_latest"),
    CONSTRAINT "development_version_no_draft" CHECK ("status" <> 'DRAFT' AND "published_at" IS NOT NULL)
);

-- One row for each actor, country, topic, … that a development mentions. The primary key follows the order of lists, so
-- that a list of one object is one index range, whether it has ten developments or half of the record.
-- The trigger keep_mentions inserts by the order of these columns.
CREATE TABLE "development_mention" (
    "subject_id" UUID NOT NULL,
    "status" "DevelopmentStatus" NOT NULL,
    "occurred_earliest" DATE NOT NULL,
    "development_id" UUID NOT NULL,
    "occurred_latest" DATE NOT NULL,
    "kind" "DevelopmentKind" NOT NULL,

    CONSTRAINT "development_mention_pkey"
        PRIMARY KEY ("subject_id", "status", "occurred_earliest", "development_id", "occurred_latest", "kind")
);

-- The same for versions that have ended: one row for each thing that one mentioned. The primary key begins with the end, so
-- that a point in the past reads only what has changed since. It is all columns, so that counts read nothing else.
CREATE TABLE "development_version_mention" (
    "subject_id" UUID NOT NULL,
    "until" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "status" "DevelopmentStatus" NOT NULL,
    "kind" "DevelopmentKind" NOT NULL,
    "occurred_earliest" DATE NOT NULL,
    "occurred_latest" DATE NOT NULL,
    "development_id" UUID NOT NULL,

    CONSTRAINT "development_version_mention_pkey" PRIMARY KEY
        ("subject_id", "until", "position", "status", "kind", "occurred_earliest", "occurred_latest", "development_id")
);

CREATE TABLE "development_slug" (
    "slug" TEXT NOT NULL,
    "development_id" UUID NOT NULL,

    CONSTRAINT "development_slug_pkey" PRIMARY KEY ("slug"),
    CONSTRAINT "development_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120)
);

CREATE TABLE "external_id" (
    "dataset" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "development_id" UUID NOT NULL,
    "said" TEXT,

    CONSTRAINT "external_id_pkey" PRIMARY KEY ("dataset", "value")
);

-- ── Tables: the log ───────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE "revision" (
    "development_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "snapshot" JSONB NOT NULL,
    "status" "DevelopmentStatus" NOT NULL,
    "changed_fields" TEXT[],
    "editor" TEXT NOT NULL,
    "reason" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "salt" BYTEA,
    "act" TEXT,

    CONSTRAINT "revision_pkey" PRIMARY KEY ("development_id", "number"),
    CONSTRAINT "revision_number_positive" CHECK ("number" > 0)
);

-- The revisions of actors, sources, topics, treaties, weapon systems and doctrines. Each has a feed entry.
CREATE TABLE "reference_revision" (
    "reference_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" "ReferenceKind" NOT NULL,
    "snapshot" JSONB NOT NULL,
    "changed_fields" TEXT[],
    "editor" TEXT NOT NULL,
    "reason" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "salt" BYTEA,
    "act" TEXT,

    CONSTRAINT "reference_revision_pkey" PRIMARY KEY ("reference_id", "number"),
    CONSTRAINT "reference_revision_number_positive" CHECK ("number" > 0)
);

-- The references that are merged, each with the one that stands for it in the end. Derived from "merged_into_id".
CREATE TABLE "merged_reference" (
    "id" UUID NOT NULL,
    "survivor_id" UUID NOT NULL,

    CONSTRAINT "merged_reference_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "feed_head" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "epoch" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3),
    "hash" BYTEA NOT NULL,

    CONSTRAINT "feed_head_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "feed_head_one_row" CHECK ("id" = 1),
    CONSTRAINT "feed_head_position" CHECK ("position" >= 0),
    CONSTRAINT "feed_head_hash" CHECK (length("hash") = 32)
);

CREATE TABLE "feed_entry" (
    "position" BIGINT NOT NULL,
    "development_id" UUID,
    "reference_id" UUID,
    "revision" INTEGER NOT NULL,
    "change" "FeedChange" NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "commitment" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "feed_entry_pkey" PRIMARY KEY ("position"),
    CONSTRAINT "feed_entry_position" CHECK ("position" > 0),
    -- An entry tells of a development or of a reference, and its change says of which.
    CONSTRAINT "feed_entry_one_subject" CHECK (num_nonnulls("development_id", "reference_id") = 1
        AND ("change" IN ('REFERENCE_CHANGED', 'REFERENCE_ERASED')) = ("reference_id" IS NOT NULL)),
    CONSTRAINT "feed_entry_commitment" CHECK (length("commitment") = 32),
    CONSTRAINT "feed_entry_hash" CHECK (length("hash") = 32)
);

-- ── Tables: the desk ──────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE "note" (
    "id" UUID NOT NULL,
    "development_id" UUID NOT NULL,
    "field" TEXT,
    "text" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "reply_to_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by" TEXT,

    CONSTRAINT "note_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "note_resolved" CHECK (("resolved_at" IS NULL) = ("resolved_by" IS NULL))
);

CREATE TABLE "note_mention" (
    "name" TEXT NOT NULL,
    "note_id" UUID NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "note_mention_pkey" PRIMARY KEY ("name", "note_id")
);

CREATE TABLE "bulk_act" (
    "id" UUID NOT NULL,
    "action" JSONB NOT NULL,
    "editor" TEXT NOT NULL,
    "reason" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "development_ids" UUID[],
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" TEXT,

    CONSTRAINT "bulk_act_pkey" PRIMARY KEY ("id")
);

-- Merges of entries. The revisions that a merge made have the act `merge:` and its id.
CREATE TABLE "merge_act" (
    "id" UUID NOT NULL,
    "kind" "DuplicateKind" NOT NULL,
    "from_id" UUID NOT NULL,
    "into_id" UUID NOT NULL,
    "editor" TEXT NOT NULL,
    "reason" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "development_ids" UUID[],
    "reference_ids" UUID[],
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" TEXT,

    CONSTRAINT "merge_act_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "merge_act_mergeable" CHECK ("kind" <> 'TREATY' AND "from_id" <> "into_id"),
    CONSTRAINT "merge_act_undone" CHECK (("undone_at" IS NULL) = ("undone_by" IS NULL))
);

CREATE TABLE "presence" (
    "development_id" UUID NOT NULL,
    "editor" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "presence_pkey" PRIMARY KEY ("development_id", "editor")
);

CREATE TABLE "desk_entry" (
    "id" BIGSERIAL NOT NULL,
    "subject" "DeskSubject" NOT NULL,
    "development_id" UUID,
    "note_id" UUID,
    "proposal_id" UUID,
    "merge_id" UUID,
    "transaction" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "desk_entry_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "desk_head" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "pruned" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "desk_head_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "desk_head_one_row" CHECK ("id" = 1)
);

-- ── Tables: review ────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE "review_policy" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "mode" "ReviewMode" NOT NULL DEFAULT 'OPTIONAL',

    CONSTRAINT "review_policy_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "review_policy_one_row" CHECK ("id" = 1)
);

CREATE TABLE "review" (
    "development_id" UUID NOT NULL,
    "state" "ReviewState" NOT NULL,
    "author" TEXT NOT NULL,
    "assignee" TEXT,
    "approved_by" TEXT,
    "approved_revision" INTEGER,
    "submitted_at" TIMESTAMPTZ(3),
    "publish_at" TIMESTAMPTZ(3),
    "scheduled_by" TEXT,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_pkey" PRIMARY KEY ("development_id"),
    CONSTRAINT "review_approval" CHECK (num_nulls("approved_by", "approved_revision") IN (0, 2)),
    CONSTRAINT "review_approved" CHECK ("state" <> 'APPROVED' OR "approved_by" IS NOT NULL),
    CONSTRAINT "review_scheduled" CHECK ("state" <> 'SCHEDULED' OR num_nulls("publish_at", "scheduled_by") = 0)
);

CREATE TABLE "review_event" (
    "id" UUID NOT NULL,
    "development_id" UUID NOT NULL,
    "act" "ReviewAct" NOT NULL,
    "actor" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "note" TEXT,
    "field_notes" JSONB NOT NULL DEFAULT '[]',
    "assignee" TEXT,
    "publish_at" TIMESTAMPTZ(3),
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "proposal" (
    "id" UUID NOT NULL,
    "act" "ProposalAct" NOT NULL,
    "kind" "DevelopmentKind" NOT NULL,
    "state" "ProposalState" NOT NULL DEFAULT 'RECEIVED',
    "author" TEXT NOT NULL,
    "is_by_machine" BOOLEAN NOT NULL,
    "reason" TEXT,
    "development_id" UUID,
    "base_revision" INTEGER,
    "content" JSONB NOT NULL,
    "fields" TEXT[],
    "assignee" TEXT,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decision" TEXT,
    "accepted" TEXT[],
    "revision" INTEGER,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "proposal_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "proposal_base" CHECK ("act" = 'RECORD' OR num_nulls("development_id", "base_revision") = 0),
    CONSTRAINT "proposal_decided" CHECK (("state" IN ('RECEIVED', 'IN_REVIEW')) = ("decided_by" IS NULL))
);

-- ── Tables: the inbox ─────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE "inbox_item" (
    "id" UUID NOT NULL,
    "address" TEXT,
    "url" TEXT,
    "title" TEXT NOT NULL,
    "language" TEXT,
    "published_at" TIMESTAMPTZ(3),
    "feed_id" UUID,
    "state" "InboxState" NOT NULL DEFAULT 'UNREAD',
    "snoozed_until" TIMESTAMPTZ(3),
    "reason" TEXT,
    "changed_by" TEXT,
    "text" TEXT,
    "content_hash" TEXT NOT NULL,
    "signature" INTEGER[],
    "bands" INTEGER[],
    "original_hash" TEXT NOT NULL,
    "versions" INTEGER NOT NULL DEFAULT 1,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "model_hash" TEXT,
    "model_attempts" INTEGER NOT NULL DEFAULT 0,
    "model_asked_at" TIMESTAMPTZ(3),
    "model_suggestions" JSONB,

    CONSTRAINT "inbox_item_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "inbox_item_snoozed" CHECK (("state" = 'SNOOZED') = ("snoozed_until" IS NOT NULL)),
    CONSTRAINT "inbox_item_reason" CHECK ("reason" IS NULL OR "state" = 'DISMISSED'),
    CONSTRAINT "inbox_item_versions" CHECK ("versions" > 0)
);

CREATE TABLE "inbox_version" (
    "item_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "address" TEXT,
    "url" TEXT,
    "title" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "feed_id" UUID,
    "text" TEXT,
    "content_hash" TEXT NOT NULL,
    "original_hash" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inbox_version_pkey" PRIMARY KEY ("item_id", "number"),
    CONSTRAINT "inbox_version_number" CHECK ("number" > 0)
);

CREATE TABLE "inbox_mark" (
    "item_id" UUID NOT NULL,
    "words" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "act" "InboxAct" NOT NULL,
    "editor" TEXT NOT NULL,
    "development_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inbox_mark_pkey" PRIMARY KEY ("item_id", "words"),
    CONSTRAINT "inbox_mark_development" CHECK (("act" = 'DISMISSED') = ("development_id" IS NULL))
);

-- ── Tables: watched feeds ─────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE "watched_feed" (
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "title" TEXT,
    "include" TEXT,
    "exclude" TEXT,
    "topics" UUID[],
    "language" TEXT,
    "source_id" UUID,
    "interval" INTEGER NOT NULL DEFAULT 30,
    "is_paused" BOOLEAN NOT NULL DEFAULT false,
    "added_by" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "etag" TEXT,
    "last_modified" TEXT,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "last_success_at" TIMESTAMPTZ(3),
    "last_new_item_at" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "warning" TEXT,

    CONSTRAINT "watched_feed_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "watched_feed_interval" CHECK ("interval" > 0),
    CONSTRAINT "watched_feed_failures" CHECK (("failures" = 0) = ("failure" IS NULL))
);

CREATE TABLE "watched_entry" (
    "feed_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "item_id" UUID,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "watched_entry_pkey" PRIMARY KEY ("feed_id", "key")
);

CREATE TABLE "watch_lease" (
    "id" BOOLEAN NOT NULL DEFAULT true,
    "holder" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "watch_lease_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "watch_lease_one_row" CHECK ("id")
);

-- ── Tables: tokens, budgets, imports ──────────────────────────────────────────────────────────────────────────────────

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

CREATE TABLE "erasure_request" (
    "id" UUID NOT NULL,
    "code_hash" TEXT NOT NULL,
    "target" "ErasureTarget" NOT NULL,
    "ground" "ErasureGround" NOT NULL,
    "reason" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "erasure_request_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL,
    "act" "AuditAct" NOT NULL,
    "actor" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "idempotency_key" (
    "editor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "result" JSONB,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("editor", "key")
);

-- Unlogged: it holds one minute's budgets, is written on every request, and can be lost in a crash.
CREATE UNLOGGED TABLE "client_budget" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "client_budget_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "import_progress" (
    "dataset" TEXT NOT NULL,
    "run" INTEGER NOT NULL,
    "mapping" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "files" TEXT[],
    "rows" INTEGER NOT NULL,
    "counts" JSONB NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_progress_pkey" PRIMARY KEY ("dataset")
);

-- ── Functions: names ──────────────────────────────────────────────────────────────────────────────────────────────────
-- Bodies that are parsed once, because PostgreSQL 17 and later maintain indexes without a search path.

-- Returns a name for comparisons: without case, accents, vowel points and ligatures.
CREATE FUNCTION "folded"(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN translate(replace(lower(regexp_replace(normalize(name, NFKD),
        '[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]+', '', 'g')), 'ß', 'ss'), 'øłđħŧıς', 'oldhtiσ');

-- Returns the values of claims on speakers and their offices, which name actors by slug.
CREATE FUNCTION "claimed_actors"(snapshot jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN jsonb_path_query_array(snapshot, '$.claims[*] ? (@.field == "SPEAKER" || @.field == "ROLE").value');

-- ── Indexes ───────────────────────────────────────────────────────────────────────────────────────────────────────────
-- The queries that need them, with their plans, are in bench/plans.md.

-- References: by slug and by name.
CREATE UNIQUE INDEX "actor_slug_key" ON "actor"("slug");
CREATE UNIQUE INDEX "actor_kind_country_code3_key" ON "actor"("kind", "country_code3");
CREATE INDEX "actor_name_idx" ON "actor"("name");
CREATE INDEX "actor_country_code_idx" ON "actor"("country_code");
CREATE INDEX "actor_name_name_idx" ON "actor_name"("name");
CREATE INDEX "reference_key_reference_id_idx" ON "reference_key"("reference_id");
CREATE INDEX "duplicate_judgement_one_id_other_id_recorded_at_id_idx" ON "duplicate_judgement"("one_id", "other_id", "recorded_at", "id");
CREATE INDEX "duplicate_judgement_other_id_idx" ON "duplicate_judgement"("other_id");
CREATE UNIQUE INDEX "topic_slug_key" ON "topic"("slug");
CREATE INDEX "topic_name_idx" ON "topic"("name");
CREATE UNIQUE INDEX "treaty_slug_key" ON "treaty"("slug");
CREATE INDEX "treaty_party_actor_id_idx" ON "treaty_party"("actor_id");
CREATE UNIQUE INDEX "weapon_system_slug_key" ON "weapon_system"("slug");
CREATE INDEX "weapon_system_alias_source_id_idx" ON "weapon_system_alias"("source_id");
CREATE UNIQUE INDEX "doctrine_slug_key" ON "doctrine"("slug");
CREATE INDEX "doctrine_actor_id_idx" ON "doctrine"("actor_id");
CREATE UNIQUE INDEX "source_slug_key" ON "source"("slug");
CREATE INDEX "source_url_idx" ON "source"("url");

-- References: by the words of their names in any language, and by name.
CREATE INDEX "actor_name_search" ON "actor" USING GIN (("name_words"::tsvector));
CREATE INDEX "actor_name_name_search" ON "actor_name" USING GIN (("name_words"::tsvector));
CREATE INDEX "topic_name_search" ON "topic" USING GIN (("name_words"::tsvector));
CREATE INDEX "topic_name_name_search" ON "topic_name" USING GIN (("name_words"::tsvector));
CREATE INDEX "treaty_name_search" ON "treaty" USING GIN (("name_words"::tsvector));
CREATE INDEX "treaty_abbreviation_search" ON "treaty" USING GIN (("abbreviation_words"::tsvector));
CREATE INDEX "weapon_system_name_search" ON "weapon_system" USING GIN (("name_words"::tsvector));
CREATE INDEX "weapon_system_alias_name_search" ON "weapon_system_alias" USING GIN (("name_words"::tsvector));
CREATE INDEX "doctrine_name_search" ON "doctrine" USING GIN (("name_words"::tsvector));
CREATE INDEX "source_title_search" ON "source" USING GIN (("title_words"::tsvector));
CREATE INDEX "source_publisher_search" ON "source" USING GIN (("publisher_words"::tsvector));
CREATE INDEX "source_name_name_search" ON "source_name" USING GIN (("name_words"::tsvector));
CREATE INDEX "actor_by_name" ON "actor"((left(folded("name"), 200)) COLLATE "C", "slug");
CREATE INDEX "topic_by_name" ON "topic"((left(folded("name"), 200)) COLLATE "C", "slug");
CREATE INDEX "treaty_by_name" ON "treaty"((left(folded("name"), 200)) COLLATE "C", "slug");
CREATE INDEX "weapon_system_by_name" ON "weapon_system"((left(folded("name"), 200)) COLLATE "C", "slug");
CREATE INDEX "doctrine_by_name" ON "doctrine"((left(folded("name"), 200)) COLLATE "C", "slug");
CREATE INDEX "source_by_name" ON "source"((left(folded("title"), 200)) COLLATE "C", "slug");

-- Developments: by slug, by date, and by the times of recording, publication and change. The other end of the date is in the index too, so that
-- rows outside the requested dates are skipped without a heap fetch. The columns after it let facets and the timeline
-- be counted from the index alone.
CREATE UNIQUE INDEX "development_slug_key" ON "development"("slug");
CREATE INDEX "development_by_earliest" ON "development"("status", "occurred_earliest", "id", "occurred_latest", "kind", "event_type", "change_type", "disputed");
CREATE INDEX "development_by_latest" ON "development"("status", "occurred_latest", "id", "occurred_earliest");
CREATE INDEX "development_by_kind" ON "development"("status", "kind", "occurred_earliest", "id", "occurred_latest");
CREATE INDEX "development_status_recorded_at_id_idx" ON "development"("status", "recorded_at", "id");
CREATE INDEX "development_status_published_at_id_idx" ON "development"("status", "published_at", "id");
CREATE INDEX "development_status_changed_at_id_idx" ON "development"("status", "changed_at", "id");
CREATE INDEX "development_version_by_earliest" ON "development_version"("status", "occurred_earliest", "id", "occurred_latest");
CREATE INDEX "development_version_by_latest" ON "development_version"("status", "occurred_latest", "id", "occurred_earliest");
CREATE INDEX "development_version_by_kind" ON "development_version"("status", "kind", "occurred_earliest", "id", "occurred_latest");
CREATE INDEX "development_version_status_recorded_at_id_idx" ON "development_version"("status", "recorded_at", "id");
CREATE INDEX "development_version_status_published_at_id_idx" ON "development_version"("status", "published_at", "id");
CREATE INDEX "development_version_status_changed_at_id_idx" ON "development_version"("status", "changed_at", "id");

-- Dates longer than a year. A development that can have occurred on a day begins in the year before it or is in this index.
CREATE INDEX "development_long" ON "development"("status", "occurred_earliest", "id", "occurred_latest", "kind", "event_type", "change_type", "disputed")
    WHERE "occurred_latest" - "occurred_earliest" > 366;
CREATE INDEX "development_long_by_latest" ON "development"("status", "occurred_latest", "id", "occurred_earliest")
    WHERE "occurred_latest" - "occurred_earliest" > 366;
CREATE INDEX "development_version_long" ON "development_version"("status", "occurred_earliest", "id", "occurred_latest")
    WHERE "occurred_latest" - "occurred_earliest" > 366;
CREATE INDEX "development_version_long_by_latest" ON "development_version"("status", "occurred_latest", "id", "occurred_earliest")
    WHERE "occurred_latest" - "occurred_earliest" > 366;
CREATE INDEX "development_mention_long" ON "development_mention"("subject_id", "status", "occurred_earliest", "development_id", "occurred_latest", "kind")
    WHERE "occurred_latest" - "occurred_earliest" > 366;

-- Disputed developments are rare.
CREATE INDEX "development_disputed" ON "development"("status", "occurred_earliest", "id", "occurred_latest")
    WHERE "disputed";
CREATE INDEX "development_version_disputed" ON "development_version"("status", "occurred_earliest", "id", "occurred_latest")
    WHERE "disputed";

-- Versions: by position, and the newest of each development.
CREATE UNIQUE INDEX "development_version_position_key" ON "development_version"("position");
CREATE INDEX "development_version_days" ON "development_version"("until", "position", "status", "kind", "occurred_earliest", "occurred_latest");
CREATE UNIQUE INDEX "development_version_newest" ON "development_version"("id") INCLUDE ("position")
    WHERE "until" = 9223372036854775807;

-- Developments: by what they mention and by their words.
CREATE INDEX "development_actor_ids_idx" ON "development" USING GIN ("actor_ids");
CREATE INDEX "development_countries_idx" ON "development" USING GIN ("countries");
CREATE INDEX "development_topic_ids_idx" ON "development" USING GIN ("topic_ids");
CREATE INDEX "development_treaty_ids_idx" ON "development" USING GIN ("treaty_ids");
CREATE INDEX "development_weapon_system_ids_idx" ON "development" USING GIN ("weapon_system_ids");
CREATE INDEX "development_doctrine_ids_idx" ON "development" USING GIN ("doctrine_ids");
CREATE INDEX "development_source_ids_idx" ON "development" USING GIN ("source_ids");
CREATE INDEX "development_links_idx" ON "development" USING GIN ("links");
CREATE INDEX "development_search_idx" ON "development" USING GIN ("search");
CREATE INDEX "development_version_actor_ids_idx" ON "development_version" USING GIN ("actor_ids");
CREATE INDEX "development_version_countries_idx" ON "development_version" USING GIN ("countries");
CREATE INDEX "development_version_topic_ids_idx" ON "development_version" USING GIN ("topic_ids");
CREATE INDEX "development_version_treaty_ids_idx" ON "development_version" USING GIN ("treaty_ids");
CREATE INDEX "development_version_weapon_system_ids_idx" ON "development_version" USING GIN ("weapon_system_ids");
CREATE INDEX "development_version_doctrine_ids_idx" ON "development_version" USING GIN ("doctrine_ids");
CREATE INDEX "development_version_source_ids_idx" ON "development_version" USING GIN ("source_ids");
CREATE INDEX "development_version_links_idx" ON "development_version" USING GIN ("links");
CREATE INDEX "development_version_search_idx" ON "development_version" USING GIN ("search");

CREATE INDEX "actor_merged_into_id_idx" ON "actor"("merged_into_id") WHERE "merged_into_id" IS NOT NULL;
CREATE INDEX "topic_merged_into_id_idx" ON "topic"("merged_into_id") WHERE "merged_into_id" IS NOT NULL;
CREATE INDEX "source_merged_into_id_idx" ON "source"("merged_into_id") WHERE "merged_into_id" IS NOT NULL;
CREATE INDEX "weapon_system_merged_into_id_idx" ON "weapon_system"("merged_into_id") WHERE "merged_into_id" IS NOT NULL;
CREATE INDEX "doctrine_merged_into_id_idx" ON "doctrine"("merged_into_id") WHERE "merged_into_id" IS NOT NULL;
CREATE INDEX "merged_reference_survivor_id_idx" ON "merged_reference"("survivor_id");
-- Finds the actors that claims name by slug, for merges.
CREATE INDEX "revision_claimed_actors_idx" ON "revision" USING GIN ("claimed_actors"("snapshot") jsonb_path_ops)
    WHERE "claimed_actors"("snapshot") <> '[]';

-- The log, and keys.
CREATE INDEX "development_slug_development_id_idx" ON "development_slug"("development_id");
CREATE INDEX "external_id_development_id_idx" ON "external_id"("development_id");
CREATE UNIQUE INDEX "feed_entry_development_id_revision_key" ON "feed_entry"("development_id", "revision");
-- Most entries are of developments, so only the others are indexed.
CREATE UNIQUE INDEX "feed_entry_of_reference" ON "feed_entry"("reference_id", "revision") INCLUDE ("position")
    WHERE "reference_id" IS NOT NULL;
-- Finds the latest changes of references, and their erasures: see feed/latest.ts.
CREATE INDEX "feed_entry_reference_position" ON "feed_entry"("position") WHERE "reference_id" IS NOT NULL;
CREATE INDEX "feed_entry_reference_erased" ON "feed_entry"("position") WHERE "change" = 'REFERENCE_ERASED';
CREATE INDEX "feed_entry_recorded_at_position_idx" ON "feed_entry"("recorded_at", "position");
CREATE INDEX "note_development_id_id_idx" ON "note"("development_id", "id");
CREATE INDEX "note_reply_to_id_idx" ON "note"("reply_to_id");
CREATE INDEX "note_mention_note_id_idx" ON "note_mention"("note_id");
CREATE INDEX "presence_expires_at_idx" ON "presence"("expires_at");
CREATE INDEX "desk_entry_transaction_idx" ON "desk_entry"("transaction");
CREATE INDEX "review_state_changed_at_development_id_idx" ON "review"("state", "changed_at", "development_id");
CREATE INDEX "review_assignee_state_idx" ON "review"("assignee", "state");
CREATE INDEX "review_state_publish_at_development_id_idx" ON "review"("state", "publish_at", "development_id");
CREATE INDEX "review_event_development_id_recorded_at_id_idx" ON "review_event"("development_id", "recorded_at", "id");
CREATE INDEX "proposal_state_recorded_at_id_idx" ON "proposal"("state", "recorded_at", "id");
CREATE INDEX "proposal_author_recorded_at_id_idx" ON "proposal"("author", "recorded_at", "id");
CREATE INDEX "proposal_development_id_state_idx" ON "proposal"("development_id", "state");
CREATE UNIQUE INDEX "inbox_item_address_key" ON "inbox_item"("address");
CREATE INDEX "inbox_item_state_received_at_id_idx" ON "inbox_item"("state", "received_at", "id");
CREATE INDEX "inbox_item_feed_id_state_idx" ON "inbox_item"("feed_id", "state");
CREATE INDEX "inbox_item_received_at_id_idx" ON "inbox_item"("received_at", "id");
CREATE INDEX "inbox_item_content_hash_idx" ON "inbox_item"("content_hash");
CREATE INDEX "inbox_item_bands_idx" ON "inbox_item" USING GIN ("bands");
CREATE INDEX "inbox_version_address_idx" ON "inbox_version"("address");
CREATE UNIQUE INDEX "watched_feed_address_key" ON "watched_feed"("address");
CREATE INDEX "watched_feed_next_at_idx" ON "watched_feed"("next_at");
CREATE INDEX "watched_feed_source_id_idx" ON "watched_feed"("source_id");
CREATE INDEX "inbox_mark_development_id_idx" ON "inbox_mark"("development_id");
CREATE INDEX "inbox_mark_act_recorded_at_idx" ON "inbox_mark"("act", "recorded_at");
CREATE UNIQUE INDEX "erasure_request_code_hash_key" ON "erasure_request"("code_hash");
CREATE UNIQUE INDEX "api_token_name_key" ON "api_token"("name");
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- ── Storage and statistics ────────────────────────────────────────────────────────────────────────────────────────────

-- Keeps search vectors in the row, because a search that walks rows by date reads each of them; in the TOAST table it
-- reads four more pages a row. Columns that are not MAIN move out first, so the arrays must be MAIN too. Headlines and
-- texts may move: lists do not read them. (ALTER COLUMN … TYPE resets the storage.)
ALTER TABLE "development"
    ALTER COLUMN "actor_ids" SET STORAGE MAIN,
    ALTER COLUMN "parts" SET STORAGE MAIN,
    ALTER COLUMN "place_countries" SET STORAGE MAIN,
    ALTER COLUMN "countries" SET STORAGE MAIN,
    ALTER COLUMN "topic_ids" SET STORAGE MAIN,
    ALTER COLUMN "treaty_ids" SET STORAGE MAIN,
    ALTER COLUMN "weapon_system_ids" SET STORAGE MAIN,
    ALTER COLUMN "doctrine_ids" SET STORAGE MAIN,
    ALTER COLUMN "source_ids" SET STORAGE MAIN,
    ALTER COLUMN "links" SET STORAGE MAIN,
    ALTER COLUMN "search" SET STORAGE MAIN;

-- PostgreSQL assumes that a word outside its statistics is as frequent as the rarest one inside. With the default of 100
-- words that is one row in hundreds, so a search for an absent word walks all rows by date: 3 s at 150,000 rows.
ALTER TABLE "development" ALTER COLUMN "search" SET STATISTICS 1000;
ALTER TABLE "development_version" ALTER COLUMN "search" SET STATISTICS 1000;

-- Shows the planner that few dates are long, and that a million developments share few days.
CREATE STATISTICS "development_span" ON ("occurred_latest" - "occurred_earliest") FROM "development";
CREATE STATISTICS "development_version_span" ON ("occurred_latest" - "occurred_earliest") FROM "development_version";
CREATE STATISTICS "development_days" (ndistinct) ON "kind", "occurred_earliest", "occurred_latest" FROM "development";
CREATE STATISTICS "development_version_days" (ndistinct) ON "kind", "occurred_earliest", "occurred_latest" FROM "development_version";

-- ── Functions and triggers: countries ─────────────────────────────────────────────────────────────────────────────────

-- Returns the countries of a development's actors and places, each once.
CREATE FUNCTION "countries_of"(actor_ids uuid[], places text[]) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT ARRAY(
    SELECT unnest(places) UNION SELECT country_code FROM actor WHERE id = ANY (actor_ids) AND country_code IS NOT NULL
    ORDER BY 1)
$$;

-- A development's countries follow its actors' countries. Writers of developments share a lock until they commit, and a
-- change of an actor's country takes it exclusively, so that neither misses uncommitted changes of the other.
CREATE FUNCTION "set_countries"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('doctrine_wire.countries'));
  -- As countries_of(), whose query would be planned for each row: only PL/pgSQL keeps plans.
  NEW.countries := ARRAY(
    SELECT unnest(NEW.place_countries)
    UNION SELECT country_code FROM actor WHERE id = ANY (NEW.actor_ids) AND country_code IS NOT NULL
    ORDER BY 1);
  RETURN NEW;
END
$$;
CREATE TRIGGER "set_countries" BEFORE INSERT OR UPDATE OF "actor_ids", "place_countries" ON "development"
    FOR EACH ROW EXECUTE FUNCTION "set_countries"();

CREATE FUNCTION "actor_moved"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('doctrine_wire.countries'));
  UPDATE development SET countries = countries_of(actor_ids, place_countries) WHERE actor_ids @> ARRAY[OLD.id];
  UPDATE development_version SET countries = countries_of(actor_ids, place_countries) WHERE actor_ids @> ARRAY[OLD.id];
  RETURN NULL;
END
$$;
CREATE TRIGGER "actor_moved" AFTER UPDATE ON "actor"
    FOR EACH ROW WHEN (OLD."country_code" IS DISTINCT FROM NEW."country_code") EXECUTE FUNCTION "actor_moved"();
CREATE TRIGGER "actor_gone" AFTER DELETE ON "actor"
    FOR EACH ROW WHEN (OLD."country_code" IS NOT NULL) EXECUTE FUNCTION "actor_moved"();

-- ── Functions and triggers: merged references ────────────────────────────────────────────────────────────

-- Follows chains of merges: if A was merged into B and B into C, then C stands for both. The row's own table is read, so
-- references of an export can come in any order.
CREATE FUNCTION "keep_survivors"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('
    WITH RECURSIVE affected AS (
      SELECT $1 AS id UNION SELECT it.id FROM %1$I AS it JOIN affected ON it.merged_into_id = affected.id
    ), chain AS (
      SELECT id, id AS last FROM affected
      UNION SELECT chain.id, it.merged_into_id FROM chain JOIN %1$I AS it ON it.id = chain.last
      WHERE it.merged_into_id IS NOT NULL
    )
    INSERT INTO merged_reference (id, survivor_id)
    SELECT id, last FROM chain
    WHERE id <> last AND NOT EXISTS (SELECT FROM %1$I AS it WHERE it.id = chain.last AND it.merged_into_id IS NOT NULL)
    ON CONFLICT (id) DO UPDATE SET survivor_id = excluded.survivor_id', TG_TABLE_NAME) USING NEW.id;
  IF NEW.merged_into_id IS NULL THEN
    DELETE FROM merged_reference WHERE id = NEW.id;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER "keep_survivors_of_new" AFTER INSERT ON "actor"
    FOR EACH ROW WHEN (NEW."merged_into_id" IS NOT NULL) EXECUTE FUNCTION "keep_survivors"();
CREATE TRIGGER "keep_survivors" AFTER UPDATE OF "merged_into_id" ON "actor"
    FOR EACH ROW WHEN (NEW."merged_into_id" IS DISTINCT FROM OLD."merged_into_id") EXECUTE FUNCTION "keep_survivors"();
CREATE TRIGGER "keep_survivors_of_new" AFTER INSERT ON "topic"
    FOR EACH ROW WHEN (NEW."merged_into_id" IS NOT NULL) EXECUTE FUNCTION "keep_survivors"();
CREATE TRIGGER "keep_survivors" AFTER UPDATE OF "merged_into_id" ON "topic"
    FOR EACH ROW WHEN (NEW."merged_into_id" IS DISTINCT FROM OLD."merged_into_id") EXECUTE FUNCTION "keep_survivors"();
CREATE TRIGGER "keep_survivors_of_new" AFTER INSERT ON "source"
    FOR EACH ROW WHEN (NEW."merged_into_id" IS NOT NULL) EXECUTE FUNCTION "keep_survivors"();
CREATE TRIGGER "keep_survivors" AFTER UPDATE OF "merged_into_id" ON "source"
    FOR EACH ROW WHEN (NEW."merged_into_id" IS DISTINCT FROM OLD."merged_into_id") EXECUTE FUNCTION "keep_survivors"();
CREATE TRIGGER "keep_survivors_of_new" AFTER INSERT ON "weapon_system"
    FOR EACH ROW WHEN (NEW."merged_into_id" IS NOT NULL) EXECUTE FUNCTION "keep_survivors"();
CREATE TRIGGER "keep_survivors" AFTER UPDATE OF "merged_into_id" ON "weapon_system"
    FOR EACH ROW WHEN (NEW."merged_into_id" IS DISTINCT FROM OLD."merged_into_id") EXECUTE FUNCTION "keep_survivors"();
CREATE TRIGGER "keep_survivors_of_new" AFTER INSERT ON "doctrine"
    FOR EACH ROW WHEN (NEW."merged_into_id" IS NOT NULL) EXECUTE FUNCTION "keep_survivors"();
CREATE TRIGGER "keep_survivors" AFTER UPDATE OF "merged_into_id" ON "doctrine"
    FOR EACH ROW WHEN (NEW."merged_into_id" IS DISTINCT FROM OLD."merged_into_id") EXECUTE FUNCTION "keep_survivors"();

-- Refuses what refers to a merged reference: its writer found the slug before the merge. The code is that of a
-- serialisation failure, so the writer looks it up again. Writers share a lock until they commit, and a merge takes it
-- exclusively, so that neither misses uncommitted changes of the other. A restore writes what was before the merge.
CREATE FUNCTION "refuse_merged"(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('doctrine_wire.merges'));
  IF EXISTS (SELECT FROM merged_reference WHERE id = ANY (ids))
    AND current_setting('doctrine_wire.restoring', true) IS DISTINCT FROM 'yes' THEN
    RAISE EXCEPTION 'A reference was merged into another one.' USING ERRCODE = '40001';
  END IF;
END
$$;

CREATE FUNCTION "refuse_merged_in_development"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse_merged(NEW.actor_ids || NEW.topic_ids || NEW.weapon_system_ids || NEW.doctrine_ids || NEW.source_ids);
  RETURN NULL;
END
$$;
CREATE TRIGGER "refuse_merged" AFTER INSERT OR UPDATE OF "actor_ids", "topic_ids", "weapon_system_ids", "doctrine_ids", "source_ids"
    ON "development" FOR EACH ROW WHEN (NEW."status" <> 'RETRACTED') EXECUTE FUNCTION "refuse_merged_in_development"();

CREATE FUNCTION "refuse_merged_in_reference"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse_merged(ARRAY[(to_jsonb(NEW)->>TG_ARGV[0])::uuid]);
  RETURN NULL;
END
$$;
CREATE TRIGGER "refuse_merged" AFTER INSERT OR UPDATE OF "actor_id" ON "treaty_party"
    FOR EACH ROW EXECUTE FUNCTION "refuse_merged_in_reference"('actor_id');
CREATE TRIGGER "refuse_merged" AFTER INSERT OR UPDATE OF "actor_id" ON "doctrine"
    FOR EACH ROW WHEN (NEW."actor_id" IS NOT NULL) EXECUTE FUNCTION "refuse_merged_in_reference"('actor_id');
CREATE TRIGGER "refuse_merged" AFTER INSERT OR UPDATE OF "source_id" ON "weapon_system_alias"
    FOR EACH ROW WHEN (NEW."source_id" IS NOT NULL) EXECUTE FUNCTION "refuse_merged_in_reference"('source_id');

-- Returns the reference that stands for another one at a position: itself, unless it was merged then.
CREATE FUNCTION "survivor_at"(reference uuid, at bigint) RETURNS uuid LANGUAGE plpgsql STABLE AS $$
DECLARE
  survivor uuid := reference;
  next uuid;
BEGIN
  LOOP
    SELECT (it.snapshot->>'mergedIntoId')::uuid INTO next FROM feed_entry AS entry
    JOIN reference_revision AS it ON it.reference_id = entry.reference_id AND it.number = entry.revision
    WHERE entry.reference_id = survivor AND entry.position <= at
    ORDER BY entry.revision DESC LIMIT 1;
    IF next IS NULL THEN
      RETURN survivor;
    END IF;
    survivor := next;
  END LOOP;
END
$$;

-- ── Functions and triggers: mentions ──────────────────────────────────────────────────────────────────────────────────

-- Returns the subject id of a country, which has no row: its ISO 3166-1 alpha-2 code after zeros. No UUIDv7 starts so.
CREATE FUNCTION "country_subject"(code text) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lpad(to_hex(ascii(code)) || to_hex(ascii(right(code, 1))), 32, '0')::uuid
$$;

-- Returns the subject ids that a development mentions, each once.
CREATE FUNCTION "mentioned"(ids uuid[], countries text[]) RETURNS SETOF uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 12 AS $$
  SELECT unnest(ids) UNION SELECT country_subject(unnest(countries))
$$;

-- Runs once per statement, for all its rows.
CREATE FUNCTION "keep_mentions"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM development_mention AS it
    USING old_rows AS gone,
          mentioned(gone.actor_ids || gone.topic_ids || gone.treaty_ids || gone.weapon_system_ids || gone.doctrine_ids
                    || gone.source_ids, gone.countries) AS subject
    WHERE it.subject_id = subject AND it.status = gone.status AND it.occurred_earliest = gone.occurred_earliest
      AND it.development_id = gone.id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO development_mention
    SELECT subject, status, occurred_earliest, id, occurred_latest, kind
    FROM new_rows, mentioned(actor_ids || topic_ids || treaty_ids || weapon_system_ids || doctrine_ids || source_ids,
                             countries) AS subject;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "keep_mentions_of_new" AFTER INSERT ON "development"
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "keep_mentions"();
CREATE TRIGGER "keep_mentions_of_changed" AFTER UPDATE ON "development"
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "keep_mentions"();
CREATE TRIGGER "keep_mentions_of_gone" AFTER DELETE ON "development"
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION "keep_mentions"();

-- Runs for each version that ends or has ended. A new development has none, so its writer does not pay for this.
CREATE FUNCTION "keep_version_mentions"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.until <> 9223372036854775807 THEN
    DELETE FROM development_version_mention AS it
    USING mentioned(OLD.actor_ids || OLD.topic_ids || OLD.treaty_ids || OLD.weapon_system_ids || OLD.doctrine_ids
                    || OLD.source_ids, OLD.countries) AS subject
    WHERE it.subject_id = subject AND it.until = OLD.until AND it.position = OLD.position AND it.development_id = OLD.id;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.until <> 9223372036854775807 THEN
    INSERT INTO development_version_mention
      (subject_id, until, position, status, kind, occurred_earliest, occurred_latest, development_id)
    SELECT subject, NEW.until, NEW.position, NEW.status, NEW.kind, NEW.occurred_earliest, NEW.occurred_latest, NEW.id
    FROM mentioned(NEW.actor_ids || NEW.topic_ids || NEW.treaty_ids || NEW.weapon_system_ids || NEW.doctrine_ids
                   || NEW.source_ids, NEW.countries) AS subject;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "keep_version_mentions_of_new" AFTER INSERT ON "development_version"
    FOR EACH ROW WHEN (NEW."until" <> 9223372036854775807) EXECUTE FUNCTION "keep_version_mentions"();
CREATE TRIGGER "keep_version_mentions_of_changed" AFTER UPDATE ON "development_version"
    FOR EACH ROW WHEN (OLD."until" <> 9223372036854775807 OR NEW."until" <> 9223372036854775807)
    EXECUTE FUNCTION "keep_version_mentions"();
CREATE TRIGGER "keep_version_mentions_of_gone" AFTER DELETE ON "development_version"
    FOR EACH ROW WHEN (OLD."until" <> 9223372036854775807) EXECUTE FUNCTION "keep_version_mentions"();

-- ── Functions and triggers: the version of references ─────────────────────────────────────────────────────────────────

-- Increments the version once per transaction. Deferred to the commit, so that the row lock is held only briefly. Wakes
-- the tails without a position.
CREATE FUNCTION "reference_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
    RETURN NULL;
  END IF;
  IF current_setting('doctrine_wire.reference_changed_by', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
    UPDATE "reference_head" SET "version" = "version" + 1;
    PERFORM set_config('doctrine_wire.reference_changed_by', pg_current_xact_id()::text, true);
    PERFORM pg_notify('doctrine_wire_feed', 'references');
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "actor"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "actor_name"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "topic"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "topic_name"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "treaty"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "treaty_party"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "treaty_status"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "weapon_system"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "weapon_system_alias"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "doctrine"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "source"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "source_name"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "duplicate_judgement"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();

-- ── Functions and triggers: the desk ──────────────────────────────────────────────────────────────────────────────────

-- Adds to the log of the desk and wakes its readers. Readers take the entries that a transaction snapshot did not see, so
-- entries need no order of commits and writers never wait for each other.
CREATE FUNCTION "tell_desk"(subject "DeskSubject", developments uuid[], notes uuid[], most int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(cardinality(developments), 0) = 0 THEN
    RETURN;
  END IF;
  IF cardinality(developments) > most THEN -- An import: its rows would fill the log.
    INSERT INTO desk_entry (subject, transaction) VALUES ('MANY', pg_current_xact_id()::text::bigint);
  ELSE
    INSERT INTO desk_entry (subject, development_id, note_id, transaction)
    SELECT tell_desk.subject, it.development, it.note, pg_current_xact_id()::text::bigint
    FROM unnest(developments, notes) AS it (development, note);
  END IF;
  PERFORM pg_notify('doctrine_wire_feed', 'desk');
END
$$;

CREATE FUNCTION "desk_developments"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM tell_desk('DEVELOPMENT', (SELECT array_agg(id) FROM new_rows), NULL, 50);
  ELSE -- Countries follow actors without a revision.
    PERFORM tell_desk('DEVELOPMENT', (
      SELECT array_agg(new_rows.id ORDER BY new_rows.id) FROM new_rows JOIN old_rows USING (id)
      WHERE new_rows.revision <> old_rows.revision), NULL, 500);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "desk_of_new_developments" AFTER INSERT ON "development"
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "desk_developments"();
CREATE TRIGGER "desk_of_changed_developments" AFTER UPDATE ON "development"
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "desk_developments"();

CREATE FUNCTION "desk_reviews"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_desk('DEVELOPMENT', (
    SELECT array_agg(development_id ORDER BY development_id) FROM new_rows JOIN old_rows USING (development_id)
    WHERE new_rows.changed_at <> old_rows.changed_at
       OR (new_rows.state, new_rows.assignee, new_rows.publish_at)
          IS DISTINCT FROM (old_rows.state, old_rows.assignee, old_rows.publish_at)), NULL, 500);
  RETURN NULL;
END
$$;
CREATE TRIGGER "desk_of_changed_reviews" AFTER UPDATE ON "review"
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "desk_reviews"();

CREATE FUNCTION "desk_notes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_desk('NOTE', (SELECT array_agg(development_id ORDER BY id) FROM new_rows),
                    (SELECT array_agg(id ORDER BY id) FROM new_rows), 500);
  RETURN NULL;
END
$$;
CREATE TRIGGER "desk_of_new_notes" AFTER INSERT ON "note"
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "desk_notes"();
CREATE TRIGGER "desk_of_changed_notes" AFTER UPDATE ON "note"
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "desk_notes"();

CREATE FUNCTION "desk_proposals"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  proposals uuid[] := (SELECT array_agg(id ORDER BY id) FROM new_rows);
BEGIN
  IF coalesce(cardinality(proposals), 0) = 0 THEN
    RETURN NULL;
  END IF;
  IF cardinality(proposals) > 500 THEN
    INSERT INTO desk_entry (subject, transaction) VALUES ('MANY', pg_current_xact_id()::text::bigint);
  ELSE
    INSERT INTO desk_entry (subject, proposal_id, transaction)
    SELECT 'PROPOSAL', it, pg_current_xact_id()::text::bigint FROM unnest(proposals) AS it;
  END IF;
  PERFORM pg_notify('doctrine_wire_feed', 'desk');
  RETURN NULL;
END
$$;
CREATE TRIGGER "desk_of_new_proposals" AFTER INSERT ON "proposal"
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "desk_proposals"();
CREATE TRIGGER "desk_of_changed_proposals" AFTER UPDATE ON "proposal"
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "desk_proposals"();

-- A merge that was made or undone. It may change no development.
CREATE FUNCTION "desk_merges"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO desk_entry (subject, merge_id, transaction)
  SELECT 'MERGE', id, pg_current_xact_id()::text::bigint FROM new_rows ORDER BY id;
  PERFORM pg_notify('doctrine_wire_feed', 'desk');
  RETURN NULL;
END
$$;
CREATE TRIGGER "desk_of_new_merges" AFTER INSERT ON "merge_act"
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "desk_merges"();
CREATE TRIGGER "desk_of_undone_merges" AFTER UPDATE ON "merge_act"
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "desk_merges"();

-- Not told of updates: these only prolong a presence.
CREATE FUNCTION "desk_presences"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_desk('PRESENCE', (SELECT array_agg(DISTINCT development_id) FROM changed_rows), NULL, 500);
  RETURN NULL;
END
$$;
CREATE TRIGGER "desk_of_new_presences" AFTER INSERT ON "presence"
    REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION "desk_presences"();
CREATE TRIGGER "desk_of_gone_presences" AFTER DELETE ON "presence"
    REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION "desk_presences"();

-- One entry for a statement, without an id: screens load their list and the counts again.
CREATE FUNCTION "desk_inbox"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
      RETURN NULL;
    END IF;
  -- Only columns that screens show. A text is compared by its hash, so that no text is read. A claim
  -- by a machine changes only its notes about its work, and suggestions that belong to another text.
  ELSIF NOT EXISTS (
    SELECT FROM new_rows AS later JOIN old_rows AS earlier USING (id)
    WHERE (later.state, later.title, later.url, later.language, later.published_at, later.feed_id, later.snoozed_until,
           later.reason, later.changed_by, later.versions, later.content_hash, later.text IS NULL) IS DISTINCT FROM
          (earlier.state, earlier.title, earlier.url, earlier.language, earlier.published_at, earlier.feed_id,
           earlier.snoozed_until, earlier.reason, earlier.changed_by, earlier.versions, earlier.content_hash,
           earlier.text IS NULL)
       OR CASE WHEN later.model_hash = later.content_hash THEN later.model_suggestions END IS DISTINCT FROM
          CASE WHEN earlier.model_hash = earlier.content_hash THEN earlier.model_suggestions END
  ) THEN
    RETURN NULL;
  END IF;
  INSERT INTO desk_entry (subject, transaction) VALUES ('INBOX', pg_current_xact_id()::text::bigint);
  PERFORM pg_notify('doctrine_wire_feed', 'desk');
  RETURN NULL;
END
$$;
CREATE TRIGGER "desk_of_new_inbox_items" AFTER INSERT ON "inbox_item"
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "desk_inbox"();
CREATE TRIGGER "desk_of_changed_inbox_items" AFTER UPDATE ON "inbox_item"
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "desk_inbox"();

-- ── Functions: the hash chain ─────────────────────────────────────────────────────────────────────────────────────────

-- Returns the hash of a feed entry: SHA-256 of its canonical JSON (RFC 8785), which contains the hash before it. No value
-- needs an escape, so format() writes canonical JSON. The subject is a development, or a reference. See docs/decisions/022.
CREATE FUNCTION "entry_hash"(previous bytea, "position" bigint, subject uuid, revision int, change "FeedChange",
    recorded_at timestamptz, commitment bytea) RETURNS bytea LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  IF change IN ('REFERENCE_CHANGED', 'REFERENCE_ERASED') THEN
    RETURN sha256(convert_to(format(
      '{"change":"%s","commitment":"%s","position":%s,"previous":"%s","recordedAt":"%s","reference":"%s","revision":%s}',
      change, encode(commitment, 'hex'), "position", encode(previous, 'hex'),
      to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), subject, revision), 'UTF8'));
  END IF;
  RETURN sha256(convert_to(format(
    '{"change":"%s","commitment":"%s","development":"%s","position":%s,"previous":"%s","recordedAt":"%s","revision":%s}',
    change, encode(commitment, 'hex'), subject, "position", encode(previous, 'hex'),
    to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), revision), 'UTF8'));
END
$$;

-- The chain as an aggregate: as a window function in the order of positions it returns the hash of each entry.
CREATE FUNCTION "next_hash"(previous bytea, start bytea, "position" bigint, subject uuid, revision int,
    change "FeedChange", recorded_at timestamptz, commitment bytea) RETURNS bytea LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN entry_hash(coalesce(previous, start), "position", subject, revision, change, recorded_at, commitment);
END
$$;
CREATE AGGREGATE "chain_hash"(start bytea, "position" bigint, subject uuid, revision int, change "FeedChange",
    recorded_at timestamptz, commitment bytea) (SFUNC = next_hash, STYPE = bytea);

-- ── Functions and triggers: what is written stays ─────────────────────────────────────────────────────────────────────

-- Refuses to change or delete what the record has told. Only erase_revision() and the functions beside it may, which set a
-- variable for their own statements. An owner of the tables can disable triggers: grants are the stronger barrier (docs/operations.md).
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('doctrine_wire.erasing', true) = 'yes' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Rows of "%" are never changed or deleted. Record a revision, or erase one with erase_revision().',
    TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "revision_stays" BEFORE UPDATE OR DELETE ON "revision"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "revision_is_kept" BEFORE TRUNCATE ON "revision"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "reference_revision_stays" BEFORE UPDATE OR DELETE ON "reference_revision"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "reference_revision_is_kept" BEFORE TRUNCATE ON "reference_revision"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "feed_entry_stays" BEFORE UPDATE OR DELETE ON "feed_entry"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "feed_entry_is_kept" BEFORE TRUNCATE ON "feed_entry"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "duplicate_judgement_stays" BEFORE UPDATE OR DELETE ON "duplicate_judgement"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "duplicate_judgement_is_kept" BEFORE TRUNCATE ON "duplicate_judgement"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
-- Of a version, two columns change: it ends once, and its countries follow those of its actors.
CREATE TRIGGER "development_version_stays" BEFORE DELETE OR UPDATE OF "id", "position", "revision", "kind", "status",
    "confidence", "disputed", "occurred_earliest", "occurred_latest", "event_type", "change_type", "actor_ids", "parts",
    "place_countries", "topic_ids", "treaty_ids", "weapon_system_ids", "doctrine_ids", "source_ids", "links",
    "words", "id_words", "recorded_at", "published_at", "changed_at" ON "development_version"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "development_version_ends_once" BEFORE UPDATE OF "until" ON "development_version"
    FOR EACH ROW WHEN (OLD."until" <> 9223372036854775807) EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "development_version_is_kept" BEFORE TRUNCATE ON "development_version"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- ── Functions: review ─────────────────────────────────────────────────────────────────────────────────────────────────
-- Whatever writes a revision keeps the review: no path leaves an approval standing for another revision than it was given
-- for, and none changes a discarded draft.

CREATE FUNCTION "keep_review"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  known review%ROWTYPE;
BEGIN
  IF NEW."number" = 1 THEN
    INSERT INTO review (development_id, state, author, changed_at)
    VALUES (NEW."development_id", 'DRAFT', NEW."editor", NEW."recorded_at");
    RETURN NULL;
  END IF;
  SELECT * INTO known FROM review WHERE development_id = NEW."development_id" FOR UPDATE;
  IF NOT FOUND OR known.state = 'PUBLISHED' THEN
    RETURN NULL;
  END IF;
  IF known.state = 'DISCARDED' THEN
    IF current_setting('doctrine_wire.erasing', true) = 'yes' THEN
      RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The draft % is discarded.', NEW."development_id" USING ERRCODE = 'DW002';
  END IF;
  IF NEW."status" <> 'DRAFT' THEN
    UPDATE review SET state = 'PUBLISHED', changed_at = NEW."recorded_at" WHERE development_id = NEW."development_id";
    INSERT INTO review_event (id, development_id, act, actor, revision, recorded_at)
    VALUES (gen_random_uuid(), NEW."development_id", 'PUBLISHED', NEW."editor", NEW."number", NEW."recorded_at");
  ELSIF known.approved_by IS NULL THEN
    UPDATE review SET changed_at = NEW."recorded_at" WHERE development_id = NEW."development_id";
  ELSE
    UPDATE review SET state = 'IN_REVIEW', approved_by = NULL, approved_revision = NULL, changed_at = NEW."recorded_at"
    WHERE development_id = NEW."development_id";
    INSERT INTO review_event (id, development_id, act, actor, revision, recorded_at)
    VALUES (gen_random_uuid(), NEW."development_id", 'EDITED_AFTER_APPROVAL', NEW."editor", NEW."number",
      NEW."recorded_at");
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "keep_review" AFTER INSERT ON "revision"
    FOR EACH ROW WHEN (NEW."status" = 'DRAFT' OR NEW."number" > 1) EXECUTE FUNCTION "keep_review"();
-- The audit cannot be changed at all.
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Entries of the audit are never changed or deleted.' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "audit_entry_stays" BEFORE UPDATE OR DELETE ON "audit_entry"
    FOR EACH ROW EXECUTE FUNCTION "refuse_audit_change"();
CREATE TRIGGER "audit_entry_is_kept" BEFORE TRUNCATE ON "audit_entry"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();

-- ── Functions: erasure ────────────────────────────────────────────────────────────────────────────────────────────────

-- Returns a snapshot without its content. Its date, kind, grades and external ids remain, and its slug unless another is
-- given. The same as erasedContent() in src/domain/development/content/erased.ts.
CREATE FUNCTION "erased_content"(snapshot jsonb, new_slug text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object(
    'slug', coalesce(to_jsonb(new_slug), snapshot->'slug'), 'headline', 'Erased', 'summary', '', 'occurred', snapshot->'occurred',
    'confidence', snapshot->'confidence', 'confidenceReason', NULL, 'derivedConfidence', snapshot->'derivedConfidence',
    'detail', CASE snapshot->'detail'->>'kind'
      WHEN 'EVENT' THEN jsonb_build_object('kind', 'EVENT', 'type', snapshot->'detail'->'type', 'places', '[]'::jsonb,
        'quantities', '[]'::jsonb)
      WHEN 'STATEMENT' THEN jsonb_build_object('kind', 'STATEMENT', 'attribution', NULL, 'setting', NULL,
        'originalLanguage', NULL, 'originalScript', NULL, 'quotation', NULL, 'translation', NULL, 'translator', NULL)
      ELSE jsonb_build_object('kind', 'DOCTRINE_CHANGE', 'doctrineId', snapshot->'detail'->'doctrineId', 'changeType',
        snapshot->'detail'->'changeType', 'before', NULL, 'after', NULL, 'effective', NULL) END,
    'participants', '[]'::jsonb, 'topicIds', '[]'::jsonb, 'treatyIds', '[]'::jsonb, 'weaponSystemIds', '[]'::jsonb,
    'doctrineIds', '[]'::jsonb, 'citations', '[]'::jsonb, 'claims', '[]'::jsonb, 'links', '[]'::jsonb,
    'successorId', NULL, 'externalIds', snapshot->'externalIds')
$$;

-- Erases the content of a revision for good: its texts, references, editor, reason and salt, and the copies that lists
-- read. A marker takes the place of the reason, and a new slug that of its own. The feed entry keeps its commitment, which says nothing without the salt, so the hash chain still holds.
--
-- Runs with the rights of its owner, so that the service's own role needs none to change revisions.
CREATE FUNCTION "erase_revision"(development uuid, revision_number int, marker text DEFAULT NULL,
    new_slug text DEFAULT NULL) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path FROM CURRENT AS $$
DECLARE
  is_newest boolean;
  doctrines uuid[];
BEGIN
  SELECT it.revision = revision_number INTO is_newest FROM development AS it
  WHERE it.id = erase_revision.development FOR NO KEY UPDATE;
  SELECT CASE WHEN it.snapshot->'detail' ? 'doctrineId' THEN ARRAY[(it.snapshot->'detail'->>'doctrineId')::uuid] ELSE '{}' END
  INTO doctrines FROM revision AS it
  WHERE it.development_id = erase_revision.development AND it.number = revision_number;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'The development % has no revision %.', development, revision_number USING ERRCODE = 'no_data_found';
  END IF;
  IF is_newest AND (SELECT status FROM development AS it WHERE it.id = erase_revision.development) = 'PUBLISHED' THEN
    RAISE EXCEPTION 'Revision % is what readers see now. Revise or retract the development first, then erase it.',
      revision_number USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM set_config('doctrine_wire.erasing', 'yes', true);
  UPDATE revision AS it
  SET snapshot = erased_content(it.snapshot, new_slug), changed_fields = '{}', editor = 'erased', reason = marker,
      salt = NULL
  WHERE it.development_id = erase_revision.development AND it.number = revision_number;
  UPDATE development_version AS it
  SET words = '''eras'':1A ''erased'':1A', disputed = false, actor_ids = '{}',
      parts = '{}', place_countries = '{}', countries = '{}', topic_ids = '{}', treaty_ids = '{}',
      weapon_system_ids = '{}', doctrine_ids = doctrines, source_ids = '{}', links = '{}'
  WHERE it.id = erase_revision.development AND it.revision = revision_number;
  UPDATE development AS it
  SET words = '''eras'':1A ''erased'':1A', disputed = false, actor_ids = '{}',
      parts = '{}', place_countries = '{}', topic_ids = '{}', treaty_ids = '{}', weapon_system_ids = '{}',
      doctrine_ids = doctrines, source_ids = '{}', links = '{}'
  WHERE it.id = erase_revision.development AND it.revision = revision_number;
  PERFORM set_config('doctrine_wire.erasing', '', true);
  -- Instances drop their cached answers.
  UPDATE reference_head SET version = version + 1;
  PERFORM pg_notify('doctrine_wire_feed', 'references');
END
$$;
REVOKE EXECUTE ON FUNCTION "erase_revision"(uuid, int, text, text) FROM PUBLIC;

-- Erases what is kept beside the revisions of a development: its slugs if another takes their place, the hashes of requests
-- that wrote it, the reasons of judgements, and the texts of notes. Returns the number of notes.
CREATE FUNCTION "erase_beside"(development uuid, new_slug text) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
    SET search_path FROM CURRENT AS $$
DECLARE
  notes int;
BEGIN
  IF new_slug IS NOT NULL THEN
    UPDATE development AS it SET slug = new_slug WHERE it.id = erase_beside.development AND it.slug <> new_slug;
    INSERT INTO development_slug (slug, development_id) VALUES (new_slug, development) ON CONFLICT DO NOTHING;
    DELETE FROM development_slug AS it WHERE it.development_id = erase_beside.development AND it.slug <> new_slug;
  END IF;
  -- The hash of an input would confirm a guess of it.
  UPDATE idempotency_key SET request_hash = 'erased' WHERE result->>'id' = development::text;
  PERFORM set_config('doctrine_wire.erasing', 'yes', true);
  UPDATE duplicate_judgement SET reason = NULL WHERE one_id = development OR other_id = development;
  PERFORM set_config('doctrine_wire.erasing', '', true);
  UPDATE review_event AS it SET note = NULL, field_notes = '[]' WHERE it.development_id = erase_beside.development;
  UPDATE proposal AS it SET content = erased_content(it.content, new_slug), reason = NULL, decision = NULL,
    state = CASE WHEN it.state IN ('RECEIVED', 'IN_REVIEW') THEN 'REJECTED' ELSE it.state END,
    decided_by = coalesce(it.decided_by, 'erased'), decided_at = coalesce(it.decided_at, clock_timestamp())
  WHERE it.development_id = erase_beside.development;
  UPDATE bulk_act AS it SET reason = NULL WHERE it.development_ids @> ARRAY[erase_beside.development];
  UPDATE merge_act AS it SET reason = NULL WHERE it.development_ids @> ARRAY[erase_beside.development];
  -- Nothing is left to review or to publish.
  IF new_slug IS NOT NULL THEN
    UPDATE review AS it SET state = 'DISCARDED', approved_by = NULL, approved_revision = NULL, publish_at = NULL,
      scheduled_by = NULL
    WHERE it.development_id = erase_beside.development AND it.state <> 'PUBLISHED';
  END IF;
  DELETE FROM note_mention USING note WHERE note_id = note.id AND note.development_id = erase_beside.development;
  UPDATE note AS it SET text = 'Erased', author = 'erased', field = NULL
  WHERE it.development_id = erase_beside.development;
  GET DIAGNOSTICS notes = ROW_COUNT;
  RETURN notes;
END
$$;
REVOKE EXECUTE ON FUNCTION "erase_beside"(uuid, text) FROM PUBLIC;

-- Returns a snapshot of a reference without its content. The kind of an actor, the grade of a source and merges remain. Name
-- and slug are made of the id, because slugs are made of names. The same as erasedReference() in
-- src/domain/references/history/erased.ts.
CREATE FUNCTION "erased_reference"(kind "ReferenceKind", id uuid, snapshot jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('slug', 'erased-' || id,
      CASE kind WHEN 'SOURCE' THEN 'title' ELSE 'name' END, 'Erased ' || right(id::text, 12))
    || CASE kind
      WHEN 'ACTOR' THEN jsonb_build_object('kind', snapshot->'kind', 'description', NULL, 'countryCode', NULL,
        'countryCode3', NULL, 'wikidataId', NULL, 'names', '[]'::jsonb)
      WHEN 'SOURCE' THEN jsonb_build_object('publisher', NULL, 'url', NULL, 'language', NULL,
        'reliability', snapshot->'reliability', 'published', NULL, 'retrievedAt', NULL, 'wikidataId', NULL,
        'names', '[]'::jsonb)
      WHEN 'TOPIC' THEN jsonb_build_object('description', NULL, 'wikidataId', NULL, 'names', '[]'::jsonb)
      WHEN 'TREATY' THEN jsonb_build_object('abbreviation', NULL, 'summary', NULL, 'partyIds', '[]'::jsonb,
        'states', '[]'::jsonb)
      WHEN 'WEAPON_SYSTEM' THEN jsonb_build_object('summary', NULL, 'classes', '[]'::jsonb, 'delivery', '[]'::jsonb,
        'rangeMinKm', NULL, 'rangeMaxKm', NULL, 'aliases', '[]'::jsonb)
      ELSE jsonb_build_object('summary', NULL, 'actorId', NULL) END
    || CASE kind WHEN 'TREATY' THEN '{}'::jsonb
      ELSE jsonb_build_object('mergedIntoId', snapshot->'mergedIntoId') END
$$;

-- Erases the content of the first revisions of a reference for good, and what is kept beside them: the hashes of requests
-- that wrote it or developments that mention it, and the reasons of judgements and merges. The row must have no content any
-- more. The feed entries keep their commitments.
CREATE FUNCTION "erase_reference"(reference uuid, last_revision int, marker text) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM FROM reference_revision AS it
  WHERE it.reference_id = erase_reference.reference AND it.number > last_revision
    AND it.snapshot = erased_reference(it.kind, it.reference_id, it.snapshot);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Revision % of % is what readers see now, or there is none. Erase the reference with the command "erase".',
      last_revision, reference USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM set_config('doctrine_wire.erasing', 'yes', true);
  UPDATE reference_revision AS it
  SET snapshot = erased_reference(it.kind, it.reference_id, it.snapshot), changed_fields = '{}', editor = 'erased',
      reason = marker, salt = NULL
  WHERE it.reference_id = erase_reference.reference AND it.number <= last_revision;
  UPDATE duplicate_judgement SET reason = NULL, compared = 'erased' WHERE one_id = reference OR other_id = reference;
  PERFORM set_config('doctrine_wire.erasing', '', true);
  UPDATE merge_act AS it SET reason = NULL
  WHERE it.from_id = reference OR it.into_id = reference OR it.reference_ids @> ARRAY[reference];
  -- The hash of an input would confirm a guess of it.
  UPDATE idempotency_key SET request_hash = 'erased'
  WHERE reference::text IN (result->>'id', result->>'fromId', result->>'intoId', result->>'oneId', result->>'otherId')
     OR (result->>'id') IN (
       SELECT it.development_id::text FROM development_mention AS it WHERE it.subject_id = reference
       UNION SELECT it.development_id::text FROM development_version_mention AS it WHERE it.subject_id = reference);
  UPDATE reference_head SET version = version + 1;
  PERFORM pg_notify('doctrine_wire_feed', 'references');
END
$$;
REVOKE EXECUTE ON FUNCTION "erase_reference"(uuid, int, text) FROM PUBLIC;

-- ── Foreign keys ──────────────────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "actor_name" ADD CONSTRAINT "actor_name_actor_id_fkey" FOREIGN KEY ("actor_id")
    REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "topic_name" ADD CONSTRAINT "topic_name_topic_id_fkey" FOREIGN KEY ("topic_id")
    REFERENCES "topic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "source_name" ADD CONSTRAINT "source_name_source_id_fkey" FOREIGN KEY ("source_id")
    REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "treaty_party" ADD CONSTRAINT "treaty_party_treaty_id_fkey" FOREIGN KEY ("treaty_id")
    REFERENCES "treaty"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "treaty_party" ADD CONSTRAINT "treaty_party_actor_id_fkey" FOREIGN KEY ("actor_id")
    REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "treaty_status" ADD CONSTRAINT "treaty_status_treaty_id_fkey" FOREIGN KEY ("treaty_id")
    REFERENCES "treaty"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "weapon_system_alias" ADD CONSTRAINT "weapon_system_alias_weapon_system_id_fkey" FOREIGN KEY ("weapon_system_id")
    REFERENCES "weapon_system"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "weapon_system_alias" ADD CONSTRAINT "weapon_system_alias_source_id_fkey" FOREIGN KEY ("source_id")
    REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "doctrine" ADD CONSTRAINT "doctrine_actor_id_fkey" FOREIGN KEY ("actor_id")
    REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "development_slug" ADD CONSTRAINT "development_slug_development_id_fkey" FOREIGN KEY ("development_id")
    REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "development_version" ADD CONSTRAINT "development_version_position_fkey" FOREIGN KEY ("position")
    REFERENCES "feed_entry"("position") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "external_id" ADD CONSTRAINT "external_id_development_id_fkey" FOREIGN KEY ("development_id")
    REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "revision" ADD CONSTRAINT "revision_development_id_fkey" FOREIGN KEY ("development_id")
    REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "review" ADD CONSTRAINT "review_development_id_fkey" FOREIGN KEY ("development_id")
    REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "review_event" ADD CONSTRAINT "review_event_development_id_fkey" FOREIGN KEY ("development_id")
    REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_development_id_fkey" FOREIGN KEY ("development_id")
    REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "feed_entry" ADD CONSTRAINT "feed_entry_development_id_fkey" FOREIGN KEY ("development_id")
    REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "feed_entry" ADD CONSTRAINT "feed_entry_development_id_revision_fkey" FOREIGN KEY ("development_id", "revision")
    REFERENCES "revision"("development_id", "number") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "feed_entry" ADD CONSTRAINT "feed_entry_reference_id_revision_fkey" FOREIGN KEY ("reference_id", "revision")
    REFERENCES "reference_revision"("reference_id", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "note" ADD CONSTRAINT "note_development_id_fkey" FOREIGN KEY ("development_id")
    REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "note" ADD CONSTRAINT "note_reply_to_id_fkey" FOREIGN KEY ("reply_to_id")
    REFERENCES "note"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "note_mention" ADD CONSTRAINT "note_mention_note_id_fkey" FOREIGN KEY ("note_id")
    REFERENCES "note"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "presence" ADD CONSTRAINT "presence_development_id_fkey" FOREIGN KEY ("development_id")
    REFERENCES "development"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "inbox_version" ADD CONSTRAINT "inbox_version_item_id_fkey" FOREIGN KEY ("item_id")
    REFERENCES "inbox_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "inbox_mark" ADD CONSTRAINT "inbox_mark_item_id_fkey" FOREIGN KEY ("item_id")
    REFERENCES "inbox_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "watched_feed" ADD CONSTRAINT "watched_feed_source_id_fkey" FOREIGN KEY ("source_id")
    REFERENCES "source"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "watched_entry" ADD CONSTRAINT "watched_entry_feed_id_fkey" FOREIGN KEY ("feed_id")
    REFERENCES "watched_feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ── Times ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

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

-- ── First rows ────────────────────────────────────────────────────────────────────────────────────────────────────────

INSERT INTO "feed_head" ("id", "epoch", "position", "hash")
    VALUES (1, gen_random_uuid(), 0, decode(repeat('00', 32), 'hex'));
INSERT INTO "reference_head" ("id") VALUES (1);
INSERT INTO "desk_head" ("id") VALUES (1);
INSERT INTO "review_policy" ("id") VALUES (1);
