-- A typical schema for PostGraphile, filled from the record's tables: normalised tables with foreign keys, the indexes that
-- the benchmark's queries need, and functions for queries that generated fields cannot express.
CREATE SCHEMA peer;
SET maintenance_work_mem = '512MB';

CREATE TABLE peer.actor AS SELECT id, slug, kind::text AS kind, name, country_code FROM public.actor;
CREATE TABLE peer.topic AS SELECT id, slug, name FROM public.topic;
CREATE TABLE peer.treaty AS SELECT id, slug, name FROM public.treaty;
CREATE TABLE peer.weapon_system AS SELECT id, slug, name FROM public.weapon_system;
CREATE TABLE peer.source AS SELECT id, slug, title, publisher, reliability::text AS reliability FROM public.source;

CREATE TABLE peer.development AS
SELECT it.id, it.slug, it.kind::text AS kind, snapshot->>'headline' AS headline, snapshot->>'summary' AS summary,
       snapshot->'occurred'->>'edtf' AS occurred, it.occurred_earliest, it.occurred_latest,
       it.confidence::text AS confidence, it.disputed, it.event_type::text AS event_type,
       it.change_type::text AS change_type, snapshot->'detail'->>'quotation' AS quotation,
       snapshot->'detail'->>'translation' AS translation, it.recorded_at,
       -- The same words for every server: what is compared is how they are found.
       it.search
FROM public.development AS it
JOIN public.revision ON revision.development_id = it.id AND revision.number = it.revision
WHERE it.status = 'PUBLISHED';

CREATE TABLE peer.participation AS
SELECT revision.development_id, it.ordinal::int AS ordinal, (it.value->>'actorId')::uuid AS actor_id,
       it.value->>'role' AS role, it.value->>'capacity' AS capacity
FROM public.revision, jsonb_array_elements(snapshot->'participants') WITH ORDINALITY AS it (value, ordinal)
WHERE revision.development_id IN (SELECT id FROM peer.development);
-- Participations, once each, with the dates by which lists are ordered and filtered.
CREATE TABLE peer.part AS
SELECT DISTINCT actor_id, occurred_earliest, development_id, occurred_latest
FROM peer.participation JOIN peer.development ON development.id = development_id;
CREATE TABLE peer.citation AS
SELECT revision.development_id, it.ordinal::int AS ordinal, (it.value->>'sourceId')::uuid AS source_id,
       it.value->>'stance' AS stance, (it.value->>'credibility')::int AS credibility, it.value->>'locator' AS locator
FROM public.revision, jsonb_array_elements(snapshot->'citations') WITH ORDINALITY AS it (value, ordinal)
WHERE revision.development_id IN (SELECT id FROM peer.development);
CREATE TABLE peer.place AS
SELECT revision.development_id, it.ordinal::int AS ordinal, it.value->>'countryCode' AS country_code
FROM public.revision, jsonb_array_elements(coalesce(snapshot->'detail'->'places', '[]')) WITH ORDINALITY AS it (value, ordinal)
WHERE revision.development_id IN (SELECT id FROM peer.development);
CREATE TABLE peer.development_topic AS
SELECT it.id AS development_id, topic_id FROM public.development AS it, unnest(it.topic_ids) AS topic_id;
CREATE TABLE peer.development_treaty AS
SELECT it.id AS development_id, treaty_id FROM public.development AS it, unnest(it.treaty_ids) AS treaty_id;
CREATE TABLE peer.development_weapon_system AS
SELECT it.id AS development_id, weapon_system_id FROM public.development AS it, unnest(it.weapon_system_ids) AS weapon_system_id;

ALTER TABLE peer.actor ADD PRIMARY KEY (id);
ALTER TABLE peer.topic ADD PRIMARY KEY (id);
ALTER TABLE peer.treaty ADD PRIMARY KEY (id);
ALTER TABLE peer.weapon_system ADD PRIMARY KEY (id);
ALTER TABLE peer.source ADD PRIMARY KEY (id);
ALTER TABLE peer.development ADD PRIMARY KEY (id);
ALTER TABLE peer.participation ADD PRIMARY KEY (development_id, ordinal);
ALTER TABLE peer.part ADD PRIMARY KEY (actor_id, occurred_earliest, development_id) INCLUDE (occurred_latest);
ALTER TABLE peer.citation ADD PRIMARY KEY (development_id, ordinal);
ALTER TABLE peer.place ADD PRIMARY KEY (development_id, ordinal);
ALTER TABLE peer.development_topic ADD PRIMARY KEY (development_id, topic_id);
ALTER TABLE peer.development_treaty ADD PRIMARY KEY (development_id, treaty_id);
ALTER TABLE peer.development_weapon_system ADD PRIMARY KEY (development_id, weapon_system_id);

