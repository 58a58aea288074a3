import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import { migrationList, readDatamodel } from '../../src/database/migrate.js';
import { startSchemaEngine } from '../../src/database/schema-engine.js';

// A record as the first release left it, when what a development says stood in tables as well.

const FIRST = '20261122000000_init';

/** Makes an empty database of the first migration out of any other. */
export async function toFirstMigration(pool: Pool): Promise<void> {
  await pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  const list = await migrationList();
  const engine = await startSchemaEngine(new PrismaPg(pool), await readDatamodel());
  try {
    await engine.applyMigrations({
      migrationsList: {
        ...list,
        migrationDirectories: list.migrationDirectories.filter(({ path }) => path === FIRST),
      },
      filters: { externalTables: [], externalEnums: [] },
    });
  } finally {
    engine.free();
  }
}

const uuid = (number: number) => `0197f0c4-6a1e-7c3b-9d52-${String(number).padStart(12, '0')}`;

export const ADDRESS = uuid(1);
export const WITHDRAWAL = uuid(2);
export const UPDATE = uuid(3);
export const PUTIN = uuid(4);
const [RUSSIA, ARTICLE, TRANSCRIPT, DOCTRINE, TOPIC, PLACE] = [5, 6, 7, 8, 9, 10].map(uuid);
const [BY_ARTICLE, BY_TRANSCRIPT, OF_WITHDRAWAL, OF_UPDATE] = [11, 12, 13, 14].map(uuid);
const [FIRST_DATE, TRUE_DATE, READING, TEXT, IN_WORDS, BY_NAME] = [15, 16, 17, 18, 19, 20].map(uuid);

const at = (minute: number) => `2026-11-22T10:${String(minute).padStart(2, '0')}:00.000Z`;
const date = (edtf: string, earliest: string, latest: string, precision: string) => ({
  edtf,
  earliest,
  latest,
  precision,
});

const cites = (id: string | undefined, sourceId: string | undefined) => ({
  id,
  sourceId,
  locator: null,
  excerpt: null,
  stance: 'SUPPORTS',
  credibility: 3,
});
const claims = (
  id: string | undefined,
  citationId: string | undefined,
  field: string,
  value: string,
  rank: string,
) => ({ id, citationId, field, value, rank, note: null });

const common = {
  summary: '',
  participants: [],
  topicIds: [],
  treatyIds: [],
  weaponSystemIds: [],
  doctrineIds: [],
  citations: [],
  claims: [],
  links: [],
  externalIds: [],
};

/** The address as it was first entered: under another slug, from the article, with the article's date. */
const addressEntered = {
  ...common,
  slug: 'putin-address',
  headline: 'Putin speaks of missiles',
  occurred: date('2020-02', '2020-02-01', '2020-02-29', 'MONTH'),
  confidence: 'LOW',
  detail: {
    kind: 'STATEMENT',
    attribution: null,
    setting: 'Address to the Federal Assembly',
    originalLanguage: 'ru',
    quotation: null,
    translation: 'decision centers',
  },
  participants: [
    { actorId: PUTIN, role: 'SPEAKER', capacity: 'President of Russia' },
    { actorId: RUSSIA, role: 'ON_BEHALF_OF', capacity: null },
  ],
  topicIds: [TOPIC],
  citations: [cites(BY_ARTICLE, ARTICLE)],
  claims: [claims(FIRST_DATE, BY_ARTICLE, 'OCCURRED', '2020-02', 'PREFERRED')],
};

const addressCorrected = {
  ...addressEntered,
  slug: 'putin-federal-assembly-address-2019',
  occurred: date('2019-02-20', '2019-02-20', '2019-02-20', 'DAY'),
  confidence: 'MODERATE',
  citations: [cites(BY_TRANSCRIPT, TRANSCRIPT), cites(BY_ARTICLE, ARTICLE)],
  claims: [
    claims(TRUE_DATE, BY_TRANSCRIPT, 'OCCURRED', '2019-02-20', 'PREFERRED'),
    claims(FIRST_DATE, BY_ARTICLE, 'OCCURRED', '2020-02', 'DEPRECATED'),
  ],
};

