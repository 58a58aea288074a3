import { expect } from 'vitest';
import { feedHead, toldSince } from '../../support/feed-items.js';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import { expectWhole, mutate } from '../../support/writes.js';
import { change, recordMany } from './bulk-client.js';
import { editorToken, recordDraft, send } from './desk-client.js';

const at = (slugs: readonly string[], revision: number) => slugs.map((slug) => [slug, revision] as const);

describeWithDatabase('a bulk change', () => {
  test('adds and removes topics, as one act in the order of its items, and is undone', async ({ server }) => {
    await mutate(server, 'upsertTopic', { slug: 'tests', name: 'Tests' });
    const slugs = await recordMany(server, 6, { publish: true });
    const order = [3, 0, 5, 1, 4, 2].map((index) => slugs[index] ?? '');
    const head = await feedHead(server);
    const jo = await editorToken(server, 'Jo');
    const options = { reason: 'Sorted.', token: jo };
    const added = await change(server, at(order, 1), { addTopics: ['tests'] }, options);
    expect(added).toMatchObject({ changed: 6, unchanged: 0, failed: 0, bulk: { count: 6, editor: 'Jo' } });
    expect(added.items.map(({ slug }: any) => slug)).toEqual(order);
    const told = await toldSince(server, head, 'slug topics { slug }');
    expect(told.map(({ development }) => development)).toEqual(
      order.map((slug) => ({ slug, topics: [{ slug: 'tests' }] })),
    );
    const { development } = await server.data<any>(
      `{ development(slug: "${slugs[0]}") { revisions(first: 1) { nodes { act editor reason changedFields } } } }`,
    );
    expect(development.revisions.nodes).toEqual([
      { act: `bulk:${added.bulk.key}`, editor: 'Jo', reason: 'Sorted.', changedFields: ['topics'] },
    ]);
    expect(await change(server, at(order, 2), { addTopics: ['tests'] })).toMatchObject({
      changed: 0,
      unchanged: 6,
      bulk: null,
      cursor: null,
    });
    await send(server, 'reviseStatement', { slug: slugs[0], summary: 'Edited since.' }, '__typename', jo);
    const undone = await send(server, 'undoBulk', { bulk: added.bulk.key }, 'items { slug outcome reason }');
    const of = (slug: string | undefined) => undone.items.find((item: any) => item.slug === slug);
    expect(of(slugs[0])).toEqual({ slug: slugs[0], outcome: 'KEPT', reason: 'changed since by Jo' });
    expect(of(slugs[1])).toEqual({ slug: slugs[1], outcome: 'REVERTED', reason: null });
    const again = await send(server, 'undoBulk', { bulk: added.bulk.key }, 'items { slug outcome }');
    expect(again.items.filter(({ outcome }: any) => outcome === 'UNDONE_BEFORE')).toHaveLength(5);
    const acts = await server.data<any>('{ bulkActs { key count undoneBy action } }');
    expect(acts.bulkActs).toEqual([
      { key: added.bulk.key, count: 6, undoneBy: 'ADMIN_TOKEN', action: { addTopics: ['tests'] } },
    ]);
    const removed = await change(server, at([slugs[0] ?? ''], 3), { removeTopics: ['tests'] });
    expect(removed).toMatchObject({ changed: 1 });
    await expectWhole(server);
  });

  test('regrades in one act what the answer of a regraded source lists', async ({ server }) => {
    const source = { slug: 'doubted', title: 'Doubted' };
    await mutate(server, 'upsertSource', { ...source, reliability: 'B' });
    const citations = [{ source: 'doubted', credibility: 2 }];
    const drafts = await recordMany(server, 1, { publish: false, citations });
    const slugs = await recordMany(server, 2, { publish: true, citations });
    await recordMany(server, 1, { publish: true, citations: [{ source: 'doubted', credibility: 6 }] });
    const gone = await recordMany(server, 1, { publish: true, citations });
    await mutate(server, 'retractDevelopment', { slug: gone[0], reason: 'Wrong' });
    const save = async (reliability: string, first = 500) => {
      const fields = 'derivedConfidence development { slug revision derivedConfidence }';
      const { it } = await server.data<any>(
        `mutation { it: upsertSource(input: { slug: "doubted", title: "Doubted", reliability: ${reliability} }) {
          ... on UpsertSourceSuccess { regraded(first: ${first}) { ${fields} } }
        } }`,
      );
      return it.regraded;
    };
    expect(await save('A')).toEqual([]);
    const listed = await save('E');
    expect(listed).toEqual(
      [slugs[1], slugs[0], drafts[0]].map((slug) => ({
        derivedConfidence: 'LOW',
        development: { slug, revision: 1, derivedConfidence: 'MODERATE' },
      })),
    );
    expect(await save('E', 1)).toEqual(listed.slice(0, 1));
    const items = listed.map(({ development }: any) => [development.slug, development.revision]);
    expect(await change(server, items, { regrade: {} }, { reason: 'Doubted.' })).toMatchObject({
      changed: 3,
      failed: 0,
    });
    expect(await save('E')).toEqual([]);
  });

  test('changes sources and grades, and derives the confidence again', async ({ server }) => {
    await mutate(server, 'upsertSource', { slug: 'good', title: 'Good', reliability: 'A' });
    await mutate(server, 'upsertSource', { slug: 'poor', title: 'Poor', reliability: 'F' });
    const citations = [{ source: 'poor', credibility: 2 }];
    const slugs = await recordMany(server, 3, { publish: true, citations });
    const read = async () => {
      const { data } = await server.request<any>(
        `{ development(slug: "${slugs[0]}") { confidence citations { source { slug } credibility } } }`,
      );
      return data.development;
    };
    expect(await read()).toMatchObject({ confidence: 'LOW' });
    await change(server, at(slugs, 1), { changeSource: { from: 'poor', to: 'good' } });
    expect(await read()).toEqual({
      confidence: 'MODERATE',
      citations: [{ source: { slug: 'good' }, credibility: 2 }],
    });
    await change(server, at(slugs, 2), { regrade: { source: 'good', credibility: 1 } });
    expect(await read()).toMatchObject({ confidence: 'HIGH', citations: [{ credibility: 1 }] });
    // The source is graded down. Developments follow when they are regraded.
    await mutate(server, 'upsertSource', { slug: 'good', title: 'Good', reliability: 'D' });
    expect(await read()).toMatchObject({ confidence: 'HIGH' });
    expect(await change(server, at(slugs, 3), { regrade: {} })).toMatchObject({ changed: 3 });
    expect(await read()).toMatchObject({ confidence: 'LOW' });
    expect(await change(server, at(slugs, 4), { regrade: {} })).toMatchObject({ changed: 0, unchanged: 3 });
    await expectWhole(server);
  });

  test('publishes drafts, which its undo withdraws, and retracts for good', async ({ server }) => {
    const drafts = await recordMany(server, 3);
    const published = await change(server, at(drafts, 1), { publish: true });
    expect(published).toMatchObject({
      changed: 3,
      items: [{ revision: 2 }, { revision: 2 }, { revision: 2 }],
    });
    const undone = await send(server, 'undoBulk', { bulk: published.bulk.key }, 'items { outcome }');
    expect(undone.items.map(({ outcome }: any) => outcome)).toEqual(Array(3).fill('RETRACTED'));
    const others = await recordMany(server, 2, { publish: true });
    expect(await change(server, at(others, 1), { retract: true })).toMatchObject({
      code: 'INVALID_INPUT',
      path: 'reason',
    });
    const retracted = await change(server, at(others, 1), { retract: true }, { reason: 'Withdrawn.' });
    expect(retracted).toMatchObject({ changed: 2 });
    const kept = await send(server, 'undoBulk', { bulk: retracted.bulk.key }, 'items { outcome reason }');
    const final = { outcome: 'KEPT', reason: 'retracted by the bulk change, and a retraction is final' };
    expect(kept.items).toEqual([final, final]);
    await expectWhole(server);
  });

  test('is refused whole for what fails, or skips it, as its preview says', async ({ server }) => {
    await mutate(server, 'upsertTopic', { slug: 'tests', name: 'Tests' });
    const [good, retracted, revised] = await recordMany(server, 3, { publish: true });
    await send(server, 'retractDevelopment', { slug: retracted, reason: 'Wrong.' }, '__typename');
    await send(server, 'reviseStatement', { slug: revised, summary: 'Edited.' }, '__typename');
    const items = at([good ?? '', retracted ?? '', revised ?? '', 'nowhere'], 1).map(([slug, revision]) =>
      slug === retracted ? ([slug, 2] as const) : ([slug, revision] as const),
    );
    const input = {
      items: items.map(([slug, expectedRevision]) => ({ slug, expectedRevision })),
      action: { addTopics: ['tests'] },
    };
    const { bulkPreview } = await server.data<any>(
      `query ($input: BulkPreviewInput!) { bulkPreview(input: $input) {
        changing unchanged failing
        items { slug outcome revision failure { code } changes { field before after } development { headline } }
      } }`,
      { input },
    );
    expect(bulkPreview).toMatchObject({ changing: 1, unchanged: 0, failing: 3 });
    expect(bulkPreview.items).toMatchObject([
      {
        slug: good,
        outcome: 'CHANGES',
        revision: 2,
        changes: [{ field: 'topics', before: null, after: ['tests'] }],
      },
      { slug: retracted, outcome: 'FAILS', revision: 2, failure: { code: 'WRONG_STATUS' }, changes: [] },
      { slug: revised, outcome: 'FAILS', revision: 2, failure: { code: 'REVISION_CONFLICT' } },
      {
        slug: 'nowhere',
        outcome: 'FAILS',
        revision: null,
        failure: { code: 'UNKNOWN_SLUG' },
        development: null,
      },
    ]);
    const head = await feedHead(server);
    const refused = await change(server, items, input.action);
    expect(refused).toMatchObject({ code: 'BULK_REFUSED', path: 'items' });
    expect(refused.failing.map(({ failure }: any) => failure.code)).toEqual([
      'WRONG_STATUS',
      'REVISION_CONFLICT',
      'UNKNOWN_SLUG',
    ]);
    expect(await feedHead(server)).toBe(head);
    const done = await change(server, items, input.action, { skipFailing: true });
    expect(done).toMatchObject({ changed: 1, failed: 3, bulk: { count: 1 } });
    expect(done.items.map(({ outcome }: any) => outcome)).toEqual(['CHANGES', 'FAILS', 'FAILS', 'FAILS']);
    await expectWhole(server);
  });

  test('refuses inputs that make no sense, and repeats one with its key once', async ({ server }) => {
    const slug = await publishStatement(server, 'One');
    const draft = await recordDraft(server, 'Without a citation');
    const path = async (items: readonly (readonly [string, number])[], action: object) =>
      (await change(server, items, action)).path;
    expect(await path([], { retract: true })).toBe('items');
    expect(await path(at([slug, slug], 1), { regrade: {} })).toBe('items');
    expect(await path(at([slug], 1), { addTopics: [] })).toBe('action.addTopics');
    expect(await path(at([slug], 1), { publish: false })).toBe('action.publish');
    expect(await path(at([slug], 1), { regrade: { credibility: 7 } })).toBe('action.regrade.credibility');
    expect(await path(at([slug], 0), { regrade: {} })).toBe('items.0.expectedRevision');
    expect(await change(server, at([slug], 1), { addTopics: ['nowhere'] })).toMatchObject({
      code: 'UNKNOWN_SLUG',
      path: 'action.addTopics.0',
    });
    expect(await change(server, at([draft], 1), { publish: true })).toMatchObject({
      failing: [{ failure: { code: 'CITATION_REQUIRED' } }],
    });
    expect(await send(server, 'undoBulk', { bulk: 'x' }, '__typename')).toMatchObject({ path: 'bulk' });
    const unknown = '01890000-0000-7000-8000-000000000000';
    expect(await send(server, 'undoBulk', { bulk: unknown }, '__typename')).toMatchObject({
      code: 'UNKNOWN_BULK',
    });
    const once = () =>
      change(server, at([slug], 1), { retract: true }, { reason: 'Wrong.', idempotencyKey: 'once' });
    const [first, second] = [await once(), await once()];
    expect(first).toMatchObject({ changed: 1 });
    expect(second).toEqual(first);
    await expectWhole(server);
  });

  test('of two that race for the same developments, each development goes to one', async ({ server }) => {
    await mutate(server, 'upsertTopic', { slug: 'a', name: 'A' });
    await mutate(server, 'upsertTopic', { slug: 'b', name: 'B' });
    const slugs = await recordMany(server, 40, { publish: true });
    const race = (topic: string, order: readonly string[]) =>
      change(server, at(order, 1), { addTopics: [topic] }, { skipFailing: true });
    const results = await Promise.all([
      race('a', slugs),
      race('b', slugs.toReversed()),
      race('a', slugs.toSorted()),
      race('b', slugs.slice(20)),
    ]);
    expect(results.reduce((sum, { changed }) => sum + changed, 0)).toBe(40);
    for (const { items } of results) {
      for (const { outcome, failure } of items) {
        if (outcome === 'FAILS') expect(failure.code).toBe('REVISION_CONFLICT');
      }
    }
    await expectWhole(server);
  });
});
