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
CREATE TYPE "FeedChange" AS ENUM ('PUBLISHED', 'REVISED', 'RETRACTED');
CREATE TYPE "ActorKind" AS ENUM ('PERSON', 'STATE', 'ORGANISATION', 'ALLIANCE', 'OUTLET');
CREATE TYPE "TreatyState" AS ENUM ('SIGNED', 'IN_FORCE', 'SUSPENDED', 'ENDED');
CREATE TYPE "WeaponClass" AS ENUM ('BALLISTIC_MISSILE', 'CRUISE_MISSILE', 'HYPERSONIC', 'MISSILE_DEFENCE', 'OTHER');
CREATE TYPE "DeliveryPlatform" AS ENUM ('GROUND', 'AIR', 'SEA', 'SPACE');
CREATE TYPE "SourceReliability" AS ENUM ('A', 'B', 'C', 'D', 'E', 'F');
CREATE TYPE "DatePrecision" AS ENUM ('TIME', 'DAY', 'MONTH', 'SEASON', 'YEAR', 'DECADE', 'CENTURY', 'INTERVAL', 'UNKNOWN');
CREATE TYPE "Role" AS ENUM ('READER', 'EDITOR', 'ADMIN');

-- ── Tables: references ────────────────────────────────────────────────────────────────────────────────────────────────

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

    CONSTRAINT "actor_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "actor_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120),
    CONSTRAINT "actor_country_code" CHECK ("country_code" ~ '^[A-Z]{2}$'),
    CONSTRAINT "actor_country_code3" CHECK ("country_code3" IS NULL OR ("country_code3" ~ '^[A-Z]{3}$' AND "kind" = 'STATE'))
);

CREATE TABLE "actor_name" (
    "actor_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "actor_name_pkey" PRIMARY KEY ("actor_id", "name", "language")
);

CREATE TABLE "topic" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "topic_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "topic_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120)
);

CREATE TABLE "treaty" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "abbreviation" TEXT,
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
    "summary" TEXT,
    "classes" "WeaponClass"[],
    "delivery" "DeliveryPlatform"[],
    "range_min_km" INTEGER,
    "range_max_km" INTEGER,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "weapon_system_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "weapon_system_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120),
    CONSTRAINT "weapon_system_range" CHECK ("range_min_km" >= 0 AND "range_min_km" <= "range_max_km")
);

