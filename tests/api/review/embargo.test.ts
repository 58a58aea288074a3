import { expect, vi } from 'vitest';
import { createSteadyClock } from '../../../src/domain/review/steady-clock.js';
import { createDatabase } from '../../support/database.js';
import { expectVerified } from '../../support/expect-verified.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { startTestServer } from '../../support/server.js';
import { createPeople, draftBy, type Person, test } from './fixtures.js';

const soon = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

const isPublished = async ({ read }: Person, slug: string) =>
  (await read(`{ development(slug: "${slug}") { status } }`))['development']?.status === 'PUBLISHED';

describeWithDatabase('an embargo', () => {
  test('ends at its instant, once, and readers learn nothing before', async ({
    strict,
    people: { ann, ben, reader },
  }) => {
    const slug = await draftBy(ann);
    expect(await ann.act('schedulePublication', { slug, publishAt: soon(60_000) })).toMatchObject({
      code: 'REVIEW_REQUIRED',
    });
    await ben.act('approve', { slug, expectedRevision: 1 });
    const later = soon(3_600_000);
    const scheduled = await ann.act('schedulePublication', { slug, publishAt: later });
    expect(scheduled['development'].review).toMatchObject({ state: 'SCHEDULED', publishAt: later });
    const calendar = await ben.read(
      '{ drafts(state: [SCHEDULED], orderBy: { field: PUBLISH_AT, direction: ASC }) { nodes { slug } } }',
    );
    expect(calendar['drafts'].nodes).toContainEqual({ slug });
    expect(await isPublished(reader, slug)).toBe(false);
    const publishAt = soon(4_000);
    await ann.act('schedulePublication', { slug, publishAt });
    await vi.waitUntil(() => isPublished(reader, slug), 30_000);
    const [entry, ...others] = await strict.db.feedEntry.findMany({ where: { development: { slug } } });
    expect(others).toEqual([]);
    expect(entry?.recordedAt.getTime()).toBeGreaterThanOrEqual(new Date(publishAt).getTime());
    await expectVerified(strict.db);
  });

  test('is lifted by null', async ({ people: { ann, ben } }) => {
    const slug = await draftBy(ann);
    await ben.act('approve', { slug, expectedRevision: 1 });
    await ann.act('schedulePublication', { slug, publishAt: soon(60_000) });
    const lifted = await ann.act('schedulePublication', { slug, publishAt: null });
    expect(lifted['development'].review).toMatchObject({ state: 'APPROVED', publishAt: null });
  });

  test('that ended while no instance ran ends at the next start', async () => {
    await using database = await createDatabase();
    let slug = '';
    {
      await using server = await startTestServer(database.location);
      const { ann } = await createPeople(server);
      slug = await draftBy(ann);
      await ann.act('schedulePublication', { slug, publishAt: soon(60_000) });
      await server.db.$executeRaw`UPDATE review SET publish_at = now() - interval '1 hour'`;
      await server.db.$executeRaw`UPDATE review SET state = 'DRAFT' WHERE state = 'PUBLISHED'`;
    }
    await using server = await startTestServer(database.location);
    await vi.waitUntil(
      async () => (await server.data(`{ developments { totalCount } }`))['developments'].totalCount === 1,
      30_000,
    );
    expect(await server.db.feedEntry.count({ where: { developmentId: { not: null } } })).toBe(1);
    await expectVerified(server.db);
  });
});

test('a clock that jumps is not trusted for a while', () => {
  let passed = 0;
  const clock = createSteadyClock(() => passed);
  const read = (wall: number, asked = passed) => clock.note(new Date(wall), asked);
  expect(read(1_000_000)).toBe(0);
  expect(clock.isSteady()).toBe(true);
  passed = 1_000;
  expect(read(1_001_000)).toBe(0);
  passed = 2_000;
  expect(read(4_602_000)).toBe(3_600_000);
  expect(clock.isSteady()).toBe(false);
  passed = 10_000;
  expect(read(1_010_000)).toBe(-3_600_000);
  passed = 39_999;
  expect(clock.isSteady()).toBe(false);
  passed = 40_000;
  expect(clock.isSteady()).toBe(true);
});

test('a clock whose time comes late has not jumped, and one that jumps meanwhile is found out', () => {
  let passed = 0;
  const clock = createSteadyClock(() => passed);
  const read = (wall: number, asked: number) => clock.note(new Date(wall), asked);
  read(1_000_000, 0);
  passed = 5_000;
  expect(read(1_001_000, 1_000)).toBe(0); // It was right at once, and four seconds late here.
  expect(read(1_005_000, 5_000)).toBe(0);
  passed = 9_000;
  expect(read(1_009_000, 6_000)).toBe(0); // It was right just now.
  passed = 13_000;
  expect(read(1_003_000, 10_000)).toBe(-7_000);
  passed = 20_000;
  expect(read(1_020_000, 16_000)).toBe(7_000);
  expect(clock.isSteady()).toBe(false);
});
