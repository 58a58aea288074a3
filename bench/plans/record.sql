-- Generates a record for studying plans, in an empty record created by `doctrine-wire migrate`. Every value depends only
-- on its row's number:
--
--   psql -v count=1000000 -f bench/plans/record.sql "$DATABASE_URL"
--
-- Skew: 2,000 actors, of whom the first is in 3 of 10 rows and the last in 1 of 4,000; 40 topics, 25 treaties, 60 weapon
-- systems, 30 doctrines, 2,000 sources, three citations each; dates from 1990 to 2025, as days, months and years, 1 in 100
-- a decade or open; 3 in 100 disputed, 1 in 100 a draft, 1 in 100 retracted, 5 in 100 revised once.
--
-- Indexes and keys are created after the load, which takes minutes. The tables are unlogged, so do not keep the record.
-- `verify` reports its lists of changed fields as incomplete, and its hash chain, which is not made.

\set ON_ERROR_STOP on
SET maintenance_work_mem = '1GB';
SET work_mem = '256MB';
SET synchronous_commit = off;

-- Returns a number from 0 to below 1.
CREATE FUNCTION pg_temp.toss(n bigint, salt int) RETURNS float8 LANGUAGE sql IMMUTABLE
  AS 'SELECT (hashint8extended(n, salt) & 2147483647) / 2147483648.0::float8';
-- Returns a number from 0 to below `below`. A larger `skew` makes low numbers more frequent.
CREATE FUNCTION pg_temp.pick(n bigint, salt int, below int, skew float8 = 1) RETURNS int LANGUAGE sql IMMUTABLE
  AS 'SELECT floor(below * power(pg_temp.toss(n, salt), skew))::int';
CREATE FUNCTION pg_temp.key(name text, n int) RETURNS uuid LANGUAGE sql IMMUTABLE
  AS $$ SELECT md5(name || '-' || n)::uuid $$;

CREATE TEMP TABLE kept AS
  SELECT indexdef || ';' AS statement, format('DROP INDEX %I', indexname) AS undo
  FROM pg_indexes LEFT JOIN pg_constraint ON conname = indexname
  WHERE schemaname = 'public' AND conname IS NULL
    AND tablename IN ('development', 'development_version', 'development_slug', 'revision', 'feed_entry', 'external_id');
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) FROM pg_constraint
  WHERE contype = 'f' AND connamespace = 'public'::regnamespace \gexec
SELECT undo FROM kept \gexec
SELECT format('ALTER TABLE %I SET UNLOGGED', name)
  FROM unnest('{development,development_version,development_slug,revision,feed_entry}'::text[]) AS name \gexec

INSERT INTO actor (id, slug, kind, name, country_code)
SELECT pg_temp.key('actor', n), 'actor-' || n, (CASE WHEN n % 10 = 0 THEN 'STATE' WHEN n % 10 < 7 THEN 'PERSON' ELSE 'ORGANISATION' END)::"ActorKind",
  'Actor ' || n, CASE WHEN n % 5 <> 4 THEN chr(65 + pg_temp.pick(n, 1, 8, 2)) || chr(65 + pg_temp.pick(n, 2, 8, 2)) END
FROM generate_series(0, 1999) AS n;
INSERT INTO topic (id, slug, name) SELECT pg_temp.key('topic', n), 'topic-' || n, 'Topic ' || n FROM generate_series(0, 39) AS n;
INSERT INTO treaty (id, slug, name) SELECT pg_temp.key('treaty', n), 'treaty-' || n, 'Treaty ' || n FROM generate_series(0, 24) AS n;
INSERT INTO weapon_system (id, slug, name) SELECT pg_temp.key('weapon', n), 'weapon-' || n, 'Weapon ' || n FROM generate_series(0, 59) AS n;
INSERT INTO doctrine (id, slug, name) SELECT pg_temp.key('doctrine', n), 'doctrine-' || n, 'Doctrine ' || n FROM generate_series(0, 29) AS n;
INSERT INTO source (id, slug, title, publisher, reliability)
SELECT pg_temp.key('source', n), 'source-' || n, 'Source ' || n, 'Publisher ' || n % 100, 'B' FROM generate_series(0, 1999) AS n;

