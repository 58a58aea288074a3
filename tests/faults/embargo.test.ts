import { expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { approveDraft } from '../../src/domain/review/acts.js';
import { createPostgres } from '../support/database.js';
import { CITED, MAKE_SOURCE } from '../support/example-source.js';
import { expectVerified } from '../support/expect-verified.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { post, serve } from '../support/processes/processes.js';

const RECORD = `mutation ($input: RecordStatementInput!) {
  it: recordStatement(input: $input) { ... on RecordStatementSuccess { development { slug } } } }`;
const SCHEDULE = `mutation ($input: SchedulePublicationInput!) {
  it: schedulePublication(input: $input) { __typename ... on Error { message } } }`;

const DRAFTS = 30;
const ROUNDS = 3;

describeWithDatabase('an embargo that ends while an instance is killed', () => {
  test('publishes each draft exactly once, with four eyes, and the record verifies', async () => {
    await using database = await createPostgres();
    if (database.location.kind !== 'postgres') throw new Error('Expected PostgreSQL.');
    const env = { DATABASE_URL: database.location.url, REVIEW: 'required' };
    await using lasting = await serve(env);
    await using opened = await openDatabase(database.location);
    const { db } = opened;
    const ben = { db, editor: 'ben', role: 'EDITOR', wake: () => {} } as const;
    await post(lasting.url, MAKE_SOURCE);
    for (let round = 0; round < ROUNDS; round += 1) {
      await using killed = await serve(env);
      const slugs = Array.from({ length: DRAFTS }, (_, index) => `round-${round}-draft-${index}`);
      for (const slug of slugs) {
        await post(killed.url, RECORD, { input: { slug, headline: slug, occurred: '2026', ...CITED } });
        await approveDraft(ben, slug, { expectedRevision: 1 });
      }
      const publishAt = new Date(Date.now() + 15_000).toISOString();
      for (const slug of slugs) {
        const { it } = await post(killed.url, SCHEDULE, { input: { slug, publishAt } });
        expect(it.__typename, it.message).toBe('SchedulePublicationSuccess');
      }
      const entries = () => db.feedEntry.count({ where: { development: { slug: { in: slugs } } } });
      expect(await entries()).toBe(0);
      // One instance dies with the first publication, in the middle of another one or between two.
      await vi.waitUntil(async () => (await entries()) > 0, { timeout: 60_000, interval: 1 });
      killed.child.kill('SIGKILL');
      await vi.waitUntil(async () => (await entries()) >= DRAFTS, { timeout: 60_000 });
      const published = await db.feedEntry.findMany({
        where: { development: { slug: { in: slugs } } },
        select: { developmentId: true, change: true, recordedAt: true },
      });
      expect(new Set(published.map(({ developmentId }) => developmentId)).size).toBe(DRAFTS);
      expect(published).toHaveLength(DRAFTS);
      for (const { change, recordedAt } of published) {
        expect(change).toBe('PUBLISHED');
        expect(recordedAt.getTime()).toBeGreaterThanOrEqual(Date.parse(publishAt));
      }
      expect(await db.review.count({ where: { state: 'SCHEDULED' } })).toBe(0);
    }
    await expectVerified(db);
  });
});