const addressLinked = {
  ...addressCorrected,
  links: [{ toId: WITHDRAWAL, relation: 'RESPONDS_TO', note: 'Prospective' }],
};

const withdrawal = {
  ...common,
  slug: 'united-states-leaves-inf-2019',
  headline: 'The United States withdraws',
  summary: 'From the INF Treaty.',
  occurred: date('2019-02-01/2019-08-02', '2019-02-01', '2019-08-02', 'INTERVAL'),
  confidence: 'HIGH',
  detail: {
    kind: 'EVENT',
    type: 'TREATY_ACTION',
    places: [
      { name: 'Washington', countryCode: 'US', latitude: null, longitude: null, precision: 'LOCALITY' },
    ],
    quantities: [{ name: 'range', unit: 'km', low: 500, best: null, high: 5_500 }],
  },
  citations: [cites(OF_WITHDRAWAL, ARTICLE)],
  externalIds: [{ dataset: 'events', value: '17' }],
};

/** A draft that is disputed. */
const update = {
  ...common,
  slug: 'nuclear-doctrine-update-2024',
  headline: 'The doctrine is updated',
  occurred: date('2024-11-19', '2024-11-19', '2024-11-19', 'DAY'),
  confidence: 'LOW',
  detail: {
    kind: 'DOCTRINE_CHANGE',
    doctrineId: DOCTRINE,
    changeType: 'AMENDED',
    before: null,
    after: 'Deterrence',
    effective: null,
  },
  citations: [cites(OF_UPDATE, ARTICLE)],
  claims: [
    claims(TEXT, OF_UPDATE, 'AFTER', 'Deterrence', 'PREFERRED'),
    claims(READING, OF_UPDATE, 'AFTER', 'Pre-emptive strikes', 'NORMAL'),
    // Claims took any text once.
    claims(IN_WORDS, OF_UPDATE, 'EFFECTIVE_DATE', 'late 2024', 'PREFERRED'),
    claims(BY_NAME, OF_UPDATE, 'SPEAKER', 'Vladimir Putin', 'NORMAL'),
  ],
};

type Snapshot = typeof addressLinked | typeof withdrawal | typeof update;

const developmentRow = (
  id: string,
  { slug, headline, summary, occurred, confidence, detail }: Snapshot,
  rest: { status: string; disputed: boolean; revision: number; published_at: string | null },
) => ({
  id,
  slug,
  kind: detail.kind,
  headline,
  summary,
  occurred_edtf: occurred.edtf,
  occurred_earliest: occurred.earliest,
  occurred_latest: occurred.latest,
  occurred_precision: occurred.precision,
  confidence,
  recorded_at: at(0),
  ...rest,
});

const revisionRow = (
  development_id: string,
  number: number,
  snapshot: object,
  status = 'PUBLISHED',
  minute = number,
) => ({
  development_id,
  number,
  snapshot,
  status,
  changed_fields: [],
  editor: 'ann',
  reason: null,
  recorded_at: at(minute),
});