CREATE TEMP TABLE sentence AS
SELECT n, (SELECT string_agg(words[1 + pg_temp.pick(n * 100 + at, 5, array_length(words, 1), 1.5)], ' ') FROM generate_series(1, 12 + n % 10) AS at) || '.' AS text
FROM generate_series(0, 19999) AS n, string_to_array(
  'the of missile range and treaty test deployment in nuclear ministry said forces that exercise by for a launch to doctrine announced battery intermediate ground launched system statement moratorium deterrence against with production spokesman president district brigade strike command verified inspection data exchange suspended withdrawn resumed regiment warhead silo mobile launcher hypersonic glide vehicle cruise ballistic coast northern eastern western arsenal stockpile warning readiness alert patrol submarine bomber interceptor radar satellite image commercial photograph published agency parliament committee budget contract delivery squadron airfield depot storage site shelter garrison rotation allied bilateral consultation negotiation proposal reply note verbale declaration principle amendment paragraph clause review conference delegation envoy adviser chairman general staff colonel report estimate kilometres tonnes megatons yield telemetry flight trajectory impact area warning notice airmen mariners closure', ' ') AS words;
ANALYZE sentence;

CREATE TEMP TABLE made AS
SELECT it.n, id, kind, status, recorded_at,
  CASE WHEN it.n % 20 = 0 OR status = 'RETRACTED' THEN 2 ELSE 1 END AS revision,
  CASE grain WHEN -2 THEN to_char(day, 'YYYY-MM-DD') || '/..' WHEN -1 THEN left(to_char(day, 'YYYY'), 3) || 'X' WHEN 0 THEN to_char(day, 'YYYY') WHEN 1 THEN to_char(day, 'YYYY-MM') ELSE to_char(day, 'YYYY-MM-DD') END AS edtf,
  CASE grain WHEN -2 THEN 'INTERVAL' WHEN -1 THEN 'DECADE' WHEN 0 THEN 'YEAR' WHEN 1 THEN 'MONTH' ELSE 'DAY' END AS precision,
  CASE grain WHEN -1 THEN date_trunc('decade', day)::date WHEN 0 THEN date_trunc('year', day)::date WHEN 1 THEN date_trunc('month', day)::date ELSE day END AS earliest,
  CASE grain WHEN -2 THEN date '9999-12-31' WHEN -1 THEN (date_trunc('decade', day) + interval '10 years - 1 day')::date WHEN 0 THEN (date_trunc('year', day) + interval '1 year - 1 day')::date WHEN 1 THEN (date_trunc('month', day) + interval '1 month - 1 day')::date ELSE day END AS latest,
  (CASE WHEN pg_temp.pick(it.n, 10, 10) < 5 THEN 'MODERATE' WHEN pg_temp.pick(it.n, 10, 10) < 8 THEN 'HIGH' ELSE 'LOW' END)::"Confidence" AS confidence,
  pg_temp.pick(it.n, 11, 100) < 3 AS disputed,
  ARRAY(SELECT DISTINCT pg_temp.key('actor', pg_temp.pick(it.n * 8 + at, 12, 2000, 4)) FROM generate_series(1, 1 + pg_temp.pick(it.n, 13, 4)) AS at) AS actors,
  ARRAY(SELECT DISTINCT pg_temp.key('topic', pg_temp.pick(it.n * 8 + at, 14, 40, 2)) FROM generate_series(1, 1 + pg_temp.pick(it.n, 15, 2)) AS at) AS topics,
  ARRAY(SELECT DISTINCT pg_temp.key('treaty', pg_temp.pick(it.n * 8 + at, 16, 25, 2)) FROM generate_series(1, pg_temp.pick(it.n, 17, 3) - 1) AS at) AS treaties,
  ARRAY(SELECT DISTINCT pg_temp.key('weapon', pg_temp.pick(it.n * 8 + at, 18, 60, 2)) FROM generate_series(1, pg_temp.pick(it.n, 19, 4) - 1) AS at) AS weapons,
  CASE WHEN kind = 'DOCTRINE_CHANGE' THEN ARRAY[pg_temp.key('doctrine', pg_temp.pick(it.n, 20, 30))] ELSE '{}' END AS doctrines,
  ARRAY(SELECT pg_temp.key('source', pg_temp.pick(it.n * 8 + at, 21, 2000, 1.5)) FROM generate_series(1, 3) AS at) AS sources,
  CASE WHEN kind = 'EVENT' THEN ARRAY(SELECT DISTINCT chr(65 + pg_temp.pick(it.n * 8 + at, 22, 8, 2)) || chr(65 + pg_temp.pick(it.n * 8 + at, 23, 8, 2)) FROM generate_series(1, pg_temp.pick(it.n, 24, 3)) AS at) ELSE '{}' END AS countries,
  CASE WHEN kind = 'EVENT' THEN (enum_range(NULL::"EventType"))[1 + pg_temp.pick(it.n, 25, 8)] END AS event_type,
  CASE WHEN kind = 'DOCTRINE_CHANGE' THEN (enum_range(NULL::"ChangeType"))[1 + pg_temp.pick(it.n, 26, 5)] END AS change_type,
  left(one.text, 150) AS headline, two.text || ' ' || three.text AS summary,
  CASE WHEN kind = 'STATEMENT' THEN four.text || ' ' || one.text END AS quotation,
  ARRAY[four.text, five.text || ' ' || two.text, three.text] AS excerpts
