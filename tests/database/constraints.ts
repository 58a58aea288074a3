import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedDossier } from '../../src/dossier/load.js';
import { DROP_REFUSALS } from '../support/drop-refusals.js';
import { openTestDatabase } from './suites.js';

const SLUG_OWNERS = ['actor', 'topic', 'treaty', 'weapon_system', 'doctrine', 'source'];
const BAD_SLUGS = [
  'Upper-Case',
  'two--hyphens',
  '-leading',
  'trailing-',
  'with space',
  '',
  'ünïcode',
  'a\n',
  'a'.repeat(121),
];

const withBadSlugs = (table: string) => BAD_SLUGS.map((slug) => `UPDATE ${table} SET slug = '${slug}'`);

/** The review of a draft, a proposal, and an article in the inbox with a dismissed suggestion. */
const QUEUED = `
  INSERT INTO review (development_id, state, author, changed_at) SELECT id, 'DRAFT', 'ann', now() FROM development LIMIT 1;
  INSERT INTO proposal (id, act, kind, author, is_by_machine, content, fields, accepted, recorded_at)
  VALUES (gen_random_uuid(), 'RECORD', 'EVENT', 'carl', false, '{}', '{}', '{}', now());
  INSERT INTO inbox_item (id, address, title, content_hash, original_hash, received_at)
  VALUES (gen_random_uuid(), 'example.org/a', 'A', 'a', 'a', now());
  INSERT INTO inbox_version (item_id, number, title, content_hash, original_hash, received_at)
  SELECT id, 1, 'A', 'a', 'a', now() FROM inbox_item;
  INSERT INTO inbox_mark (item_id, words, key, act, editor, recorded_at)
  SELECT id, 'w', 'k', 'DISMISSED', 'ann', now() FROM inbox_item;
  INSERT INTO watched_feed (id, url, address, added_by, added_at, next_at)
  VALUES (gen_random_uuid(), 'https://example.org/feed', 'example.org/feed', 'ann', now(), now());
  INSERT INTO watch_lease (holder, expires_at) VALUES (gen_random_uuid(), now())`;

/** A judgement of two entries whose ids begin so. */
function judgementOf(one: string, other: string): string {
  const [oneId, otherId] = [one, other].map((start) => `${start}${start}-0000-4000-8000-000000000000`);
  return `INSERT INTO duplicate_judgement (id, kind, one_id, other_id, verdict, editor, compared)
    VALUES (gen_random_uuid(), 'TOPIC', '${oneId}', '${otherId}', 'SAME', 'test', '')`;
}

const MERGEABLE = ['actor', 'topic', 'weapon_system', 'doctrine', 'source'];

/** A merge in the list of merges. */
const mergeOf = (kind: string, one: string, other: string, undone = 'NULL, NULL') => `
  INSERT INTO merge_act (id, kind, from_id, into_id, editor, recorded_at, undone_at, undone_by)
  VALUES (gen_random_uuid(), '${kind}', '${one}', '${other}', 'ann', now(), ${undone})`;
const ONE_ID = '11111111-0000-4000-8000-000000000000';
const OTHER_ID = '22222222-0000-4000-8000-000000000000';