/** The tables of the first migration with the rows of the record, in the order in which they refer to one another. */
const TABLES: Readonly<Record<string, readonly object[]>> = {
  source: [
    { id: ARTICLE, slug: 'article', title: 'Article', reliability: 'F', recorded_at: at(0) },
    { id: TRANSCRIPT, slug: 'transcript', title: 'Transcript', reliability: 'B', recorded_at: at(0) },
  ],
  actor: [
    { id: PUTIN, slug: 'vladimir-putin', kind: 'PERSON', name: 'Vladimir Putin', recorded_at: at(0) },
    { id: RUSSIA, slug: 'russia', kind: 'STATE', name: 'Russia', recorded_at: at(0) },
  ],
  topic: [{ id: TOPIC, slug: 'missiles', name: 'Missiles', recorded_at: at(0) }],
  doctrine: [{ id: DOCTRINE, slug: 'basic-principles', name: 'Basic Principles', recorded_at: at(0) }],
  development: [
    developmentRow(ADDRESS, addressLinked, {
      status: 'PUBLISHED',
      disputed: false,
      revision: 3,
      published_at: at(1),
    }),
    developmentRow(WITHDRAWAL, withdrawal, {
      status: 'RETRACTED',
      disputed: false,
      revision: 2,
      published_at: at(1),
    }),
    developmentRow(UPDATE, update, { status: 'DRAFT', disputed: true, revision: 1, published_at: null }),
  ],
  statement: [{ development_id: ADDRESS, kind: 'STATEMENT', translation: 'decision centers' }],
  event: [{ development_id: WITHDRAWAL, kind: 'EVENT', type: 'TREATY_ACTION' }],
  doctrine_change: [
    { development_id: UPDATE, kind: 'DOCTRINE_CHANGE', doctrine_id: DOCTRINE, change_type: 'AMENDED' },
  ],
  place: [{ id: PLACE, key: 'washington', name: 'Washington', country_code: 'US', precision: 'LOCALITY' }],
  event_place: [{ event_id: WITHDRAWAL, place_id: PLACE, ordinal: 0 }],
  event_quantity: [{ event_id: WITHDRAWAL, ordinal: 0, name: 'range', unit: 'km', low: 500, high: 5_500 }],
  participation: [
    { development_id: ADDRESS, actor_id: PUTIN, role: 'SPEAKER', ordinal: 0 },
    { development_id: ADDRESS, actor_id: RUSSIA, role: 'ON_BEHALF_OF', ordinal: 1 },
  ],
  development_topic: [{ development_id: ADDRESS, topic_id: TOPIC, ordinal: 0 }],
  citation: [
    {
      id: BY_TRANSCRIPT,
      development_id: ADDRESS,
      source_id: TRANSCRIPT,
      ordinal: 0,
      stance: 'SUPPORTS',
      credibility: 3,
    },
  ],
  claim: [
    {
      id: TRUE_DATE,
      development_id: ADDRESS,
      citation_id: BY_TRANSCRIPT,
      ordinal: 0,
      field: 'OCCURRED',
      value: '2019-02-20',
      rank: 'PREFERRED',
    },
  ],
  link: [{ from_id: ADDRESS, to_id: WITHDRAWAL, relation: 'RESPONDS_TO', ordinal: 0 }],
  external_id: [{ dataset: 'events', value: '17', development_id: WITHDRAWAL }],
  revision: [
    revisionRow(ADDRESS, 1, addressEntered),
    revisionRow(ADDRESS, 2, addressCorrected),
    revisionRow(ADDRESS, 3, addressLinked),
    revisionRow(WITHDRAWAL, 1, withdrawal),
    revisionRow(WITHDRAWAL, 2, withdrawal, 'RETRACTED'),
    revisionRow(UPDATE, 1, update, 'DRAFT'),
  ],
};

/** What the feed told, with the minute: before the third entry the clock was set back. */
const TOLD = [
  [ADDRESS, 1, 'PUBLISHED', 1],
  [WITHDRAWAL, 1, 'PUBLISHED', 9],
  [ADDRESS, 2, 'REVISED', 2],
  [ADDRESS, 3, 'REVISED', 10],
  [WITHDRAWAL, 2, 'RETRACTED', 11],
] as const;

/** Fills the tables of the first migration: a statement that was renamed, an event that was retracted, a draft. */
export async function insertOldRecord(pool: Pool): Promise<void> {
  const insert = (table: string, rows: readonly object[]) =>
    pool.query(`INSERT INTO "${table}" SELECT * FROM jsonb_populate_recordset(NULL::"${table}", $1)`, [
      JSON.stringify(rows),
    ]);
  for (const [table, rows] of Object.entries(TABLES)) await insert(table, rows);
  const { rows } = await pool.query<{ epoch: string }>('SELECT epoch FROM feed_head');
  await insert(
    'feed_entry',
    TOLD.map(([development_id, revision, change, minute], index) => ({
      position: index + 1,
      epoch: rows[0]?.epoch,
      development_id,
      revision,
      change,
      recorded_at: at(minute),
    })),
  );
  await pool.query(`UPDATE feed_head SET position = ${TOLD.length}`);
}