FROM (
  SELECT n,
    -- A UUIDv7 of the recording time, shared by thousands of rows, and random bits.
    (lpad(to_hex((extract(epoch FROM recorded_at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid AS id,
    recorded_at,
    (CASE WHEN pg_temp.pick(n, 1, 20) < 10 THEN 'EVENT' WHEN pg_temp.pick(n, 1, 20) < 17 THEN 'STATEMENT' ELSE 'DOCTRINE_CHANGE' END)::"DevelopmentKind" AS kind,
    (CASE n % 100 WHEN 7 THEN 'DRAFT' WHEN 13 THEN 'RETRACTED' ELSE 'PUBLISHED' END)::"DevelopmentStatus" AS status,
    date '1990-01-01' + pg_temp.pick(n, 2, 13149) AS day, CASE WHEN n % 1000 = 650 THEN -2 WHEN n % 100 = 50 THEN -1 ELSE pg_temp.pick(n, 3, 5) END AS grain
  FROM (SELECT n::bigint, timestamptz '2026-01-01 00:00Z' + n / 1000 * interval '7 seconds' AS recorded_at FROM generate_series(0, :count - 1) AS n) AS numbered
) AS it
JOIN sentence AS one ON one.n = pg_temp.pick(it.n, 30, 20000)
JOIN sentence AS two ON two.n = pg_temp.pick(it.n, 31, 20000)
JOIN sentence AS three ON three.n = pg_temp.pick(it.n, 32, 20000)
JOIN sentence AS four ON four.n = pg_temp.pick(it.n, 33, 20000)
JOIN sentence AS five ON five.n = pg_temp.pick(it.n, 34, 20000);
ANALYZE made;

INSERT INTO development (id, slug, revision, kind, status, confidence, disputed, occurred_earliest, occurred_latest, event_type,
  change_type, actor_ids, parts, place_countries, topic_ids, treaty_ids, weapon_system_ids, doctrine_ids, source_ids, links,
  words, id_words, recorded_at, published_at, changed_at)
SELECT id, 'generated-' || n, revision, kind, status, confidence, disputed, earliest, latest, event_type, change_type, actors,
  ARRAY(SELECT (CASE WHEN kind = 'STATEMENT' AND at = 1 THEN 'SPEAKER:' WHEN at = 2 THEN 'TARGET:' ELSE 'PARTICIPANT:' END) || actor FROM unnest(actors) WITH ORDINALITY AS part (actor, at)),
  countries, topics, treaties, weapons, doctrines, ARRAY(SELECT DISTINCT unnest(sources)), '{}',
  (setweight(to_tsvector('english', headline), 'A') || setweight(to_tsvector('english', summary), 'B')
    || setweight(to_tsvector('simple', coalesce(quotation, '')), 'C'))::text, '', recorded_at, CASE WHEN status <> 'DRAFT' THEN recorded_at END, recorded_at
FROM made ORDER BY n;

INSERT INTO development_slug (slug, development_id) SELECT slug, id FROM development;

INSERT INTO revision (development_id, number, snapshot, status, changed_fields, editor, reason, recorded_at)
SELECT id, number, jsonb_build_object(
    'slug', 'generated-' || n, 'headline', headline, 'summary', summary, 'confidence', confidence, 'derivedConfidence', confidence,
    'confidenceReason', NULL, 'occurred', jsonb_build_object('edtf', edtf, 'earliest', earliest, 'latest', latest, 'precision', precision),
    'detail', CASE kind
      WHEN 'EVENT' THEN jsonb_build_object('kind', kind, 'type', event_type, 'quantities', '[]'::jsonb, 'places',
        (SELECT coalesce(jsonb_agg(jsonb_build_object('name', 'Somewhere', 'countryCode', code, 'latitude', NULL, 'longitude', NULL, 'precision', 'COUNTRY')), '[]') FROM unnest(countries) AS code))
      WHEN 'STATEMENT' THEN jsonb_build_object('kind', kind, 'attribution', NULL, 'setting', 'A briefing', 'originalLanguage', 'ru', 'originalScript', NULL, 'quotation', quotation, 'translation', NULL, 'translator', NULL)
      ELSE jsonb_build_object('kind', kind, 'doctrineId', doctrines[1], 'changeType', change_type, 'before', NULL, 'after', NULL, 'effective', NULL) END,
    'participants', (SELECT jsonb_agg(jsonb_build_object('actorId', actor, 'capacity', NULL, 'role', CASE WHEN kind = 'STATEMENT' AND at = 1 THEN 'SPEAKER' WHEN at = 2 THEN 'TARGET' ELSE 'PARTICIPANT' END)) FROM unnest(actors) WITH ORDINALITY AS part (actor, at)),
    'topicIds', topics, 'treatyIds', treaties, 'weaponSystemIds', weapons, 'doctrineIds', '[]'::jsonb,
    'citations', (SELECT jsonb_agg(jsonb_build_object('id', md5('citation' || n || at)::uuid, 'sourceId', sources[at], 'locator', 'p. ' || at, 'excerpt', excerpts[at], 'language', 'en', 'stance', 'SUPPORTS', 'credibility', 2)) FROM generate_series(1, 3) AS at),
    'claims', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', md5('claim' || n || at)::uuid, 'citationId', md5('citation' || n || at)::uuid, 'field', 'OCCURRED', 'value', CASE at WHEN 1 THEN edtf ELSE '1815' END, 'rank', 'NORMAL', 'note', NULL)), '[]')
      FROM generate_series(1, CASE WHEN disputed THEN 2 ELSE 1 END) AS at),
    'links', '[]'::jsonb, 'successorId', NULL, 'externalIds', '[]'::jsonb),
  CASE WHEN status = 'RETRACTED' AND number = 1 THEN 'PUBLISHED' ELSE status END, CASE number WHEN 1 THEN '{headline,occurred,citations}' ELSE '{summary}'::text[] END,
  'generated', CASE number WHEN 2 THEN 'Corrected' END, recorded_at
FROM made, generate_series(1, revision) AS number ORDER BY n;

-- All first revisions, then all second ones.
INSERT INTO feed_entry (position, development_id, revision, change, recorded_at, commitment, hash)
SELECT row_number() OVER (ORDER BY number, n), made.id, number,
  (CASE WHEN number = 1 THEN 'PUBLISHED' WHEN status = 'RETRACTED' THEN 'RETRACTED' ELSE 'REVISED' END)::"FeedChange",
  CASE number WHEN 1 THEN made.recorded_at ELSE timestamptz '2026-01-02 00:00Z' END,
  hash, hash
FROM made, feed_head, generate_series(1, made.revision) AS number WHERE status <> 'DRAFT';
UPDATE feed_head SET position = (SELECT max(position) FROM feed_entry), recorded_at = (SELECT max(recorded_at) FROM feed_entry);

INSERT INTO development_version (id, position, until, revision, kind, status, confidence, disputed, occurred_earliest,
  occurred_latest, event_type, change_type, actor_ids, parts, place_countries, countries, topic_ids, treaty_ids,
  weapon_system_ids, doctrine_ids, source_ids, links, words, id_words, recorded_at, published_at,
  changed_at)
SELECT development.id, entry.position, lead(entry.position, 1, 9223372036854775807) OVER (PARTITION BY development.id ORDER BY entry.position),
  entry.revision, kind, CASE WHEN entry.revision < development.revision THEN 'PUBLISHED' ELSE status END, confidence, disputed,
  occurred_earliest, occurred_latest, event_type, change_type, actor_ids, parts, place_countries, countries, topic_ids,
  treaty_ids, weapon_system_ids, doctrine_ids, source_ids, links, words, id_words,
  development.recorded_at, published_at, changed_at
FROM feed_entry AS entry JOIN development ON development.id = entry.development_id ORDER BY entry.position;

SELECT statement FROM kept \gexec
VACUUM ANALYZE;
