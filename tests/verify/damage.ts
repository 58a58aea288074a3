import { CONTENTS } from '../../src/domain/references/history/content.js';
import type { ReferenceKind } from '../../src/generated/prisma/client.js';
import type { Code } from '../../src/verify/report.js';
import { rawEntry } from '../support/raw-entry.js';

/**
 * A way to damage the record of ./record.ts, with the only code that reports it once the hash chain is made anew. How the
 * chain shows damage by itself: ./history-damage.ts.
 */
export type Damage = readonly [code: Code, what: string, ...statements: string[]];

const id = (slug: string) => `(SELECT development_id FROM development_slug WHERE slug = '${slug}')`;
const LAST = '(SELECT max(position) FROM feed_entry)';
const NEVER = '9223372036854775807';

/** Changes all snapshots of a development, or only that of one revision. */
const snapshot = (slug: string, expression: string, number?: number) =>
  `UPDATE revision SET snapshot = ${expression} WHERE development_id = ${id(slug)}` +
  (number === undefined ? '' : ` AND number = ${number}`);

const put = (slug: string, path: string, json: string) =>
  snapshot(slug, `jsonb_set(snapshot, '{${path}}', '${json}')`);

/** Changes the columns that list queries read, now and at all positions. */
const rows = (slug: string, change: string) => [
  `UPDATE development SET ${change} WHERE id = ${id(slug)}`,
  `UPDATE development_version SET ${change} WHERE id = ${id(slug)}`,
];

const COLUMNS =
  'revision, kind, status, confidence, disputed, occurred_earliest, occurred_latest, event_type, change_type, ' +
  'actor_ids, parts, place_countries, countries, topic_ids, treaty_ids, weapon_system_ids, doctrine_ids, source_ids, links, ' +
  'words, id_words, recorded_at, published_at, changed_at';

/** Appends an entry for a revision, with its version. */
const tell = (slug: string, revision: number, change: string, hasOthers = true) => [
  rawEntry(id(slug), revision, change, 'SELECT recorded_at FROM feed_head'),
  ...(hasOthers
    ? [`UPDATE development_version SET until = ${LAST} WHERE id = ${id(slug)} AND until = ${NEVER}`]
    : []),
  `INSERT INTO development_version (id, position, ${COLUMNS})
   SELECT id, ${LAST}, ${COLUMNS} FROM development WHERE id = ${id(slug)}`,
];

/** Reverses the positions of a development with two entries. */
const turned = (table: string, key: string) => [
  `UPDATE ${table} SET position = -position WHERE ${key} = ${id('warning')}`,
  `UPDATE ${table} SET position = position - (SELECT min(it.position) + max(it.position) FROM ${table} AS it
     WHERE it.${key} = ${id('warning')}) WHERE ${key} = ${id('warning')}`,
];

/** Copies the present rows of references into their revisions, as an attacker would to hide a change. */
const resay = (kind: ReferenceKind, changedFields: string) =>
  `UPDATE reference_revision AS it SET snapshot = present.content, changed_fields = '{${changedFields}}'
   FROM (${CONTENTS[kind].sql}) AS present WHERE present.id = it.reference_id AND present.content->>'slug' <> 'twin'`;

/** Writes a revision of the reference with the slug "twin", and its entry. */
const tellTwin = (kind: ReferenceKind, changedFields: string) => [
  `INSERT INTO reference_revision (reference_id, number, kind, snapshot, changed_fields, editor, recorded_at, salt)
   SELECT id, 1, '${kind}', content, '{${changedFields}}', 'test', (SELECT recorded_at FROM feed_head), '\\x00'
   FROM (${CONTENTS[kind].sql}) AS present WHERE content->>'slug' = 'twin'`,
  rawEntry(
    "(SELECT reference_id FROM reference_revision WHERE snapshot->>'slug' = 'twin')",
    1,
    'REFERENCE_CHANGED',
    'SELECT recorded_at FROM feed_head',
  ),
];

/** Merges a reference, in its row and its revision. */
const merged = (table: string, slug: string, into: string) => [
  `UPDATE ${table} SET merged_into_id = ${into} WHERE slug = '${slug}'`,
  `UPDATE reference_revision SET snapshot = jsonb_set(snapshot, '{mergedIntoId}', to_jsonb(it.merged_into_id)),
     changed_fields = (SELECT array_agg(field ORDER BY field COLLATE "C") FROM unnest(changed_fields || '{mergedIntoId}') AS field)
   FROM ${table} AS it WHERE it.id = reference_id AND it.slug = '${slug}'`,
];