CREATE UNIQUE INDEX ON peer.actor (slug);
CREATE UNIQUE INDEX ON peer.development (slug);
CREATE INDEX ON peer.development (occurred_earliest, id);
CREATE INDEX ON peer.development (occurred_latest, id);
CREATE INDEX ON peer.development (occurred_earliest, kind, occurred_latest);
CREATE INDEX ON peer.development USING gin (search);
CREATE INDEX ON peer.participation (actor_id, development_id);
CREATE INDEX ON peer.citation (source_id, development_id);
CREATE INDEX ON peer.development_topic (topic_id, development_id);
CREATE INDEX ON peer.development_treaty (treaty_id, development_id);
CREATE INDEX ON peer.development_weapon_system (weapon_system_id, development_id);

ALTER TABLE peer.participation ADD FOREIGN KEY (development_id) REFERENCES peer.development;
ALTER TABLE peer.participation ADD FOREIGN KEY (actor_id) REFERENCES peer.actor;
ALTER TABLE peer.part ADD FOREIGN KEY (development_id) REFERENCES peer.development;
ALTER TABLE peer.part ADD FOREIGN KEY (actor_id) REFERENCES peer.actor;
ALTER TABLE peer.citation ADD FOREIGN KEY (development_id) REFERENCES peer.development;
ALTER TABLE peer.citation ADD FOREIGN KEY (source_id) REFERENCES peer.source;
ALTER TABLE peer.place ADD FOREIGN KEY (development_id) REFERENCES peer.development;
ALTER TABLE peer.development_topic ADD FOREIGN KEY (development_id) REFERENCES peer.development;
ALTER TABLE peer.development_topic ADD FOREIGN KEY (topic_id) REFERENCES peer.topic;
ALTER TABLE peer.development_treaty ADD FOREIGN KEY (development_id) REFERENCES peer.development;
ALTER TABLE peer.development_treaty ADD FOREIGN KEY (treaty_id) REFERENCES peer.treaty;
ALTER TABLE peer.development_weapon_system ADD FOREIGN KEY (development_id) REFERENCES peer.development;
ALTER TABLE peer.development_weapon_system ADD FOREIGN KEY (weapon_system_id) REFERENCES peer.weapon_system;

-- Developments of an actor with possible dates in a span, newest first.
CREATE FUNCTION peer.developments_with(actor text, since date, until date) RETURNS SETOF peer.development
LANGUAGE sql STABLE AS $$
  SELECT it.* FROM peer.part JOIN peer.development AS it ON it.id = part.development_id
  WHERE part.actor_id = (SELECT actor.id FROM peer.actor WHERE actor.slug = developments_with.actor)
  AND part.occurred_latest >= since AND part.occurred_earliest <= until
  ORDER BY part.occurred_earliest DESC, part.development_id DESC
$$;

-- A query for all words, or for any: the questions have both, in two lines.
CREATE FUNCTION peer.query_of(words text, of_all boolean) RETURNS tsquery LANGUAGE sql IMMUTABLE AS $$
  SELECT split_part(words, E'\n', CASE WHEN of_all THEN 1 ELSE 2 END)::tsquery
$$;

-- Developments with the words, newest first.
CREATE FUNCTION peer.search(words text) RETURNS SETOF peer.development LANGUAGE sql STABLE AS $$
  SELECT it.* FROM peer.development AS it WHERE it.search @@ peer.query_of(words, true)
  ORDER BY it.occurred_earliest DESC, it.id DESC
$$;

