import { expect } from 'vitest';
import { mergeDevelopments } from '../../../src/domain/merging/developments/merge-developments.js';
import { mergeReferences } from '../../../src/domain/merging/references/merge-references.js';
import { createToken } from '../../../src/domain/token.js';
import type { Writer } from '../../../src/domain/write.js';
import { feedHead, toldSince } from '../../support/feed-items.js';
import { describeWithDatabase, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { expectWhole, mutate, readDevelopment } from '../../support/writes.js';
import { makeActors, merge, undo } from './merge-client.js';

const EVENT = { summary: '', occurred: '2020-03-01', publish: true, type: 'TEST' };

/** Records an event with a citation of the page. */
const record = (server: TestServer, slug: string, more: object = {}) =>
  mutate(server, 'recordEvent', {
    ...{ ...EVENT, slug, headline: slug, citations: [{ source: 'source', locator: slug }] },
    ...more,
  });

const link = (server: TestServer, slug: string, to: string, relation = 'PART_OF', more: object = {}) =>
  mutate(server, 'linkDevelopments', { slug, to, relation, ...more });

const EVIDENCE = `status revision confidence disputed occurred { edtf }
  citations { source { slug } locator claims { field value rank } }
  links(direction: OUT) { relation to { slug } citation { locator } }
  retraction { reason successor { slug } }`;

const evidence = (server: TestServer, slug: string) => readDevelopment(server, slug, EVIDENCE);

describeWithDatabase('a merge of developments', () => {
  test('joins evidence and links, retracts the other with its successor, and is undone exactly', async ({
    server,
  }) => {
    await makeActors(server, {});
    const claim = (value: string, rank = 'NORMAL') => ({ field: 'OCCURRED', value, rank });
    const shared = { source: 'source', locator: 'p. 1', excerpt: 'It flew.' };
    await record(server, 'whole');
    await record(server, 'survivor', {
      citations: [{ ...shared, claims: [claim('2020-03-01', 'PREFERRED')] }],
    });
    await record(server, 'twin', {
      occurred: '2020-03-02',
      citations: [
        { ...shared, claims: [claim('2020-03-01'), claim('2020-03-02', 'PREFERRED')] },
        { source: 'source', locator: 'p. 2' },
      ],
    });
    const [, second] = (await readDevelopment(server, 'twin', 'citations { key }')).citations;
    await link(server, 'twin', 'whole', 'PART_OF', { citation: second.key });
    await link(server, 'survivor', 'twin', 'CONTRADICTS');
    await record(server, 'follower');
    await link(server, 'follower', 'twin', 'RESPONDS_TO');
    await record(server, 'drafted', { publish: false });
    await link(server, 'drafted', 'twin', 'SUPERSEDES');
    const slugs = ['survivor', 'twin', 'follower', 'drafted'];
    const before = await Promise.all(slugs.map((slug) => evidence(server, slug)));
    const head = await feedHead(server);
    const { preview } = await server.data<any>(`{
      preview: mergePreview(kind: DEVELOPMENT, from: "twin", into: "survivor") {
        developments drafts references fromRevision intoRevision obstacles { refusal }
        from { ... on Event { slug } } into { ... on Event { slug } }
        fields { field from into result isSame }
      }
    }`);
    expect(preview).toMatchObject({
      ...{ developments: 4, drafts: 1, references: 0, obstacles: [], fromRevision: 2, intoRevision: 2 },
      ...{ from: { slug: 'twin' }, into: { slug: 'survivor' } },
    });
    const field = (name: string) => preview.fields.find((it: any) => it.field === name);
    expect(field('occurred')).toEqual({
      ...{ field: 'occurred', from: '2020-03-02', into: '2020-03-01', result: '2020-03-01', isSame: false },
    });
    expect(field('citations').result).toHaveLength(2);
    expect(field('links').result).toEqual([{ to: 'whole', relation: 'PART_OF', note: null }]);
    expect(field('kind')).toBeUndefined();
    expect(await feedHead(server)).toBe(head);

    const merged = await merge(server, 'mergeDevelopments', 'twin', 'survivor', {
      expectedRevisions: { from: preview.fromRevision, into: preview.intoRevision },
    });
    expect(merged).toMatchObject({
      development: { slug: 'survivor' },
      merge: { kind: 'DEVELOPMENT', from: { slug: 'twin' }, into: { slug: 'survivor' }, count: 4 },
    });
    expect(await evidence(server, 'survivor')).toMatchObject({
      ...{ status: 'PUBLISHED', revision: 3, disputed: true, occurred: { edtf: '2020-03-01' } },
      citations: [
        {
          locator: 'p. 1',
          claims: [
            { field: 'OCCURRED', value: '2020-03-01', rank: 'PREFERRED' },
            { field: 'OCCURRED', value: '2020-03-02', rank: 'NORMAL' },
          ],
        },
        { locator: 'p. 2', claims: [] },
      ],
      links: [{ relation: 'PART_OF', to: { slug: 'whole' }, citation: { locator: 'p. 2' } }],
    });
    expect(await evidence(server, 'twin')).toMatchObject({
      status: 'RETRACTED',
      retraction: { reason: 'One thing.', successor: { slug: 'survivor' } },
    });
    for (const slug of ['follower', 'drafted']) {
      expect((await evidence(server, slug)).links).toMatchObject([{ to: { slug: 'survivor' } }]);
    }
    const told = await toldSince(server, head);
    expect(told.map(({ __typename, development }) => [__typename, development.slug])).toEqual([
      ['DevelopmentRevised', 'follower'],
      ['DevelopmentRevised', 'survivor'],
      ['DevelopmentRetracted', 'twin'],
    ]);
    expect(await feedHead(server)).toBe(merged.cursor);
    await expectWhole(server);

    const undone = await undo(server, merged.merge.key);
    expect(undone.merge).toMatchObject({ key: merged.merge.key, undoneBy: 'ADMIN_TOKEN' });
    const after = await Promise.all(slugs.map((slug) => evidence(server, slug)));
    const withoutRevision = (some: any[]) => some.map((it) => ({ ...it, revision: 0 }));
    expect(withoutRevision(after)).toEqual(withoutRevision(before));
    const [last] = (await toldSince(server, merged.cursor)).slice(-1);
    expect(last).toMatchObject({ __typename: 'DevelopmentPublished', development: { slug: 'twin' } });
    expect(await feedHead(server)).toBe(undone.cursor);
    // The past stays as it was.
    const { development } = await server.data<any>(
      `query ($cursor: Cursor!) { development(slug: "twin", asOf: { cursor: $cursor }) { status } }`,
      { cursor: merged.cursor },
    );
    expect(development).toEqual({ status: 'RETRACTED' });
    await expectWhole(server);
    // It can be merged and undone again.
    const again = await merge(server, 'mergeDevelopments', 'twin', 'survivor');
    expect(await undo(server, again.merge.key)).toMatchObject({ merge: { undoneBy: 'ADMIN_TOKEN' } });
    await expectWhole(server);
  }, 180_000);

  test('is refused with the reason, which the preview says before', async ({ server }) => {
    await makeActors(server, {});
    await record(server, 'one');
    await record(server, 'other');
    await record(server, 'draft', { publish: false });
    await mutate(server, 'recordStatement', {
      ...{ slug: 'talk', headline: 'Talk', occurred: '2020', publish: true },
      citations: [{ source: 'source' }],
    });
    await record(server, 'between');
    await link(server, 'one', 'between');
    await link(server, 'between', 'other');
    const many = (from: number) =>
      Array.from({ length: 60 }, (_, index) => ({ source: 'source', locator: `p. ${from + index}` }));
    await record(server, 'many', { citations: many(0) });
    await record(server, 'more', { citations: many(100) });
    await record(server, 'gone');
    await mutate(server, 'retractDevelopment', { slug: 'gone', reason: 'Wrong.' });
    const refusal = async (from: string, into: string) => {
      const { preview } = await server.data<any>(
        `{ preview: mergePreview(kind: DEVELOPMENT, from: "${from}", into: "${into}") { obstacles { refusal text } } }`,
      );
      const refused = await merge(server, 'mergeDevelopments', from, into);
      expect(preview.obstacles[0]).toMatchObject({ refusal: refused.refusal });
      expect(refused.message).toBe(`Nothing was merged. ${preview.obstacles[0].text}`);
      return refused.refusal;
    };
    expect(await refusal('one', 'one')).toBe('SAME');
    expect(await refusal('draft', 'one')).toBe('NOT_PUBLISHED');
    expect(await refusal('one', 'draft')).toBe('NOT_PUBLISHED');
    expect(await refusal('one', 'gone')).toBe('NOT_PUBLISHED');
    expect(await refusal('one', 'talk')).toBe('OTHER_DEVELOPMENT_KIND');
    expect(await refusal('one', 'other')).toBe('LINK_CYCLE');
    expect(await refusal('other', 'one')).toBe('LINK_CYCLE');
    expect(await refusal('many', 'more')).toBe('TOO_MUCH_EVIDENCE');
    const conflict = await merge(server, 'mergeDevelopments', 'one', 'between', {
      expectedRevisions: { from: 1 },
    });
    expect(conflict).toMatchObject({ refusal: 'NEWER_REVISION', path: 'expectedRevisions.from' });
    expect(await merge(server, 'mergeDevelopments', 'nowhere', 'one')).toMatchObject({
      ...{ code: 'UNKNOWN_SLUG', path: 'from' },
    });
    await expectWhole(server);
  });

  test('is not undone once something that it changed was changed again, or what it refers to was merged', async ({
    server,
  }) => {
    await makeActors(server, {});
    for (const slug of ['one', 'other', 'third']) await record(server, slug);
    const first = await merge(server, 'mergeDevelopments', 'one', 'other');
    const second = await merge(server, 'mergeDevelopments', 'other', 'third');
    expect(await undo(server, first.merge.key)).toMatchObject({
      ...{ code: 'MERGE_UNDO_REFUSED' },
      changed: [{ slug: 'other', isDevelopment: true, reason: 'changed since by a merge of ADMIN_TOKEN' }],
    });
    await undo(server, second.merge.key);
    for (const slug of ['old', 'new']) await mutate(server, 'upsertTopic', { slug, name: `Topic ${slug}` });
    await undo(server, first.merge.key);
    await mutate(server, 'reviseEvent', { slug: 'one', topics: ['old'] });
    const third = await merge(server, 'mergeDevelopments', 'one', 'other');
    const topics = await merge(server, 'mergeTopics', 'old', 'new');
    // The retracted development keeps the merged topic, and could not be published with it.
    expect(await undo(server, third.merge.key)).toMatchObject({
      ...{ code: 'MERGE_UNDO_REFUSED' },
      changed: [{ slug: 'one', reason: 'not updated by a later merge of something it refers to' }],
    });
    await undo(server, topics.merge.key);
    expect(await undo(server, third.merge.key)).toMatchObject({ merge: { undoneBy: 'ADMIN_TOKEN' } });
    expect(await readDevelopment(server, 'one', 'status topics { slug }')).toEqual({
      ...{ status: 'PUBLISHED', topics: [{ slug: 'old' }] },
    });
    await expectWhole(server);
  });

  test('needs a second editor where the record requires review, or the override of an admin', async ({
    server,
  }) => {
    await makeActors(server, {});
    for (const slug of ['one', 'other']) await record(server, slug);
    await server.db.$executeRaw`UPDATE review_policy SET mode = 'REQUIRED'`;
    const [jo, al] = await Promise.all(
      ['Jo', 'Al'].map((name) => createToken(server.db, { name, role: 'EDITOR' })),
    );
    const mergeBy = (token: string | undefined, more: object = {}) =>
      merge(server, 'mergeDevelopments', 'one', 'other', { token, ...more });
    expect(await mergeBy(jo)).toMatchObject({ code: 'REVIEW_REQUIRED' });
    const { preview } = await server.data<any>(
      '{ preview: mergePreview(kind: DEVELOPMENT, from: "one", into: "other") { obstacles { refusal } } }',
    );
    expect(preview.obstacles).toEqual([{ refusal: 'REVIEW_REQUIRED' }]);
    await server.request(
      'mutation { judgeDuplicate(input: { kind: DEVELOPMENT, one: "one", other: "other", verdict: SAME }) { __typename } }',
      { token: al ?? '' },
    );
    const merged = await mergeBy(jo);
    expect(merged).toMatchObject({ merge: { editor: 'Jo' } });
    expect(await undo(server, merged.merge.key, jo)).toMatchObject({ code: 'REVIEW_REQUIRED' });
    expect(await undo(server, merged.merge.key, al)).toMatchObject({ merge: { undoneBy: 'Al' } });
    // The judgement of Al is about the two as they are again, so Al alone needs another editor.
    expect(await mergeBy(al)).toMatchObject({ merge: { editor: 'Al' } });
    await expectWhole(server);
  });

  test('by an admin alone has the reason in its revisions and in the audit', async ({ server }) => {
    await makeActors(server, { ann: 'Ann Lee', anne: 'Anne Lee' });
    const speaker = [{ actor: 'ann', role: 'SPEAKER' }];
    for (const slug of ['one', 'other']) {
      await mutate(server, 'recordStatement', {
        ...{ slug, headline: slug, occurred: '2020', publish: true, participants: speaker },
        citations: [{ source: 'source', locator: slug }],
      });
    }
    await server.db.$executeRaw`UPDATE review_policy SET mode = 'REQUIRED'`;
    const jo = await createToken(server.db, { name: 'Jo', role: 'EDITOR' });
    expect(
      await merge(server, 'mergeDevelopments', 'one', 'other', { token: jo, overrideReview: true }),
    ).toMatchObject({ code: 'INVALID_INPUT', path: 'overrideReview' });
    const merged = await merge(server, 'mergeDevelopments', 'one', 'other', { overrideReview: true });
    expect(merged).toMatchObject({ merge: { reason: 'One thing.' } });
    const actors = await merge(server, 'mergeActors', 'ann', 'anne', { overrideReview: true });
    const { development, audit } = await server.data<any>(`{
      development(slug: "one") { retraction { reason } }
      audit(first: 50) { nodes { act actor } }
    }`);
    expect(development.retraction.reason).toBe('Without review: One thing.');
    const overridden = audit.nodes.filter(({ act }: any) => act === 'OVERRIDDEN');
    // Both developments of the merge, and the survivor once more with its speaker.
    expect(overridden).toEqual(Array(3).fill({ act: 'OVERRIDDEN', actor: 'ADMIN_TOKEN' }));
    expect(await undo(server, actors.merge.key)).toMatchObject({ code: 'REVIEW_REQUIRED' });
    const override = { overrideReview: true, reason: 'Nobody else is there' };
    for (const { merge: made } of [actors, merged]) {
      expect(await undo(server, made.key, undefined, override)).toMatchObject({
        merge: { undoneBy: 'ADMIN_TOKEN' },
      });
    }
    await expectWhole(server);
  });

  test('revises a bounded number of developments', async ({ server }) => {
    await makeActors(server, { ann: 'Ann Lee', anne: 'Anne Lee' });
    for (const slug of ['one', 'other']) await record(server, slug);
    const names = ['a', 'b', 'c'];
    const participants = [{ actor: 'ann', role: 'PARTICIPANT' }];
    for (const slug of names) await record(server, slug, { participants });
    for (const slug of names) await link(server, slug, 'one', 'RESPONDS_TO');
    const writer: Writer = { db: server.db, editor: 'test', wake: () => {} };
    const input = { from: 'ann', into: 'anne', reason: 'One.' };
    const refused = (message: string) => ({
      refusal: 'TOO_MANY_DEVELOPMENTS',
      message: expect.stringContaining(message),
    });
    await expect(mergeReferences(writer, 'ACTOR', input, { most: 2 })).rejects.toMatchObject(
      refused('3 developments refer to "ann", and a merge revises at most 2.'),
    );
    const developments = { from: 'one', into: 'other', reason: 'One.' };
    await expect(mergeDevelopments(writer, developments, { most: 2 })).rejects.toMatchObject(
      refused('More than 2 developments link to "one", the most that a merge revises.'),
    );
    expect(await server.db.mergeAct.count()).toBe(0);
    await mergeReferences(writer, 'ACTOR', input, { most: 3 });
    await mergeDevelopments(writer, developments, { most: 3 });
    await expectWhole(server);
  });
});
