import { expect, vi } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { createPeople, draftBy } from '../api/review/fixtures.js';
import { createBarePostgres } from '../support/database.js';
import { expectVerified } from '../support/expect-verified.js';
import { describeWithDatabase, test } from '../support/fixtures.js';
import { startTestServer } from '../support/server.js';

const WAIT = { timeout: 120_000, interval: 100 };

/**
 * Gives the database a clock that a test sets: the functions of this schema are found before those of PostgreSQL. It reads
 * three hours later from one reading to another one, by number.
 */
const CLOCK = `
  CREATE SCHEMA clock;
  CREATE SEQUENCE clock.reading;
  CREATE TABLE clock.jump (first bigint NOT NULL, last bigint NOT NULL);
  CREATE FUNCTION clock.clock_timestamp() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
  DECLARE
    reading bigint := nextval('clock.reading');
  BEGIN
    RETURN pg_catalog.clock_timestamp()
      + CASE WHEN EXISTS (SELECT FROM clock.jump WHERE reading BETWEEN first AND last) THEN interval '3 hours' ELSE '0' END;
  END
  $$`;

const JUMP = 'INSERT INTO clock.jump SELECT last_value + 1, last_value + 5 FROM clock.reading';

describeWithDatabase('an embargo on a database whose clock jumps', () => {
  test('does not end before its time, and those that follow end', async () => {
    await using database = await createBarePostgres();
    {
      await using opened = await openDatabase(database.location);
      await opened.pool.query(CLOCK);
      const name = new URL(database.location.url).pathname.slice(1);
      await opened.pool.query(`ALTER DATABASE ${name} SET search_path = clock, public, pg_catalog`);
    }
    await using server = await startTestServer(database.location, { REVIEW: 'required' });
    const { ann, ben, reader } = await createPeople(server);
    /** Returns a draft that is published so many milliseconds after its approval. */
    const scheduled = async (milliseconds: number) => {
      const slug = await draftBy(ann);
      await ben.act('approve', { slug, expectedRevision: 1 });
      const { development } = await ann.act('schedulePublication', {
        slug,
        publishAt: new Date(Date.now() + milliseconds).toISOString(),
      });
      expect(development.review).toMatchObject({ state: 'SCHEDULED' });
      return slug;
    };
    const published = async (slug: string) =>
      (await reader.read(`{ development(slug: "${slug}") { status } }`))['development'] !== null;
    const jumps = () =>
      server.logged.flatMap(({ msg, seconds }) =>
        msg.startsWith('the clock jumped') ? [Math.sign(Number(seconds))] : [],
      );

    const distant = await scheduled(3_600_000);
    await server.db.$executeRawUnsafe(JUMP);
    await vi.waitUntil(() => jumps().length >= 2, WAIT);
    expect(jumps()).toEqual([1, -1]);
    expect(await published(distant)).toBe(false);

    const next = await scheduled(10_000);
    await vi.waitUntil(() => published(next), WAIT);
    expect(await published(distant)).toBe(false);
    expect(await server.db.feedEntry.count({ where: { developmentId: { not: null } } })).toBe(1);
    // It verifies in a read-only transaction, and this clock counts its readings.
    await server.db.$executeRaw`DROP FUNCTION clock.clock_timestamp()`;
    await expectVerified(server.db);
  }, 300_000);
});
