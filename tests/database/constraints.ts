import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordDevelopment } from '../../src/domain/development/record.js';
import { seedDossier } from '../../src/dossier/load.js';
import { openTestDatabase } from './suites.js';

const SLUG_OWNERS = ['development', 'actor', 'topic', 'treaty', 'weapon_system', 'doctrine', 'source'];
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

/** Changes to the example record that its constraints refuse, by the constraint. */
const REFUSED: readonly (readonly [constraint: string, ...changes: string[]])[] = [
  ...SLUG_OWNERS.map(
    (table) =>
      [`${table}_slug_form`, ...BAD_SLUGS.map((slug) => `UPDATE ${table} SET slug = '${slug}'`)] as const,
  ),
  ['development_occurred_order', 'UPDATE development SET occurred_earliest = occurred_latest + 1'],
  ['treaty_status_since_order', 'UPDATE treaty_status SET since_earliest = since_latest + 1'],
  [
    'doctrine_change_effective_order',
    `UPDATE doctrine_change SET effective_edtf = '2020', effective_earliest = '2020-12-31',
       effective_latest = '2020-01-01', effective_precision = 'YEAR'`,
  ],
  [
    'doctrine_change_effective_whole',
    `UPDATE doctrine_change SET effective_edtf = '2020', effective_earliest = NULL, effective_latest = NULL,
       effective_precision = NULL`,
  ],
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
  ['event_kind', "UPDATE event SET kind = 'STATEMENT'"],
  ['statement_kind', "UPDATE statement SET kind = 'DOCTRINE_CHANGE'"],
  ['doctrine_change_kind', "UPDATE doctrine_change SET kind = 'EVENT'"],
  ['development_revision_positive', 'UPDATE development SET revision = 0'],
  ['development_published_has_date', 'UPDATE development SET published_at = NULL'],
  ['revision_number_positive', 'UPDATE revision SET number = 0 WHERE number = 2'],
  ['citation_credibility', 'UPDATE citation SET credibility = 7', 'UPDATE citation SET credibility = 0'],
  [
    'weapon_system_range',
    'UPDATE weapon_system SET range_min_km = -1, range_max_km = 1',
    'UPDATE weapon_system SET range_min_km = 2, range_max_km = 1',
  ],
  [
    'event_quantity_order',
    'UPDATE event_quantity SET low = 2, best = NULL, high = 1',
    'UPDATE event_quantity SET low = 2, best = 1, high = NULL',
    'UPDATE event_quantity SET low = NULL, best = 2, high = 1',
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
  ['place_country_code', "UPDATE place SET country_code = 'Ru'"],
  [
    'place_coordinates',
    'UPDATE place SET latitude = 90.1, longitude = 0',
    'UPDATE place SET latitude = 0, longitude = -180.1',
    'UPDATE place SET latitude = 0, longitude = NULL',
    "UPDATE place SET latitude = 'NaN', longitude = 0",
  ],
  ['link_not_to_itself', 'UPDATE link SET to_id = from_id'],
  ['feed_head_one_row', 'UPDATE feed_head SET id = 2'],
  ['feed_head_position', 'UPDATE feed_head SET position = -1'],
  ['feed_entry_position', 'UPDATE feed_entry SET position = 0 WHERE position = 1'],
  // Not checks, but kept by foreign and unique keys.
  [
    'event_development_id_kind_fkey',
    `INSERT INTO event (development_id, kind, type)
       SELECT id, 'EVENT', 'OTHER' FROM development WHERE kind = 'STATEMENT'`,
  ],
  [
    'statement_development_id_kind_fkey',
    `INSERT INTO statement (development_id, kind) SELECT id, 'STATEMENT' FROM development WHERE kind = 'EVENT'`,
  ],
  ['development_slug_key', "UPDATE development SET slug = 'the-same'"],
  ['feed_entry_pkey', 'UPDATE feed_entry SET position = 1'],
  ['feed_entry_development_id_revision_fkey', 'UPDATE feed_entry SET revision = 99 WHERE position = 1'],
];

export function describeConstraints(): void {
  describe('the constraints', () => {
    let opened: Awaited<ReturnType<typeof openTestDatabase>>;

    beforeAll(async () => {
      opened = await openTestDatabase();
      const writer = { db: opened.db, editor: 'test', wake: () => {} };
      await seedDossier(writer);
      await recordDevelopment(writer, 'EVENT', {
        headline: 'Has a place and a quantity',
        occurred: '2026',
        type: 'TEST',
        places: [{ name: 'Kapustin Yar', countryCode: 'RU', precision: 'LOCALITY' }],
        quantities: [{ name: 'missiles', best: 1 }],
      });
      await opened.pool.query(
        'INSERT INTO revision SELECT development_id, 2, snapshot, status, changed_fields, editor, reason, recorded_at FROM revision LIMIT 1 ON CONFLICT DO NOTHING',
      );
    });

    afterAll(() => opened?.[Symbol.asyncDispose]());

    for (const [constraint, ...changes] of REFUSED) {
      test(`${constraint} refuses what breaks it`, async () => {
        for (const change of changes) {
          const outcome = await opened.pool.query(change).catch((error: unknown) => error);
          expect(outcome, change).toMatchObject({ constraint });
        }
      });
    }

    test('are all tried here', async () => {
      const { rows } = await opened.pool.query<{ name: string }>(
        "SELECT conname AS name FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace",
      );
      const tried = REFUSED.map(([constraint]) => constraint);
      expect(rows.map(({ name }) => name).filter((name) => !tried.includes(name))).toEqual([]);
    });
  });
}