/** Sets the time of change to that of the second revision of the warning. */
const CHANGED_AT = `changed_at = (SELECT recorded_at FROM revision WHERE number = 2 AND development_id = ${id('warning')})`;

const claimAt = (index: number, key: string) => `claims,${index},${key}`;
/** An id that does not exist, also as JSON. */
const NOTHING = '00000000-0000-7000-8000-000000000000';
const UNKNOWN = `"${NOTHING}"`;

export const DAMAGES: readonly Damage[] = [
  [
    'POSITION_GAP',
    'a skipped position',
    `UPDATE feed_entry SET position = position + 1 WHERE position = ${LAST}`,
    `UPDATE development_version SET position = position + 1 WHERE position = ${LAST} - 1`,
    'UPDATE feed_head SET position = position + 1',
  ],
  ['POSITION_GAP', 'a head that is too high', 'UPDATE feed_head SET position = position + 1'],
  ['POSITION_GAP', 'a head that is too low', 'UPDATE feed_head SET position = position - 1'],
  [
    'POSITION_TIME',
    'a decreasing time',
    "UPDATE feed_entry SET recorded_at = recorded_at - interval '1 day' WHERE position = 9",
  ],
  ['POSITION_TIME', 'a head with a wrong time', 'UPDATE feed_head SET recorded_at = NULL'],
  [
    'FUTURE_TIME',
    'an entry from the future',
    `UPDATE feed_entry SET recorded_at = now() + interval '1 hour' WHERE position = ${LAST}`,
    `UPDATE feed_head SET recorded_at = (SELECT recorded_at FROM feed_entry WHERE position = ${LAST})`,
  ],
  [
    'FUTURE_TIME',
    'a revision from the future',
    `UPDATE revision SET recorded_at = now() + interval '1 hour' WHERE number = 2 AND development_id = ${id('warning')}`,
    `UPDATE development SET ${CHANGED_AT} WHERE id = ${id('warning')}`,
    `UPDATE development_version SET ${CHANGED_AT} WHERE id = ${id('warning')} AND revision = 2`,
  ],
  ['ENTRY_WITHOUT_REVISION', 'an entry of a missing revision', ...tell('last', 2, 'REVISED')],
  ['ENTRY_WITHOUT_REVISION', 'an entry of a draft', ...tell('draft', 1, 'PUBLISHED', false)],
  [
    'REVISION_NOT_TOLD',
    'a revision without an entry',
    `DELETE FROM development_version WHERE position = ${LAST}`,
    `DELETE FROM feed_entry WHERE position = ${LAST}`,
    'UPDATE feed_head SET (position, recorded_at) = (SELECT position, recorded_at FROM feed_entry ORDER BY position DESC LIMIT 1)',
  ],
  ['REVISION_TOLD_TWICE', 'two entries of a revision', ...tell('last', 1, 'PUBLISHED')],
  [
    'ENTRY_ORDER',
    'a feed with a later revision first',
    `UPDATE feed_entry SET recorded_at = (SELECT recorded_at FROM feed_head)
     WHERE position >= (SELECT min(position) FROM feed_entry WHERE development_id = ${id('warning')})`,
    ...turned('feed_entry', 'development_id'),
    ...turned('development_version', 'id'),
    `UPDATE development_version AS it SET until = coalesce((SELECT min(position) FROM development_version
       WHERE id = it.id AND position > it.position), ${NEVER}) WHERE id = ${id('warning')}`,
  ],
  [
    'ROW',
    'a reference that differs from its newest revision',
    "UPDATE topic SET description = 'Another' WHERE slug = 'topic'",
  ],
  ['ROW', 'another grade of a source', "UPDATE source SET reliability = 'C' WHERE slug = 'article'"],
  [
    'REVISION_CHAIN',
    'wrong changed fields of a reference',
    "UPDATE reference_revision SET changed_fields = '{slug}' WHERE kind = 'TOPIC'",
  ],
  [
    'COMMITMENT',
    'a revision of a reference with content and without a salt',
    "UPDATE reference_revision SET salt = NULL WHERE kind = 'TOPIC'",
  ],
  [
    'ENTRY_CHANGE',
    'an entry of an erasure of a reference that has its content',
    "UPDATE feed_entry SET change = 'REFERENCE_ERASED' WHERE reference_id = (SELECT id FROM topic)",
  ],
  [
    'REVISION_NOT_TOLD',
    'a revision of a reference without an entry',
    `INSERT INTO reference_revision (reference_id, number, kind, snapshot, changed_fields, editor, recorded_at, salt)
     SELECT reference_id, 2, kind, snapshot, '{}', editor, recorded_at, salt FROM reference_revision WHERE kind = 'TOPIC'`,
  ],
  [
    'ENTRY_WITHOUT_REVISION',
    'an entry of a revision of a reference that is not there',
    rawEntry('(SELECT id FROM topic)', 9, 'REFERENCE_CHANGED', 'SELECT recorded_at FROM feed_head'),
  ],
  [
    'SNAPSHOT_SHAPE',
    'a snapshot of a reference without a field',
    "UPDATE reference_revision SET snapshot = snapshot - 'description' WHERE kind = 'TOPIC'",
  ],
  [
    'FUTURE_TIME',
    'a revision of a reference in the future',
    "UPDATE reference_revision SET recorded_at = now() + interval '1 hour' WHERE kind = 'TOPIC'",
  ],
  [
    'ENTRY_CHANGE',
    'an entry with the wrong change',
    "UPDATE feed_entry SET change = 'REVISED' WHERE position = 8",
  ],
  [
    'REVISION_CHAIN',
    'a skipped number',
    ...[
      'revision|number|development_id',
      'feed_entry|revision|development_id',
      'development|revision|id',
    ].map((it) => {
      const [table, column, key] = it.split('|');
      return `UPDATE ${table} SET ${column} = 5 WHERE ${key} = ${id('warning')} AND ${column} = 2`;
    }),
    `UPDATE development_version SET revision = 5 WHERE id = ${id('warning')} AND revision = 2`,
  ],
  [
    'REVISION_CHAIN',
    'wrong changed fields',
    `UPDATE revision SET changed_fields = '{summary}' WHERE development_id = ${id('warning')} AND number = 2`,
  ],
  [
    'REVISION_CHAIN',
    'a row with an older revision',
    `UPDATE development SET revision = 1 WHERE id = ${id('warning')}`,
  ],
  [
    'REVISION_CHAIN',
    'a development without revisions',
    `DELETE FROM revision WHERE development_id = ${id('draft')}`,
  ],
  [
    'REVISION_CHAIN',
    'a revision after the withdrawal',
    `INSERT INTO revision SELECT development_id, 3, snapshot, status, '{}', editor, reason, recorded_at, salt FROM revision
     WHERE development_id = ${id('wrong')} AND number = 2`,
    `UPDATE development SET revision = 3 WHERE id = ${id('wrong')}`,
    ...tell('wrong', 3, 'RETRACTED'),
  ],
  [
    'REVISION_CHAIN',
    'another content after the withdrawal',
    `INSERT INTO revision SELECT development_id, 3,
       jsonb_set(jsonb_set(snapshot, '{successorId}', 'null'), '{citations,0,excerpt}', '"Another"'),
       'PUBLISHED', '{citations,successorId}', editor, reason, recorded_at, salt FROM revision
     WHERE development_id = ${id('wrong')} AND number = 2`,
    `UPDATE development SET revision = 3, status = 'PUBLISHED' WHERE id = ${id('wrong')}`,
    ...tell('wrong', 3, 'PUBLISHED'),
  ],
  [
    'REVISION_CHAIN',
    'a revision of no development',
    `UPDATE revision SET development_id = gen_random_uuid() WHERE development_id = ${id('draft')}`,
    `DELETE FROM development_slug WHERE slug = 'draft'`,
    `DELETE FROM development WHERE slug = 'draft'`,
  ],
  ['ROW', 'a row that is wrongly disputed', "UPDATE development SET disputed = true WHERE slug = 'last'"],
  [
    'ROW',
    'a row with a wrong text',
    "UPDATE development SET words = words || ' ''x'':1' WHERE slug = 'last'",
  ],
  ['ROW', 'a row with a wrong status', "UPDATE development SET status = 'PUBLISHED' WHERE slug = 'wrong'"],
  [
    'ROW',
    'a row with a wrong day',
    "UPDATE development SET occurred_latest = occurred_latest + 1 WHERE slug = 'last'",
  ],
  ['ROW', 'a row without its parts', "UPDATE development SET parts = NULL WHERE slug = 'renamed'"],
  [
    'ROW',
    'a row with a wrong publication time',
    "UPDATE development SET published_at = now() WHERE slug = 'last'",
  ],
  [
    'VERSION',
    'a version that ends early',
    'UPDATE development_version SET until = position + 1 WHERE position = 8',
  ],
  [
    'VERSION',
    'a version that overlaps the next',
    `UPDATE development_version SET until = ${NEVER} WHERE id = ${id('warning')}`,
  ],
  [
    'VERSION',
    'a version with wrong content',
    "UPDATE development_version SET confidence = 'HIGH' WHERE position = 8",
  ],
  ['VERSION', 'an entry without a version', 'DELETE FROM development_version WHERE position = 8'],
  [
    'VERSION',
    'a version with a wrong development',
    'UPDATE development_version SET id = gen_random_uuid() WHERE position = 8',
  ],
  [
    'VERSION',
    'a version without an entry',
    `INSERT INTO development_version (id, position, ${COLUMNS}) SELECT gen_random_uuid(), 999, ${COLUMNS} FROM development WHERE slug = 'last'`,
  ],
  ['SLUG', 'a missing current slug', "DELETE FROM development_slug WHERE slug = 'last'"],
  ['SLUG', 'a missing old slug', "DELETE FROM development_slug WHERE slug = 'warning'"],
  [
    'SLUG',
    'an old slug of another development',
    `UPDATE development_slug SET development_id = ${id('last')} WHERE slug = 'warning'`,
  ],
  ['SLUG', 'a slug of no development', "INSERT INTO development_slug VALUES ('nothing', gen_random_uuid())"],
  ['SNAPSHOT_SHAPE', 'a snapshot without a headline', snapshot('warning', "snapshot - 'headline'", 1)],
  ['SNAPSHOT_SHAPE', 'an empty snapshot', snapshot('last', "'{}'")],
  ['SNAPSHOT_SHAPE', 'a null snapshot', snapshot('last', "'null'")],
  ['SNAPSHOT_SHAPE', 'a malformed id', put('last', 'citations,0,sourceId', '"article"')],
  ['DATE_BOUNDS', 'a wrong precision', put('last', 'occurred,precision', '"YEAR"')],
  [
    'DATE_BOUNDS',
    'a wrong date bound',
    put('last', 'occurred,earliest', '"2022-01-02"'),
    ...rows('last', "occurred_earliest = '2022-01-02'"),
  ],
  ['DATE_BOUNDS', 'an invalid date', put('last', 'occurred,edtf', '"soon"')],
  [
    'DATE_BOUNDS',
    'a wrong bound of the effective date',
    put('amended', 'effective,latest', '"2020-07-30"').replace('{effective', '{detail,effective'),
  ],
  [
    'DATE_BOUNDS',
    'a wrong bound of a source’s date',
    "UPDATE source SET published_latest = '2019-08-30'",
    resay('SOURCE', 'published,reliability,slug,title'),
  ],
  [
    'DATE_BOUNDS',
    'a missing precision of a source’s date',
    'UPDATE source SET published_precision = NULL',
    resay('SOURCE', 'reliability,slug,title'),
  ],
  [
    'DATE_BOUNDS',
    'a wrong bound of a treaty status',
    "UPDATE treaty_status SET since_earliest = '1988-05-31'",
    resay('TREATY', 'name,slug,states'),
  ],
  ['CLAIM_VALUE', 'an invalid claimed date', put('launch', claimAt(2, 'value'), '"soon"')],
  ['CLAIM_VALUE', 'a malformed preferred value', put('launch', claimAt(1, 'value'), '"500 to 600 km"')],
  [
    'CLAIM_VALUE',
    'a claim on a field of another kind',
    put('launch', claimAt(1, 'field'), '"QUOTATION"'),
    put('launch', claimAt(1, 'value'), '"We shall answer."'),
  ],
  [
    'PREFERRED_VALUE',
    'a preferred value that differs from the own',
    put('launch', claimAt(1, 'value'), '{"low": 500, "high": 700}'),
  ],
  [
    'PREFERRED_VALUE',
    'a preferred office that differs from the own',
    put('warning', 'claims,2,value,0,capacity', '"President"'),
  ],
  ['PREFERRED_VALUE', 'two preferred claims on a field', put('launch', claimAt(2, 'rank'), '"PREFERRED"')],
  [
    'CLAIM_WITHOUT_CITATION',
    'a claim without its citation',
    put('launch', claimAt(0, 'citationId'), UNKNOWN),
  ],
  [
    'PUBLISHED_WITHOUT_CITATION',
    'a published development without citations',
    put('last', 'citations', '[]'),
    `UPDATE revision SET changed_fields = array_remove(changed_fields, 'citations') WHERE development_id = ${id('last')}`,
    ...rows('last', "source_ids = '{}'"),
  ],
  ['UNKNOWN_REFERENCE', 'a missing topic', 'DELETE FROM topic'],
  ['UNKNOWN_REFERENCE', 'a missing treaty', 'DELETE FROM treaty'],
  ['UNKNOWN_REFERENCE', 'a missing weapon system', 'DELETE FROM weapon_system'],
  ['UNKNOWN_REFERENCE', 'a missing doctrine', 'DELETE FROM doctrine'],
  ['UNKNOWN_REFERENCE', 'a missing source', 'DELETE FROM source'],
  ['UNKNOWN_REFERENCE', 'a missing actor', "DELETE FROM actor WHERE slug = 'speaker'"],
  ['UNKNOWN_REFERENCE', 'a missing speaker of a claim', "DELETE FROM actor WHERE slug = 'other-speaker'"],
  [
    'UNKNOWN_REFERENCE',
    'a missing successor',
    snapshot('wrong', `jsonb_set(snapshot, '{successorId}', '${UNKNOWN}')`, 2),
  ],
  ['UNKNOWN_REFERENCE', 'a link to a missing development', ...linked('last', [['PART_OF', NOTHING]])],
  ['LINK_RULES', 'a link to itself', ...linked('last', [['CONTRADICTS', 'last']])],
  [
    'LINK_RULES',
    'a duplicate link',
    ...linked('last', [
      ['CONTRADICTS', 'launch'],
      ['CONTRADICTS', 'launch'],
    ]),
  ],
  ['LINK_RULES', 'a link with a missing citation', ...linked('last', [['CONTRADICTS', 'launch', UNKNOWN]])],
  ['LINK_RULES', 'a cycle of links', ...linked('launch', [['IMPLEMENTS', 'imported']])],
  [
    'SUCCESSOR',
    'two developments that were retracted in favour of each other',
    snapshot('wrong', `jsonb_set(snapshot, '{successorId}', to_jsonb(${id('mistaken')}))`, 2),
    snapshot('mistaken', `jsonb_set(snapshot, '{successorId}', to_jsonb(${id('wrong')}))`, 2),
  ],
  [
    'NOTE',
    'a note on nothing',
    `INSERT INTO note (id, development_id, text, author, recorded_at)
     VALUES (gen_random_uuid(), '${NOTHING}', 'Text', 'ann', now())`,
  ],
  [
    'NOTE',
    'an answer to a note of another development',
    `INSERT INTO note (id, development_id, text, author, recorded_at)
     VALUES ('${NOTHING}', ${id('last')}, 'Text', 'ann', now())`,
    `INSERT INTO note (id, development_id, text, author, recorded_at, reply_to_id)
     VALUES (gen_random_uuid(), ${id('warning')}, 'Answer', 'ann', now(), '${NOTHING}')`,
  ],
  ['EXTERNAL_ID', 'a key missing from the table', 'DELETE FROM external_id'],
  [
    'MENTION',
    'a missing mention',
    `DELETE FROM development_mention WHERE subject_id = (SELECT subject_id FROM development_mention WHERE development_id = ${id('last')} LIMIT 1)`,
  ],
  [
    'MENTION',
    'a mention with a wrong day',
    `UPDATE development_mention SET occurred_latest = occurred_latest + 1 WHERE development_id = ${id('last')}`,
  ],
  ['MENTION', 'missing mentions by earlier versions', 'DELETE FROM development_version_mention'],
  [
    'MENTION',
    'mentions by an earlier version with a wrong position',
    'UPDATE development_version_mention SET position = position - 1',
  ],
  ['MENTION', 'a country without an actor or place', ...rows('last', "countries = '{ZZ}'")],
  [
    'MENTION',
    'a version without its countries',
    'UPDATE development_version SET countries = NULL WHERE position = 8',
  ],
  [
    'EXTERNAL_ID',
    'a key missing from the content',
    `INSERT INTO external_id VALUES ('set', '2', ${id('last')})`,
  ],
  [
    'EXTERNAL_ID',
    'a key of no development',
    "INSERT INTO external_id VALUES ('set', '3', gen_random_uuid())",
  ],
  [
    'REFERENCE_KEY',
    'an actor without the key of its name',
    "DELETE FROM reference_key WHERE key LIKE 'actor%'",
  ],
  [
    'REFERENCE_KEY',
    'a key of another name',
    "UPDATE reference_key SET key = 'topic other' WHERE key = 'topic topic'",
  ],
  [
    'REFERENCE_KEY',
    'a topic without the key of another name',
    "INSERT INTO topic_name (topic_id, name, language, ordinal) SELECT id, 'Thema', 'de', 0 FROM topic WHERE slug = 'topic'",
    resay('TOPIC', 'name,names,slug'),
  ],
  [
    'REFERENCE_KEY',
    'a source without the key of its Wikidata item',
    "UPDATE source SET wikidata_id = 'Q2'",
    resay('SOURCE', 'published,reliability,slug,title,wikidataId'),
  ],
  [
    'MERGED_REFERENCE',
    'a reference merged into none',
    ...merged('actor', 'other-speaker', 'gen_random_uuid()'),
  ],
  [
    'MERGED_REFERENCE',
    'a survivor that none was merged into',
    "INSERT INTO merged_reference SELECT id, gen_random_uuid() FROM doctrine WHERE slug = 'doctrine'",
  ],
  [
    'MERGED_REFERENCE',
    'a development that refers to a merged reference',
    "INSERT INTO topic (id, slug, name) VALUES (gen_random_uuid(), 'twin', 'TOPIC')",
    keysOfTwin('topic', 'topic'),
    ...tellTwin('TOPIC', 'name,slug'),
    ...merged('topic', 'topic', "(SELECT id FROM topic WHERE slug = 'twin')"),
  ],
  [
    'SAME_NAME',
    'two topics that differ in case only',
    "INSERT INTO topic (id, slug, name) VALUES (gen_random_uuid(), 'twin', 'TOPIC')",
    keysOfTwin('topic', 'topic'),
    ...tellTwin('TOPIC', 'name,slug'),
  ],
  [
    'SAME_NAME',
    'two actors with one name',
    "INSERT INTO actor (id, slug, kind, name) VALUES (gen_random_uuid(), 'twin', 'PERSON', 'Spéaker')",
    keysOfTwin('actor', 'speaker'),
    ...tellTwin('ACTOR', 'kind,name,slug'),
  ],
  [
    'SAME_NAME',
    'two sources with one address',
    "UPDATE source SET url = 'https://example.org/a'",
    "DELETE FROM reference_key WHERE key ILIKE '%source%'",
    "INSERT INTO source (id, slug, title, reliability, url) VALUES (gen_random_uuid(), 'twin', 'T', 'F', 'https://example.org/a')",
    "INSERT INTO reference_key SELECT 'similar Source 1 any example.org/a', id FROM source",
    resay('SOURCE', 'published,reliability,slug,title,url'),
    ...tellTwin('SOURCE', 'reliability,slug,title,url'),
  ],
];