/** Changes to the example record that violate a constraint, by constraint. */
const REFUSED: readonly (readonly [constraint: string, ...changes: string[]])[] = [
  ...SLUG_OWNERS.map((table) => [`${table}_slug_form`, ...withBadSlugs(table)] as const),
  ...MERGEABLE.map(
    (table) => [`${table}_merged_into_another`, `UPDATE ${table} SET merged_into_id = id`] as const,
  ),
  ['merge_act_mergeable', mergeOf('TREATY', ONE_ID, OTHER_ID), mergeOf('ACTOR', ONE_ID, ONE_ID)],
  [
    'merge_act_undone',
    mergeOf('ACTOR', ONE_ID, OTHER_ID, 'now(), NULL'),
    mergeOf('ACTOR', ONE_ID, OTHER_ID, "NULL, 'ann'"),
  ],
  ['development_slug_form', ...withBadSlugs('development'), ...withBadSlugs('development_slug')],
  ['development_occurred_order', 'UPDATE development SET occurred_earliest = occurred_latest + 1'],
  ['treaty_status_since_order', 'UPDATE treaty_status SET since_earliest = since_latest + 1'],
  [
    'source_published_order',
    `UPDATE source SET published_edtf = '2020', published_earliest = '2020-12-31',
       published_latest = '2020-01-01', published_precision = 'YEAR'`,
  ],
  [
    'source_published_whole',
    `UPDATE source SET published_edtf = NULL, published_earliest = '2020-01-01',
       published_latest = '2020-01-01', published_precision = 'DAY'`,
  ],
  ['development_revision_positive', 'UPDATE development SET revision = 0'],
  ['development_published_has_date', 'UPDATE development SET published_at = NULL'],
  ['development_version_order', 'UPDATE development_version SET until = position'],
  ['development_version_occurred', 'UPDATE development_version SET occurred_earliest = occurred_latest + 1'],
  [
    'development_version_no_draft',
    "UPDATE development_version SET status = 'DRAFT'",
    'UPDATE development_version SET published_at = NULL',
  ],
  ['revision_number_positive', 'UPDATE revision SET number = 0 WHERE number = 2'],
  [
    'weapon_system_range',
    'UPDATE weapon_system SET range_min_km = -1, range_max_km = 1',
    'UPDATE weapon_system SET range_min_km = 2, range_max_km = 1',
  ],
  [
    'actor_country_code',
    "UPDATE actor SET country_code = 'ru'",
    "UPDATE actor SET country_code = 'RUS'",
    "UPDATE actor SET country_code = ''",
  ],
  [
    'actor_country_code3',
    "UPDATE actor SET country_code3 = 'RU' WHERE kind = 'STATE'",
    "UPDATE actor SET country_code3 = 'RUS' WHERE kind = 'PERSON'",
  ],
  ['feed_head_one_row', 'UPDATE feed_head SET id = 2'],
  ['desk_head_one_row', 'UPDATE desk_head SET id = 2'],
  [
    'note_resolved',
    `INSERT INTO note (id, development_id, text, author, recorded_at, resolved_at)
       SELECT gen_random_uuid(), id, 'Text', 'test', now(), now() FROM development LIMIT 1`,
  ],
  ['duplicate_judgement_pair', judgementOf('ffff', '0000'), judgementOf('0000', '0000')],
  ['reference_head_one_row', 'UPDATE reference_head SET id = 2'],
  ['review_policy_one_row', 'UPDATE review_policy SET id = 2'],
  ['review_approval', "UPDATE review SET approved_by = 'ben'"],
  ['review_approved', "UPDATE review SET state = 'APPROVED'"],
  ['review_scheduled', "UPDATE review SET state = 'SCHEDULED'"],
  ['proposal_base', "UPDATE proposal SET act = 'REVISE'"],
  ['proposal_decided', "UPDATE proposal SET state = 'REJECTED'", "UPDATE proposal SET decided_by = 'ben'"],
  [
    'inbox_item_snoozed',
    "UPDATE inbox_item SET state = 'SNOOZED'",
    'UPDATE inbox_item SET snoozed_until = now()',
  ],
  ['inbox_item_reason', "UPDATE inbox_item SET reason = 'Old'"],
  ['inbox_item_versions', 'UPDATE inbox_item SET versions = 0'],
  ['inbox_version_number', 'UPDATE inbox_version SET number = 0'],
  ['inbox_mark_development', "UPDATE inbox_mark SET act = 'DRAFTED'"],
  [
    'inbox_item_address_key',
    `INSERT INTO inbox_item (id, address, title, content_hash, original_hash, received_at)
     SELECT gen_random_uuid(), address, title, content_hash, original_hash, now() FROM inbox_item`,
  ],
  ['watched_feed_interval', 'UPDATE watched_feed SET "interval" = 0'],
  [
    'watched_feed_failures',
    'UPDATE watched_feed SET failures = 1',
    "UPDATE watched_feed SET failure = 'Gone'",
  ],
  [
    'watched_feed_address_key',
    `INSERT INTO watched_feed (id, url, address, added_by, added_at, next_at)
     SELECT gen_random_uuid(), url, address, added_by, now(), now() FROM watched_feed`,
  ],
  ['watch_lease_one_row', 'UPDATE watch_lease SET id = false'],
  ['feed_head_position', 'UPDATE feed_head SET position = -1'],
  ['feed_head_hash', "UPDATE feed_head SET hash = '\\x00'"],
  ['feed_entry_commitment', "UPDATE feed_entry SET commitment = '\\x00'"],
  ['feed_entry_hash', "UPDATE feed_entry SET hash = '\\x00'"],
  ['feed_entry_position', 'UPDATE feed_entry SET position = 0 WHERE position = 1'],
  [
    'feed_entry_one_subject',
    'UPDATE feed_entry SET development_id = NULL WHERE development_id IS NOT NULL',
    'UPDATE feed_entry SET development_id = (SELECT id FROM development LIMIT 1) WHERE reference_id IS NOT NULL',
    "UPDATE feed_entry SET change = 'REVISED' WHERE reference_id IS NOT NULL",
  ],
  ['reference_revision_number_positive', 'UPDATE reference_revision SET number = 0 WHERE number = 1'],
  // Enforced by foreign and unique keys instead of checks.
  ['development_slug_key', "UPDATE development SET slug = 'the-same'"],
  ['development_slug_pkey', "UPDATE development_slug SET slug = 'the-same'"],
  ['development_slug_development_id_fkey', 'UPDATE development_slug SET development_id = gen_random_uuid()'],
  ['development_version_newest', 'UPDATE development_version SET until = 9223372036854775807'],
  ['development_version_position_key', 'UPDATE development_version SET position = 1'],
  [
    'development_version_position_fkey',
    `UPDATE development_version SET position = 999, until = 1000
     WHERE position = (SELECT min(position) FROM development_version)`,
  ],
  ['feed_entry_pkey', 'UPDATE feed_entry SET position = 1'],
  [
    'feed_entry_development_id_revision_fkey',
    'UPDATE feed_entry SET revision = 99 WHERE position = (SELECT max(position) FROM feed_entry)',
  ],
  ['feed_entry_reference_id_revision_fkey', 'UPDATE feed_entry SET revision = 99 WHERE position = 1'],
  [
    'feed_entry_of_reference',
    'UPDATE feed_entry SET reference_id = (SELECT id FROM topic LIMIT 1) WHERE reference_id IS NOT NULL',
  ],
];

export function describeConstraints(): void {
  describe('the constraints', () => {
    let opened: Awaited<ReturnType<typeof openTestDatabase>>;

    beforeAll(async () => {
      opened = await openTestDatabase();
      await seedDossier({ db: opened.db, editor: 'test', wake: () => {} });
      await opened.pool.query(QUEUED);
      // Otherwise the triggers refuse the changes first: see append-only.ts.
      await opened.pool.query(DROP_REFUSALS);
    });

    afterAll(() => opened?.[Symbol.asyncDispose]());

    for (const [constraint, ...changes] of REFUSED) {
      test(`${constraint} rejects changes that violate it`, async () => {
        for (const change of changes) {
          const outcome = await opened.pool.query(change).catch((error: unknown) => error);
          expect(outcome, change).toMatchObject({ constraint });
        }
      });
    }

    test('are all tested here', async () => {
      const { rows } = await opened.pool.query<{ name: string }>(
        "SELECT conname AS name FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace",
      );
      const tried = REFUSED.map(([constraint]) => constraint);
      expect(rows.map(({ name }) => name).filter((name) => !tried.includes(name))).toEqual([]);
    });
  });
}