-- The newest thousand developments with the words, most relevant first.
CREATE FUNCTION peer.search_by_relevance(words text) RETURNS SETOF peer.development LANGUAGE sql STABLE AS $$
  SELECT it.* FROM peer.development AS it
  JOIN (
    SELECT id, round(1e6 * ts_rank('{0.1,0.2,0.4,1}', found.search, peer.query_of(words, false)))::int AS rank
    FROM peer.development AS found WHERE found.search @@ peer.query_of(words, true)
    ORDER BY found.occurred_earliest DESC, found.id DESC LIMIT 1000) AS ranked USING (id)
  ORDER BY ranked.rank DESC, it.id DESC
$$;

CREATE FUNCTION peer.timeline_by_month() RETURNS TABLE (month date, kind text, count int, certain int)
LANGUAGE sql STABLE AS $$
  SELECT span::date, it.kind, count(*)::int, (count(*) FILTER (WHERE it.occurred_latest < span + interval '1 month'))::int
  FROM peer.development AS it, date_trunc('month', it.occurred_earliest::timestamp) AS span
  GROUP BY span, it.kind ORDER BY span, it.kind COLLATE "C"
$$;

-- The most frequent values of developments with possible dates in a span.
CREATE FUNCTION peer.facets(since date, until date, most int) RETURNS TABLE (facet text, value text, count int)
LANGUAGE sql STABLE AS $$
  WITH picked AS MATERIALIZED (
    SELECT id, kind, event_type, change_type, disputed FROM peer.development
    WHERE occurred_latest >= since AND occurred_earliest <= until
  ), counted AS (
    SELECT 'kind' AS facet, kind AS value, count(*)::int AS count FROM picked GROUP BY kind
    UNION ALL SELECT 'eventType', event_type, count(*)::int FROM picked WHERE event_type IS NOT NULL GROUP BY event_type
    UNION ALL SELECT 'changeType', change_type, count(*)::int FROM picked WHERE change_type IS NOT NULL GROUP BY change_type
    UNION ALL SELECT 'disputed', disputed::text, count(*)::int FROM picked GROUP BY disputed
    UNION ALL
    SELECT 'participant', actor.slug, many.count FROM (
      SELECT actor_id, count(DISTINCT development_id)::int AS count
      FROM picked JOIN peer.participation ON development_id = id GROUP BY actor_id) AS many
      JOIN peer.actor ON actor.id = many.actor_id
    UNION ALL
    SELECT 'country', country_code, count(*)::int FROM (
      SELECT picked.id, actor.country_code FROM picked JOIN peer.participation ON development_id = picked.id
        JOIN peer.actor ON actor.id = actor_id WHERE actor.country_code IS NOT NULL
      UNION SELECT picked.id, place.country_code FROM picked JOIN peer.place ON development_id = picked.id
        WHERE place.country_code IS NOT NULL) AS lain
      GROUP BY country_code
    UNION ALL
    SELECT 'topic', topic.slug, many.count FROM (
      SELECT topic_id, count(*)::int AS count FROM picked JOIN peer.development_topic ON development_id = id
      GROUP BY topic_id) AS many JOIN peer.topic ON topic.id = many.topic_id
    UNION ALL
    SELECT 'treaty', treaty.slug, many.count FROM (
      SELECT treaty_id, count(*)::int AS count FROM picked JOIN peer.development_treaty ON development_id = id
      GROUP BY treaty_id) AS many JOIN peer.treaty ON treaty.id = many.treaty_id
    UNION ALL
    SELECT 'weaponSystem', weapon_system.slug, many.count FROM (
      SELECT weapon_system_id, count(*)::int AS count FROM picked JOIN peer.development_weapon_system ON development_id = id
      GROUP BY weapon_system_id) AS many JOIN peer.weapon_system ON weapon_system.id = many.weapon_system_id
    UNION ALL
    SELECT 'source', source.slug, many.count FROM (
      SELECT source_id, count(DISTINCT development_id)::int AS count FROM picked JOIN peer.citation ON development_id = id
      GROUP BY source_id) AS many JOIN peer.source ON source.id = many.source_id
  )
  SELECT facet, value, count FROM (
    SELECT *, row_number() OVER (PARTITION BY facet ORDER BY count DESC, value COLLATE "C") AS place FROM counted) AS ordered
  WHERE place <= most ORDER BY facet, place
$$;

ANALYZE;
