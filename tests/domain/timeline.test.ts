import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../src/database/open.js';
import { NO_EARLIEST, NO_LATEST } from '../../src/domain/dates/fuzzy-date.js';
import { countTimeline, type Interval, type TimelineBucket } from '../../src/domain/timeline.js';
import { Prisma } from '../../src/generated/prisma/client.js';
import { DevelopmentKind } from '../../src/generated/prisma/enums.js';
import { createDatabase } from '../support/database.js';
import { runs } from '../support/random/runs.js';

interface Row {
  readonly kind: DevelopmentKind;
  readonly earliest: string;
  readonly latest: string;
}

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
const timeOf = (day: string) => Date.parse(`${day}T00:00:00Z`);
const A_DAY = 86_400_000;

/** First and last days of years, leap years, and ISO weeks that belong to another year. */
const edges = fc.constantFrom(
  ...['1000-01-01', '1000-01-05', '1000-12-31', '9998-01-01', '9998-12-28', '9998-12-31'],
  ...['2018-12-30', '2018-12-31', '2019-01-01', '2019-12-29', '2019-12-30', '2020-01-05', '2020-01-06'],
  ...['2020-02-28', '2020-02-29', '2020-03-01', '2020-12-27', '2020-12-28', '2020-12-31', '2021-01-03'],
  ...['2011-12-29', '2011-12-30', '2011-12-31', '1900-02-28', '1900-03-01', '2000-02-29'],
);
const days = fc.oneof(
  edges,
  fc
    .integer({ min: timeOf('2018-12-01') / A_DAY, max: timeOf('2021-02-01') / A_DAY })
    .map((day) => dayOf(day * A_DAY)),
  fc
    .integer({ min: timeOf('1000-01-01') / A_DAY, max: timeOf('9998-12-31') / A_DAY })
    .map((day) => dayOf(day * A_DAY)),
);

/** Lengths in days that just fit or just exceed a week, month or year. */
const lengths = fc.oneof(fc.constantFrom(0, 1, 5, 6, 7, 27, 28, 29, 30, 31, 364, 365, 366), fc.nat(4_000));

const rows: fc.Arbitrary<Row> = fc
  .record({
    kind: fc.constantFrom(...Object.values(DevelopmentKind)),
    day: days,
    length: lengths,
    open: fc.constantFrom('neither', 'neither', 'neither', 'first', 'last', 'both'),
  })
  .map(({ kind, day, length, open }) => {
    const latest = dayOf(Math.min(timeOf(day) + length * A_DAY, timeOf('9998-12-31')));
    return {
      kind,
      earliest: open === 'first' || open === 'both' ? NO_EARLIEST : day,
      latest: open === 'last' || open === 'both' ? NO_LATEST : latest,
    };
  });

const select = (found: readonly Row[]) => Prisma.sql`
  SELECT * FROM unnest(
    ${found.map(({ kind }) => kind)}::"DevelopmentKind"[],
    ${found.map(({ earliest }) => earliest)}::date[],
    ${found.map(({ latest }) => latest)}::date[]
  ) AS row (kind, occurred_earliest, occurred_latest)`;

/** Finds the span that contains a day by stepping one day at a time. */
function spanOf(day: string, interval: Interval): { from: string; to: string } {
  const isFirst = {
    DAY: () => true,
    WEEK: (time: number) => new Date(time).getUTCDay() === 1,
    MONTH: (time: number) => dayOf(time).endsWith('-01'),
    YEAR: (time: number) => dayOf(time).endsWith('-01-01'),
  }[interval];
  let from = timeOf(day);
  while (!isFirst(from)) from -= A_DAY;
  let to = timeOf(day);
  while (!isFirst(to + A_DAY)) to += A_DAY;
  return { from: dayOf(from), to: dayOf(to) };
}

