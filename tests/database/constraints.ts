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

/** Changes to the example record that violate a constraint, by constraint. */
const REFUSED: readonly (readonly [constraint: string, ...changes: string[]])[] = [
  ...SLUG_OWNERS.map((table) => [`${table}_slug_form`, ...withBadSlugs(table)] as const),
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
  ['reference_head_one_row', 'UPDATE reference_head SET id = 2'],
  ['feed_head_position', 'UPDATE feed_head SET position = -1'],
  ['feed_head_hash', "UPDATE feed_head SET hash = '\\x00'"],
  ['feed_entry_commitment', "UPDATE feed_entry SET commitment = '\\x00'"],
  ['feed_entry_hash', "UPDATE feed_entry SET hash = '\\x00'"],
  ['feed_entry_position', 'UPDATE feed_entry SET position = 0 WHERE position = 1'],
  // Enforced by foreign and unique keys instead of checks.
  ['development_slug_key', "UPDATE development SET slug = 'the-same'"],
  ['development_slug_pkey', "UPDATE development_slug SET slug = 'the-same'"],
  ['development_slug_development_id_fkey', 'UPDATE development_slug SET development_id = gen_random_uuid()'],
  ['development_version_newest', 'UPDATE development_version SET until = 9223372036854775807'],
  ['development_version_position_key', 'UPDATE development_version SET position = 1'],
  [
    'development_version_position_fkey',
    'UPDATE development_version SET position = 999, until = 1000 WHERE position = 1',
  ],
  ['feed_entry_pkey', 'UPDATE feed_entry SET position = 1'],
  ['feed_entry_development_id_revision_fkey', 'UPDATE feed_entry SET revision = 99 WHERE position = 1'],
];

export function describeConstraints(): void {
  describe('the constraints', () => {
    let opened: Awaited<ReturnType<typeof openTestDatabase>>;

    beforeAll(async () => {
      opened = await openTestDatabase();
      await seedDossier({ db: opened.db, editor: 'test', wake: () => {} });
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
