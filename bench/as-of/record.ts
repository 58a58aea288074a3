import type { Database } from '../../src/database/open.js';
import type { NewDevelopment } from '../../src/domain/development/write/record.js';
import {
  appendToFeed,
  encodeCursor,
  FIRST_HASH,
  readHead,
  recordInputs,
  recordMany,
  upsertActor,
  upsertSource,
  upsertTopic,
} from '../domain.js';

const ACTORS = 400;
const TOPICS = 40;
const SOURCES = 2_000;
const BATCH = 1_000;

/** Returns a number from 0 to below `below`, determined by the two arguments. */
function pick(index: number, salt: number, below: number): number {
  const mixed = Math.imul(index * 2_654_435_761 + salt * 40_503, 2_246_822_519) >>> 0;
  return ((mixed ^ (mixed >>> 13)) >>> 0) % below;
}

/** Picks an actor, half of the time one of the first 20. */
const skewed = (index: number, salt: number, of: number) =>
  pick(index, salt, 2) === 0 ? pick(index, salt + 1, 20) : pick(index, salt + 2, of);

/**
 * Fills an empty record with `count` generated developments, then two revisions of each.
 *
 * @returns The cursor after every second revision. Each development has changed since.
 */
export async function fillRecord(db: Database, count: number, log: (line: string) => void): Promise<string> {
  const writer = { db, editor: 'benchmark', wake: () => {} };
  for (let index = 0; index < ACTORS; index += 1)
    await upsertActor(writer, { slug: `actor-${index}`, name: `Actor ${index}`, kind: 'STATE' });
  for (let index = 0; index < TOPICS; index += 1)
    await upsertTopic(writer, { slug: `topic-${index}`, name: `Topic ${index}` });
  for (let index = 0; index < SOURCES; index += 1) {
    const publisher = `Publisher ${index % 100}`;
    await upsertSource(writer, {
      slug: `source-${index}`,
      title: `Source ${index}`,
      publisher,
      reliability: 'B',
    });
  }
  for (let start = 0; start < count; start += BATCH) {
    const items = Array.from({ length: Math.min(BATCH, count - start) }, (_, offset) =>
      generated(start + offset),
    );
    await inBatch(db, async (tx) => {
      const { feed } = await recordMany(tx, items, true, { editor: 'benchmark', reason: null });
      await appendToFeed(tx, feed);
    });
    if ((start / BATCH) % 20 === 0) log(`${start} of ${count} recorded`);
  }
  let past = '';
  for (const number of [2, 3]) {
    for (let start = 0; start < count; start += BATCH) await reviseBatch(db, number, start);
    if (number === 2) past = encodeCursor(await readHead(db));
    log(`revision ${number} of each written`);
  }
  await db.$executeRawUnsafe('VACUUM ANALYZE');
  return past;
}

function generated(index: number): NewDevelopment {
  const year = 1990 + pick(index, 1, 36);
  const month = String(1 + pick(index, 2, 12)).padStart(2, '0');
  const day = String(1 + pick(index, 3, 28)).padStart(2, '0');
  const occurred = [`${year}-${month}-${day}`, `${year}-${month}`, `${year}`][
    pick(index, 4, 10) % 3
  ] as string;
  const sentence = `Number ${index} of the generated developments, about topic and actor, in words of usual length. `;
  const actors = [
    ...new Set([skewed(index, 5, ACTORS), skewed(index, 9, ACTORS), skewed(index, 13, ACTORS)]),
  ];
  const sources = [
    ...new Set([pick(index, 20, SOURCES), pick(index, 21, SOURCES), pick(index, 22, SOURCES)]),
  ];
  return {
    kind: 'EVENT',
    fields: recordInputs.EVENT.parse({
      slug: `generated-${index}`,
      headline: `Generated development ${index}`,
      summary: sentence.repeat(3),
      occurred,
      type: 'EXERCISE',
      participants: actors.map((actor) => ({ actor: `actor-${actor}`, role: 'PARTICIPANT' })),
      topics: [`topic-${skewed(index, 17, TOPICS)}`],
      citations: sources.map((source, at) => ({
        source: `source-${source}`,
        credibility: 2,
        ...(at === 0 && { claims: [{ field: 'OCCURRED', value: occurred }] }),
      })),
    }),
  };
}

/** Revises a batch: a new headline, and another topic for every tenth development. */
async function reviseBatch(db: Database, number: number, start: number): Promise<void> {
  await inBatch(db, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      WITH revised AS (
        INSERT INTO revision (development_id, number, snapshot, status, changed_fields, editor, recorded_at)
        SELECT it.id, ${number}::int,
               jsonb_set(known.snapshot, '{headline}', to_jsonb((known.snapshot->>'headline') || ', revised')),
               'PUBLISHED', '{headline}', 'benchmark', now()
        FROM development AS it JOIN revision AS known ON known.development_id = it.id AND known.number = it.revision
        WHERE it.slug IN (SELECT 'generated-' || at FROM generate_series(${start}::int, ${start + BATCH - 1}::int) AS at)
        RETURNING development_id
      )
      UPDATE development SET revision = ${number}::int
      FROM revised WHERE development.id = revised.development_id
      RETURNING development.id::text AS id`;
    await appendToFeed(
      tx,
      rows.map(({ id }) => ({
        developmentId: id,
        revision: number,
        change: 'REVISED' as const,
        commitment: FIRST_HASH, // Of nothing: `verify` reports it.
      })),
    );
  });
}

type Batch = Parameters<Parameters<Database['$transaction']>[0]>[0];

const inBatch = (db: Database, work: (tx: Batch) => Promise<void>) =>
  db.$transaction(work, { timeout: 120_000 });