/** Gives the reference with the slug `twin` the keys of the one whose name differs in its spelling only. */
function keysOfTwin(table: string, slug: string) {
  return `INSERT INTO reference_key SELECT key, twin.id
    FROM ${table} AS twin, ${table} AS known JOIN reference_key ON reference_id = known.id
    WHERE twin.slug = 'twin' AND known.slug = '${slug}'`;
}

/** Adds links, in every place that stores them, to a development with one revision and no links. */
function linked(
  slug: string,
  links: readonly (readonly [relation: string, to: string, citationId?: string])[],
) {
  const ref = (to: string) => (to === NOTHING ? `'${NOTHING}'` : id(to));
  const list = links.map(
    ([relation, to, citationId = 'null']) =>
      `{"toId": "' || ${ref(to)} || '", "relation": "${relation}", "note": null, "citationId": ${citationId}}`,
  );
  const column = links.map(([relation, to]) => `'${relation}:' || ${ref(to)}`);
  return [
    snapshot(slug, `jsonb_set(snapshot, '{links}', ('[${list.join(', ')}]')::jsonb)`),
    `UPDATE revision SET changed_fields = (
       SELECT array_agg(it ORDER BY it COLLATE "C") FROM unnest(changed_fields || '{links}'::text[]) AS it
     ) WHERE development_id = ${id(slug)}`,
    ...rows(slug, `links = ARRAY[${column.join(', ')}]`),
  ];
}
