/**
 * The queries as hand-written SQL: one statement each, which builds the whole response in the form of ours from
 * PostGraphile's tables.
 */
const CARD = `
  'slug', it.slug, 'headline', it.headline, 'summary', it.summary,
  'occurred', json_build_object('edtf', it.occurred), 'confidence', it.confidence, 'disputed', it.disputed,
  'participants', (
    SELECT coalesce(json_agg(json_build_object(
      'role', participation.role, 'actor', json_build_object('slug', actor.slug, 'name', actor.name))
      ORDER BY participation.ordinal), '[]')
    FROM peer.participation JOIN peer.actor ON actor.id = participation.actor_id
    WHERE participation.development_id = it.id),
  'citations', (
    SELECT coalesce(json_agg(json_build_object(
      'credibility', citation.credibility, 'source', json_build_object('slug', source.slug, 'title', source.title,
      'publisher', source.publisher, 'reliability', source.reliability))
      ORDER BY citation.ordinal), '[]')
    FROM peer.citation JOIN peer.source ON source.id = citation.source_id
    WHERE citation.development_id = it.id)`;

const page = (rows: string) => `
  SELECT json_build_object('data', json_build_object('developments', json_build_object('nodes',
    coalesce(json_agg(json_build_object(${CARD}) ORDER BY place), '[]'))))::text AS answer
  FROM (SELECT found.*, row_number() OVER () AS place FROM (${rows} LIMIT 20) AS found) AS it`;

/** Statements by scenario name. */
export const STATEMENTS: Readonly<Record<string, string>> = {
  page: page(`
    SELECT * FROM peer.development WHERE (occurred_earliest, id) < ($1::date, $2::uuid)
    ORDER BY occurred_earliest DESC, id DESC`),
  slug: `
    SELECT json_build_object('data', json_build_object('development', json_build_object(${CARD})))::text AS answer
    FROM peer.development AS it WHERE slug = $1`,
  participant: page('SELECT * FROM peer.developments_with($1, $2, $3)'),
  search: page('SELECT * FROM peer.search($1)'),
  relevance: page('SELECT * FROM peer.search_by_relevance($1)'),
  timeline: `
    SELECT json_build_object('data', json_build_object('timeline', json_agg(json_build_object(
      'from', month, 'kind', kind, 'count', count, 'certain', certain))))::text AS answer
    FROM peer.timeline_by_month()`,
  facets: `
    SELECT json_build_object('data', json_build_object('facets', json_agg(json_build_object(
      'facet', facet, 'value', value, 'count', count))))::text AS answer
    FROM peer.facets($1, $2, $3)`,
};