CREATE TABLE "weapon_system_alias" (
    "weapon_system_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
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
    "summary" TEXT,
    "actor_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "doctrine_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "doctrine_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120)
);

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

    CONSTRAINT "source_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "source_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 120),
    CONSTRAINT "source_published_order" CHECK ("published_earliest" <= "published_latest"),
    -- A fuzzy date is stored whole or not at all.
    CONSTRAINT "source_published_whole"
        CHECK (num_nulls("published_edtf", "published_earliest", "published_latest", "published_precision") IN (0, 4))
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
    "headline" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "quotation" TEXT,
    "translation" TEXT,
    "particulars" TEXT,
    -- Words and ids of references. A search resolves names first, so that renaming a reference rewrites no development.
    "search" TSVECTOR GENERATED ALWAYS AS (
        setweight(to_tsvector('english', "headline"), 'A')
        || setweight(to_tsvector('english', "summary"), 'B')
        || setweight(to_tsvector('english', left(coalesce("translation", ''), 60000)), 'C')
        || setweight(to_tsvector('english', left(coalesce("quotation", ''), 60000)), 'C')
        || to_tsvector('simple', left(coalesce("quotation", ''), 60000))
        || to_tsvector('simple', left(coalesce("particulars", ''), 60000))
        || array_to_tsvector(coalesce("actor_ids" || "topic_ids" || "treaty_ids" || "weapon_system_ids" || "doctrine_ids", '{}')::text[])
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
    "headline" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "quotation" TEXT,
    "translation" TEXT,
    "particulars" TEXT,
    "search" TSVECTOR GENERATED ALWAYS AS (
        setweight(to_tsvector('english', "headline"), 'A')
        || setweight(to_tsvector('english', "summary"), 'B')
        || setweight(to_tsvector('english', left(coalesce("translation", ''), 60000)), 'C')
        || setweight(to_tsvector('english', left(coalesce("quotation", ''), 60000)), 'C')
        || to_tsvector('simple', left(coalesce("quotation", ''), 60000))
        || to_tsvector('simple', left(coalesce("particulars", ''), 60000))
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

    CONSTRAINT "revision_pkey" PRIMARY KEY ("development_id", "number"),
    CONSTRAINT "revision_number_positive" CHECK ("number" > 0)
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
    "development_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "change" "FeedChange" NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "commitment" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "feed_entry_pkey" PRIMARY KEY ("position"),
    CONSTRAINT "feed_entry_position" CHECK ("position" > 0),
    CONSTRAINT "feed_entry_commitment" CHECK (length("commitment") = 32),
    CONSTRAINT "feed_entry_hash" CHECK (length("hash") = 32)
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

-- Returns the words of a name for comparisons: what is between white space and punctuation, at most 100 characters each.
CREATE FUNCTION "words_of"(name text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ARRAY(
        SELECT left(word, 100)
        FROM regexp_split_to_table(folded(name),
            '[\s\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u3003\u3008-\u3011\uff01-\uff0f]+') AS word
        WHERE word <> '');

-- ── Indexes ───────────────────────────────────────────────────────────────────────────────────────────────────────────
-- The queries that need them, with their plans, are in bench/plans.md.

-- References: by slug and by name.
CREATE UNIQUE INDEX "actor_slug_key" ON "actor"("slug");
CREATE UNIQUE INDEX "actor_kind_country_code3_key" ON "actor"("kind", "country_code3");
CREATE INDEX "actor_name_idx" ON "actor"("name");
CREATE INDEX "actor_country_code_idx" ON "actor"("country_code");
CREATE INDEX "actor_name_name_idx" ON "actor_name"("name");
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

-- References: by the words of their names.
CREATE INDEX "actor_name_search" ON "actor" USING GIN ((to_tsvector('english', "name") || to_tsvector('simple', "name")));
CREATE INDEX "actor_name_name_search" ON "actor_name" USING GIN ((to_tsvector('english', "name") || to_tsvector('simple', "name")));
CREATE INDEX "topic_name_search" ON "topic" USING GIN ((to_tsvector('english', "name") || to_tsvector('simple', "name")));
CREATE INDEX "treaty_name_search" ON "treaty" USING GIN ((to_tsvector('english', "name") || to_tsvector('simple', "name")));
CREATE INDEX "treaty_abbreviation_search" ON "treaty" USING GIN ((to_tsvector('english', "abbreviation") || to_tsvector('simple', "abbreviation")));
CREATE INDEX "weapon_system_name_search" ON "weapon_system" USING GIN ((to_tsvector('english', "name") || to_tsvector('simple', "name")));
CREATE INDEX "weapon_system_alias_name_search" ON "weapon_system_alias" USING GIN ((to_tsvector('english', "name") || to_tsvector('simple', "name")));
CREATE INDEX "doctrine_name_search" ON "doctrine" USING GIN ((to_tsvector('english', "name") || to_tsvector('simple', "name")));

-- References: by the beginnings of the words of their names in any language, and by name.
CREATE INDEX "actor_name_words" ON "actor" USING GIN (array_to_tsvector(words_of("name")));
CREATE INDEX "actor_name_name_words" ON "actor_name" USING GIN (array_to_tsvector(words_of("name")));
CREATE INDEX "topic_name_words" ON "topic" USING GIN (array_to_tsvector(words_of("name")));
CREATE INDEX "treaty_name_words" ON "treaty" USING GIN (array_to_tsvector(words_of("name")));
CREATE INDEX "treaty_abbreviation_words" ON "treaty" USING GIN (array_to_tsvector(words_of("abbreviation")));
CREATE INDEX "weapon_system_name_words" ON "weapon_system" USING GIN (array_to_tsvector(words_of("name")));
CREATE INDEX "weapon_system_alias_name_words" ON "weapon_system_alias" USING GIN (array_to_tsvector(words_of("name")));
CREATE INDEX "doctrine_name_words" ON "doctrine" USING GIN (array_to_tsvector(words_of("name")));
CREATE INDEX "source_title_words" ON "source" USING GIN (array_to_tsvector(words_of("title")));
CREATE INDEX "source_publisher_words" ON "source" USING GIN (array_to_tsvector(words_of("publisher")));
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
CREATE INDEX "development_version_until_position_status_kind_idx" ON "development_version"("until", "position", "status", "kind");
CREATE UNIQUE INDEX "development_version_newest" ON "development_version"("id") WHERE "until" = 9223372036854775807;

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

-- The log, and keys.
CREATE INDEX "development_slug_development_id_idx" ON "development_slug"("development_id");
CREATE INDEX "external_id_development_id_idx" ON "external_id"("development_id");
CREATE UNIQUE INDEX "feed_entry_development_id_revision_key" ON "feed_entry"("development_id", "revision");
CREATE INDEX "feed_entry_recorded_at_position_idx" ON "feed_entry"("recorded_at", "position");
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

-- ── Functions: the hash chain ─────────────────────────────────────────────────────────────────────────────────────────

-- Returns the hash of a feed entry: SHA-256 of its canonical JSON (RFC 8785), which contains the hash before it. No value
-- needs an escape, so format() writes canonical JSON. See docs/decisions/022.
CREATE FUNCTION "entry_hash"(previous bytea, "position" bigint, development uuid, revision int, change "FeedChange",
    recorded_at timestamptz, commitment bytea) RETURNS bytea LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN sha256(convert_to(format(
    '{"change":"%s","commitment":"%s","development":"%s","position":%s,"previous":"%s","recordedAt":"%s","revision":%s}',
    change, encode(commitment, 'hex'), development, "position", encode(previous, 'hex'),
    to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), revision), 'UTF8'));
END
$$;

-- The chain as an aggregate: as a window function in the order of positions it returns the hash of each entry.
CREATE FUNCTION "next_hash"(previous bytea, start bytea, "position" bigint, development uuid, revision int,
    change "FeedChange", recorded_at timestamptz, commitment bytea) RETURNS bytea LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN entry_hash(coalesce(previous, start), "position", development, revision, change, recorded_at, commitment);
END
$$;
CREATE AGGREGATE "chain_hash"(start bytea, "position" bigint, development uuid, revision int, change "FeedChange",
    recorded_at timestamptz, commitment bytea) (SFUNC = next_hash, STYPE = bytea);

-- ── Functions and triggers: what is written stays ─────────────────────────────────────────────────────────────────────

-- Refuses to change or delete what the record has told. Only erase_revision() may, which sets a variable for its own
-- statements. An owner of the tables can disable triggers: grants are the stronger barrier (docs/operations.md).
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
CREATE TRIGGER "feed_entry_stays" BEFORE UPDATE OR DELETE ON "feed_entry"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "feed_entry_is_kept" BEFORE TRUNCATE ON "feed_entry"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
-- Of a version, two columns change: it ends once, and its countries follow those of its actors.
CREATE TRIGGER "development_version_stays" BEFORE DELETE OR UPDATE OF "id", "position", "revision", "kind", "status",
    "confidence", "disputed", "occurred_earliest", "occurred_latest", "event_type", "change_type", "actor_ids", "parts",
    "place_countries", "topic_ids", "treaty_ids", "weapon_system_ids", "doctrine_ids", "source_ids", "links", "headline",
    "summary", "quotation", "translation", "particulars", "recorded_at", "published_at", "changed_at" ON "development_version"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "development_version_ends_once" BEFORE UPDATE OF "until" ON "development_version"
    FOR EACH ROW WHEN (OLD."until" <> 9223372036854775807) EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "development_version_is_kept" BEFORE TRUNCATE ON "development_version"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- ── Functions: erasure ────────────────────────────────────────────────────────────────────────────────────────────────

-- Returns a snapshot without its content. Its slug, date, kind, grades and external ids remain. The same as
-- erasedContent() in src/domain/development/content/erased.ts.
CREATE FUNCTION "erased_content"(snapshot jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object(
    'slug', snapshot->'slug', 'headline', 'Erased', 'summary', '', 'occurred', snapshot->'occurred',
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
-- read. The feed entry keeps its commitment, which says nothing without the salt, so the hash chain still holds.
--
-- Runs with the rights of its owner, so that the service's own role needs none to change revisions.
CREATE FUNCTION "erase_revision"(development uuid, revision_number int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path FROM CURRENT AS $$
DECLARE
  is_newest boolean;
  doctrines uuid[];
  external_ids text;
BEGIN
  SELECT it.revision = revision_number INTO is_newest FROM development AS it
  WHERE it.id = erase_revision.development FOR NO KEY UPDATE;
  SELECT CASE WHEN it.snapshot->'detail' ? 'doctrineId' THEN ARRAY[(it.snapshot->'detail'->>'doctrineId')::uuid] ELSE '{}' END,
         (SELECT string_agg(known->>'value', E'\n' ORDER BY at)
          FROM jsonb_array_elements(it.snapshot->'externalIds') WITH ORDINALITY AS them (known, at))
  INTO doctrines, external_ids FROM revision AS it
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
  SET snapshot = erased_content(it.snapshot), changed_fields = '{}', editor = 'erased', reason = NULL, salt = NULL
  WHERE it.development_id = erase_revision.development AND it.number = revision_number;
  UPDATE development_version AS it
  SET headline = 'Erased', summary = '', quotation = NULL, translation = NULL, particulars = external_ids, disputed = false, actor_ids = '{}',
      parts = '{}', place_countries = '{}', countries = '{}', topic_ids = '{}', treaty_ids = '{}',
      weapon_system_ids = '{}', doctrine_ids = doctrines, source_ids = '{}', links = '{}'
  WHERE it.id = erase_revision.development AND it.revision = revision_number;
  UPDATE development AS it
  SET headline = 'Erased', summary = '', quotation = NULL, translation = NULL, particulars = external_ids, disputed = false, actor_ids = '{}',
      parts = '{}', place_countries = '{}', topic_ids = '{}', treaty_ids = '{}', weapon_system_ids = '{}',
      doctrine_ids = doctrines, source_ids = '{}', links = '{}'
  WHERE it.id = erase_revision.development AND it.revision = revision_number;
  PERFORM set_config('doctrine_wire.erasing', '', true);
  -- Instances drop their cached answers.
  UPDATE reference_head SET version = version + 1;
  PERFORM pg_notify('doctrine_wire_feed', 'references');
END
$$;
REVOKE EXECUTE ON FUNCTION "erase_revision"(uuid, int) FROM PUBLIC;

-- ── Foreign keys ──────────────────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "actor_name" ADD CONSTRAINT "actor_name_actor_id_fkey" FOREIGN KEY ("actor_id")
    REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
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
ALTER TABLE "feed_entry" ADD CONSTRAINT "feed_entry_development_id_fkey" FOREIGN KEY ("development_id")
    REFERENCES "development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "feed_entry" ADD CONSTRAINT "feed_entry_development_id_revision_fkey" FOREIGN KEY ("development_id", "revision")
    REFERENCES "revision"("development_id", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

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
