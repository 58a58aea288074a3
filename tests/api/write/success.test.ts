import { isObjectType, isUnionType } from 'graphql';
import { expect } from 'vitest';
import { schema } from '../../../src/graphql/schema.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { newSlug, test } from '../../support/writes.js';

const FEED = `subscription ($after: Cursor) { feed(after: $after) {
  __typename
  ... on DevelopmentPublished { cursor development { slug } }
  ... on DevelopmentRevised { cursor development { slug } }
  ... on DevelopmentRetracted { cursor development { slug } }
} }`;

/** Sends a mutation and returns its success. */
async function succeed(server: TestServer, name: string, input: object, fields: string): Promise<any> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const { it } = await server.data(
    `mutation ($input: ${type}Input!) { it: ${name}(input: $input) { ... on ${type}Success { ${fields} } ... on Error { message } } }`,
    { input },
  );
  if (it.message) throw new Error(it.message);
  return it;
}

/** Returns the cursors of the items about a development, in order. */
async function cursorsOf(server: TestServer, slug: string, after: string): Promise<string[]> {
  const cursors: string[] = [];
  for await (const { data } of server.client().iterate<any>({ query: FEED, variables: { after } })) {
    if (data.feed.__typename === 'FeedCaughtUp') break;
    if (data.feed.development.slug === slug) cursors.push(data.feed.cursor);
  }
  return cursors;
}

const feedHead = async (server: TestServer) => (await server.data('{ feedHead }'))['feedHead'] as string;

