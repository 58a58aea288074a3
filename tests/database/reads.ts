import { describe, expect, test } from 'vitest';
import { type ReadOptions, read } from '../../src/database/read.js';
import { Prisma } from '../../src/generated/prisma/client.js';
import { openTestDatabase } from './suites.js';

const { sql } = Prisma;

const VALUES = {
  big: ['9007199254740993::bigint', 9007199254740993n],
  count: ['7::int', 7],
  share: ['0.25::float8', 0.25],
  flag: ['true', true],
  nothing: ['NULL::text', null],
  words: [`'Ноябрь 1987'`, 'Ноябрь 1987'],
  day: [`'1987-12-08'::date`, new Date('1987-12-08')],
  instant: [`'1987-12-08 14:00:00.123+03'::timestamptz`, new Date('1987-12-08T11:00:00.123Z')],
  json: [`'{"a": [1, "b", null]}'::jsonb`, { a: [1, 'b', null] }],
  texts: [`ARRAY['a', 'b,c', '"']`, ['a', 'b,c', '"']],
  uuids: [`ARRAY['018f2f6e-0000-7000-8000-000000000001']::uuid[]`, ['018f2f6e-0000-7000-8000-000000000001']],
  numbers: ['ARRAY[1, 2]', [1, 2]],
} as const;

/** The suite that runs on the embedded database (tests/database) and on PostgreSQL (tests/services). */
export function describeReads(): void {
  describe('a read', () => {
    const columns = Object.entries(VALUES).map(([name, [expression]]) => `${expression} AS "${name}"`);
    const select = Prisma.raw(`SELECT ${columns.join(', ')}`);
    const expected = Object.fromEntries(Object.entries(VALUES).map(([name, [, value]]) => [name, value]));

    test('returns the same values inside and outside transactions', async () => {
      await using opened = await openTestDatabase();
      expect(await read(opened.db, select)).toEqual([expected]);
      expect(await opened.db.$transaction((tx) => read(tx, select))).toEqual([expected]);
    });

    test.for<[string, ReadOptions]>([
      ['a prepared', { prepared: true }],
      ['an unprepared', {}],
    ])('sends the parameters of %s statement unchanged, every time', async ([, options]) => {
      await using opened = await openTestDatabase();
      for (const day of [8, 9]) {
        const instant = new Date(Date.UTC(1987, 11, day, 0, 30));
        const statement = sql`
          SELECT ${instant}::timestamptz AS instant, ${9007199254740993n}::bigint AS big,
                 ${['a', 'b,c']}::text[] AS texts, ${null}::text AS nothing, ${{ a: day }}::jsonb AS json`;
        const row = {
          ...{ instant, big: 9007199254740993n, texts: ['a', 'b,c'], nothing: null, json: { a: day } },
        };
        expect(await read(opened.db, statement, options)).toEqual([row]);
        expect(await opened.db.$transaction((tx) => read(tx, statement, options))).toEqual([row]);
      }
    });

    test('returns instants that JavaScript cannot parse', async () => {
      await using opened = await openTestDatabase();
      const ides = sql`SELECT '0044-03-15 00:00+00 BC'::timestamptz AS day`;
      expect(await read(opened.db, ides)).toEqual([{ day: new Date('-000043-03-15T00:00:00Z') }]);
    });

    test('sees rows written in its transaction, and none of them after a rollback', async () => {
      await using opened = await openTestDatabase();
      const count = sql`SELECT count(*)::int AS count FROM topic`;
      const rollBack = new Error('Roll back.');
      const write = opened.db.$transaction(async (tx) => {
        await tx.topic.create({ data: { slug: 'one', name: 'One' } });
        expect(await read(tx, count)).toEqual([{ count: 1 }]);
        throw rollBack;
      });
      await expect(write).rejects.toBe(rollBack);
      expect(await read(opened.db, count)).toEqual([{ count: 0 }]);
    });

    test('is reported to listeners once, like other statements', async () => {
      await using opened = await openTestDatabase();
      const seen: string[] = [];
      const stop = opened.db.onStatement(({ query }) => seen.push(query));
      await read(opened.db, sql`SELECT 1`);
      await opened.db.$transaction((tx) => read(tx, sql`SELECT 2`));
      await opened.db.topic.findMany();
      stop();
      await read(opened.db, sql`SELECT 3`);
      expect(seen.slice(0, 3)).toEqual(['SELECT 1', 'SELECT 2', 'COMMIT']);
      expect(seen.slice(3)).toEqual([expect.stringContaining('topic')]);
    });

    test('rejects with the error code of the database', async () => {
      await using opened = await openTestDatabase();
      await expect(read(opened.db, sql`SELECT 1 / 0`)).rejects.toMatchObject({ code: '22012' });
    });
  });
}