function countOneByOne(found: readonly Row[], interval: Interval): TimelineBucket[] {
  const buckets = new Map<string, TimelineBucket>();
  for (const { kind, earliest, latest } of found) {
    const { from, to } = earliest === NO_EARLIEST ? { from: null, to: null } : spanOf(earliest, interval);
    const key = `${from ?? ''} ${kind}`;
    const { count, certain } = buckets.get(key) ?? { count: 0, certain: 0 };
    const fits = to !== null && latest <= to;
    buckets.set(key, { from, to, kind, count: count + 1, certain: certain + (fits ? 1 : 0) });
  }
  return [...buckets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, bucket]) => bucket);
}

async function withDatabase(run: (opened: OpenDatabase) => Promise<void>): Promise<void> {
  await using database = await createDatabase();
  await using opened = await openDatabase(database.location);
  await run(opened);
}

test.each<Interval>(['DAY', 'WEEK', 'MONTH', 'YEAR'])(
  'per %s, the counts of the database match a count one by one and add up',
  async (interval) => {
    await withDatabase(async ({ db }) => {
      await fc.assert(
        fc.asyncProperty(fc.array(rows, { maxLength: 40 }), async (found) => {
          const counted = await countTimeline(db, select(found), interval);
          expect(counted).toEqual(countOneByOne(found, interval));
          expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(found.length);
          for (const { count, certain } of counted) expect(certain).toBeLessThanOrEqual(count);
        }),
        { seed: 20190802, numRuns: runs(200), examples: [[[]]] },
      );
    });
  },
);

test('a development counts in the span of its first day, as certain if its last day is in the same span', async () => {
  await withDatabase(async ({ db }) => {
    const found = [
      { kind: 'EVENT', earliest: '2019-02-20', latest: '2019-02-20' }, // a day
      { kind: 'EVENT', earliest: '2019-01-01', latest: '2019-12-31' }, // 2019
      { kind: 'EVENT', earliest: '2019-01-01', latest: '2020-02-29' }, // a season of 2019
      { kind: 'EVENT', earliest: '2019-08-01', latest: NO_LATEST }, // 2019-08/..
      { kind: 'STATEMENT', earliest: '2018-12-31', latest: '2019-01-01' }, // a night
      { kind: 'EVENT', earliest: NO_EARLIEST, latest: '2019-12-31' }, // ../2019
      { kind: 'EVENT', earliest: NO_EARLIEST, latest: NO_LATEST }, // XXXX
    ] as const;
    expect(await countTimeline(db, select(found), 'YEAR')).toEqual([
      { from: null, to: null, kind: 'EVENT', count: 2, certain: 0 },
      { from: '2018-01-01', to: '2018-12-31', kind: 'STATEMENT', count: 1, certain: 0 },
      { from: '2019-01-01', to: '2019-12-31', kind: 'EVENT', count: 4, certain: 2 },
    ]);
    expect(await countTimeline(db, select(found.slice(4, 5)), 'WEEK')).toEqual([
      { from: '2018-12-31', to: '2019-01-06', kind: 'STATEMENT', count: 1, certain: 1 },
    ]);
  });
});

test('spans do not depend on the time zone of the session', async () => {
  await withDatabase(async ({ db }) => {
    // Samoa had no 30 December 2011; Santiago's clocks go forward at midnight.
    const found = ['2011-12-29', '2011-12-30', '2011-12-31', '2019-09-08', '1000-01-01', '9998-12-31'].map(
      (day) => ({ kind: 'EVENT', earliest: day, latest: day }) as const,
    );
    for (const zone of ['Pacific/Apia', 'America/Santiago', 'Pacific/Kiritimati', 'UTC']) {
      await db.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT set_config('TimeZone', ${zone}, true)`;
        for (const interval of ['DAY', 'WEEK', 'MONTH', 'YEAR'] as const) {
          expect(await countTimeline(tx, select(found), interval)).toEqual(countOneByOne(found, interval));
        }
      });
    }
  });
});