describeWithDatabase('the success of a mutation', () => {
  test('carries the cursor that the feed sends with the change', async ({ record }) => {
    const after = await feedHead(record);
    const slug = newSlug();
    const cursors = [
      await succeed(
        record,
        'recordStatement',
        { slug, headline: 'A', occurred: '2020', publish: true, citations: [{ source: 'source' }] },
        'cursor',
      ),
      await succeed(record, 'reviseStatement', { slug, headline: 'B' }, 'cursor'),
      await succeed(record, 'addCitation', { slug, source: 'source' }, 'cursor'),
      await succeed(record, 'retractDevelopment', { slug, reason: 'Not so' }, 'cursor'),
    ].map(({ cursor }) => cursor);
    expect(cursors).toEqual([expect.any(String), expect.any(String), expect.any(String), expect.any(String)]);
    expect(await cursorsOf(record, slug, after)).toEqual(cursors);
  });

  test('has no cursor for drafts, and if nothing changed', async ({ record }) => {
    const slug = newSlug();
    expect(
      await succeed(record, 'recordStatement', { slug, headline: 'A', occurred: '2020' }, 'cursor'),
    ).toEqual({
      cursor: null,
    });
    const published = await publishStatement(record, 'B', { slug: newSlug() });
    const same = { slug: published, headline: 'B', idempotencyKey: published };
    for (const _ of ['once', 'again']) {
      expect(await succeed(record, 'reviseStatement', same, 'cursor development { revision }')).toEqual({
        cursor: null,
        development: { revision: 1 },
      });
    }
    const topic = { slug: 'new', name: 'New' };
    const created = await succeed(record, 'upsertTopic', topic, 'cursor revision topic { name }');
    expect(created).toEqual({
      cursor: (await record.data('{ feedHead }'))['feedHead'],
      revision: 1,
      topic: { name: 'New' },
    });
    expect(await succeed(record, 'upsertTopic', topic, 'cursor revision')).toEqual({
      cursor: null,
      revision: 1,
    });
  });

  test('is the same when a request is repeated with its key, after other changes too', async ({ record }) => {
    const slug = newSlug();
    const input = {
      ...{ slug, headline: 'A', occurred: '2020', publish: true, idempotencyKey: `${slug} recorded` },
      citations: [{ source: 'source' }],
    };
    const first = await succeed(record, 'recordStatement', input, 'cursor');
    const citation = { slug, source: 'source', idempotencyKey: `${slug} cited` };
    const added = await succeed(record, 'addCitation', citation, 'cursor citation { key }');
    await succeed(record, 'reviseStatement', { slug, headline: 'B' }, 'cursor');
    expect(await succeed(record, 'recordStatement', input, 'cursor')).toEqual(first);
    expect(await succeed(record, 'addCitation', citation, 'cursor citation { key }')).toEqual(added);

    await succeed(record, 'reviseStatement', { slug, citations: [{ source: 'source' }] }, 'cursor');
    expect(await succeed(record, 'addCitation', citation, 'cursor citation { key }')).toEqual({
      ...added,
      citation: null,
    });
  });

  test('has what the mutation made', async ({ record }) => {
    const slug = newSlug();
    const other = await publishStatement(record, 'Other', { slug: newSlug() });
    await publishStatement(record, 'A', { slug });
    const { citation } = await succeed(
      record,
      'addCitation',
      { slug, source: 'source', locator: 'p. 9' },
      'citation { key locator }',
    );
    expect(citation.locator).toBe('p. 9');

    const asserted = { slug, citation: citation.key, field: 'OCCURRED', value: '2021', note: 'Later' };
    const { claim } = await succeed(
      record,
      'assertClaim',
      asserted,
      'claim { key rank note citation { locator } }',
    );
    expect(claim).toMatchObject({ rank: 'NORMAL', note: 'Later', citation: { locator: 'p. 9' } });

    const ranked = { slug, claim: claim.key, rank: 'DEPRECATED', reason: 'A misprint' };
    for (const _ of ['once', 'again']) {
      expect(await succeed(record, 'rankClaim', ranked, 'claim { key rank }')).toEqual({
        claim: { key: claim.key, rank: 'DEPRECATED' },
      });
    }
    const link = { slug, to: other, relation: 'ANNOUNCES', note: 'As planned' };
    expect(
      await succeed(record, 'linkDevelopments', link, 'link { relation note from { slug } to { slug } }'),
    ).toEqual({
      link: { relation: 'ANNOUNCES', note: 'As planned', from: { slug }, to: { slug: other } },
    });
  });

  test('has one shape: <Name>Success with the object, the cursor and what was made', () => {
    const made: Record<string, string[]> = {
      addCitation: ['citation: Citation'],
      assertClaim: ['claim: Claim'],
      rankClaim: ['claim: Claim'],
      linkDevelopments: ['link: DevelopmentLink'],
      acceptProposal: ['proposal: Proposal!'],
      addNote: ['note: Note!', 'unknownMentions: [String!]!'],
      resolveNote: ['note: Note!'],
      setPresence: ['presence: [Presence!]!'],
    };
    /** All fields of mutations that do not change one object. */
    const others: Record<string, string[]> = {
      assignProposal: ['proposal: Proposal!'],
      rejectProposal: ['proposal: Proposal!'],
      withdrawProposal: ['proposal: Proposal!'],
      decideProposals: [
        ...['bulk: BulkAct', 'items: [DecidedProposal!]!', 'cursor: Cursor'],
        ...['accepted: Int!', 'rejected: Int!', 'failed: Int!'],
      ],
      bulkChange: [
        ...['bulk: BulkAct', 'items: [BulkItem!]!', 'cursor: Cursor'],
        ...['changed: Int!', 'unchanged: Int!', 'failed: Int!'],
      ],
      watchFeed: ['feed: WatchedFeed!'],
      updateWatchedFeed: ['feed: WatchedFeed!'],
      unwatchFeed: ['url: String!'],
      importOpml: ['added: [WatchedFeed!]!', 'alreadyWatched: [String!]!', 'refused: [String!]!'],
      addArticle: ['item: InboxItem!', 'isNew: Boolean!'],
      dismissInboxItems: ['items: [InboxItem!]!'],
      snoozeInboxItems: ['items: [InboxItem!]!'],
      dismissSuggestion: ['item: InboxItem!'],
      undoBulk: ['items: [UndoneItem!]!'],
      mergeActors: ['actor: Actor!', 'merge: Merge!', 'cursor: Cursor'],
      mergeDevelopments: ['development: Development!', 'merge: Merge!', 'cursor: Cursor'],
      mergeDoctrines: ['doctrine: Doctrine!', 'merge: Merge!', 'cursor: Cursor'],
      mergeSources: ['source: Source!', 'merge: Merge!', 'cursor: Cursor'],
      mergeTopics: ['topic: Topic!', 'merge: Merge!', 'cursor: Cursor'],
      mergeWeaponSystems: ['weaponSystem: WeaponSystem!', 'merge: Merge!', 'cursor: Cursor'],
      undoMerge: ['merge: Merge!', 'cursor: Cursor'],
      judgeDuplicate: ['judgement: DuplicateJudgement!', 'cursor: Cursor'],
      markMentionsRead: ['marked: Int!'],
      erase: [
        ...['development: Development', 'reference: Reference', 'revisions: Int!', 'notes: Int!'],
        ...['developments: Int!', 'cursor: Cursor'],
      ],
      requestErasure: [
        ...['confirmationCode: String!', 'expiresAt: DateTime!', 'target: ErasureTarget!', 'cursor: Cursor'],
        ...['ground: ErasureGround!', 'slug: String!', 'title: String!', 'revisions: Int!', 'notes: Int!'],
        ...['slugs: [String!]!', 'developments: Int!', 'namedIn: [Development!]!', 'namedInCount: Int!'],
      ],
    };
    for (const { name, type } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      if (!isUnionType(type)) throw new Error(`${name} does not return a nullable union.`);
      const capital = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      expect(type.name).toBe(`${capital}Result`);
      const success = schema.getType(`${capital}Success`);
      if (!isObjectType(success)) throw new Error(`${name} has no success type.`);
      expect(type.getTypes()).toContain(success);
      const kind = /^(?:record|revise|upsert)(\w+)$/.exec(name)?.[1] ?? 'Development';
      const object = name.startsWith('upsert')
        ? `${kind.charAt(0).toLowerCase()}${kind.slice(1)}`
        : 'development';
      const fields = Object.values(success.getFields()).map((field) => `${field.name}: ${field.type}`);
      expect(fields.sort(), name).toEqual(
        [
          ...(others[name] ?? [
            ...(made[name] ?? []),
            ...(name.startsWith('upsert') ? ['revision: Int!'] : []),
            ...(name === 'upsertSource' ? ['regraded: [Regrading!]!'] : []),
            'cursor: Cursor',
            `${object}: ${kind}!`,
          ]),
        ].sort(),
      );
    }
  });
});
