import { type GraphQLObjectType, getNamedType, isCompositeType, isUnionType } from 'graphql';
import { expect } from 'vitest';
import { recordDevelopment } from '../../../src/domain/development/write/record.js';
import { setReviewMode } from '../../../src/domain/review/policy.js';
// Loaded here: the first request would wait for it.
import '../../../src/intake/extract/extract.js';
import '../../../src/intake/record-names.js';
import { createToken } from '../../../src/domain/token.js';
import type { ReviewMode } from '../../../src/generated/prisma/enums.js';
import { schema } from '../../../src/graphql/schema.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { ADMIN_TOKEN, type TestServer } from '../../support/server.js';
import { test as base } from '../../support/writes.js';

const NO_KEY = '0197f0c4-6a1e-7c3b-9d52-0e8f6a7b1c2d';

/** The ids that the inputs refer to. */
interface Ids {
  readonly citation: string;
  readonly claim: string;
  /** The token of a contributor. */
  readonly token: string;
  /** The ids of proposals, notes, …, by what they are for. */
  readonly made: Readonly<Record<string, string>>;
}

/** A development in place of a suggestion. */
const SUGGESTED = { headline: 'Suggested', occurred: '2020', citations: [{ source: 'source' }] };

const test = base.extend<{ ids: Ids }>({
  ids: [({ record }, use) => prepare(record).then(use), { scope: 'file' }],
});

/** One published development of each kind, a draft with a citation and one without, and a retracted one. */
async function prepare(record: TestServer): Promise<Ids> {
  const citations = [{ source: 'source', claims: [{ field: 'OCCURRED', value: '2019' }] }];
  const common = { headline: 'Headline', occurred: '2019', citations };
  const make = async (slug: string, name: string, more: object = {}) =>
    accept(await send(record, name, { slug, ...common, publish: true, ...more }));
  await make('event', 'recordEvent', { type: 'TEST' });
  await make('change', 'recordDoctrineChange', { doctrine: 'doctrine', changeType: 'ADOPTED' });
  for (const slug of ['statement', 'other', 'mistake', 'retracted']) await make(slug, 'recordStatement');
  await make('draft', 'recordStatement', { publish: false });
  await make('uncited', 'recordStatement', { publish: false, citations: [] });
  const link = { slug: 'statement', to: 'other', relation: 'PART_OF' };
  accept(await send(record, 'linkDevelopments', link));
  accept(await send(record, 'retractDevelopment', { slug: 'retracted', reason: 'Wrong' }));
  accept(await send(record, 'upsertTopic', { slug: 'used', name: 'Used', idempotencyKey: 'used' }));
  const { it } = await record.data(
    '{ it: development(slug: "statement") { claims { key citation { key } } } }',
  );
  const [claim] = it.claims;
  return { claim: claim.key, citation: claim.citation.key, ...(await prepareReview(record, make)) };
}

/** Drafts of another editor for each act, and proposals for each decision. */
async function prepareReview(
  record: TestServer,
  make: (slug: string, name: string, more?: object) => Promise<unknown>,
): Promise<Pick<Ids, 'token' | 'made'>> {
  const writer = { db: record.db, editor: 'another', wake: () => {} };
  for (const slug of ['submit', 'assign', 'approve', 'change', 'discard', 'schedule', 'discarded']) {
    const fields = { slug: `to-${slug}`, headline: 'H', occurred: '2020', citations: [{ source: 'source' }] };
    await recordDevelopment(writer, 'STATEMENT', fields);
  }
  accept(await send(record, 'discardDraft', { slug: 'to-discarded', reason: 'Wrong' }));
  await make('proposed', 'recordStatement');
  await make('gone', 'recordStatement');
  const token = await createToken(record.db, { name: 'contributor', role: 'CONTRIBUTOR' });
  const propose = async (input: object, by = token) => {
    await send(record, 'reviseStatement', { slug: 'proposed', ...input }, by);
    return newest(record);
  };
  const proposals: Record<string, string> = {
    accept: await propose({ summary: 'New' }),
    reject: await propose({ summary: 'Bad' }),
    assign: await propose({ summary: 'Other' }),
    many: await propose({ summary: 'Many' }),
    stale: await propose({ headline: 'Stale' }),
    gone: await propose({ slug: 'gone', headline: 'Gone' }),
    renamed: await propose({ newSlug: 'other' }),
  };
  await send(record, 'recordStatement', { slug: 'bare', headline: 'H', occurred: '2020' }, token);
  proposals['uncited'] = await newest(record);
  await withMode(record, 'REQUIRED', async () => {
    proposals['own'] = await propose({ summary: 'Own' }, ADMIN_TOKEN);
    proposals['withdrawn'] = await propose({ summary: 'Withdrawn' }, ADMIN_TOKEN);
  });
  accept(await send(record, 'withdrawProposal', { proposal: proposals['withdrawn'] }));
  accept(await send(record, 'reviseStatement', { slug: 'proposed', headline: 'Newer' }));
  accept(await send(record, 'retractDevelopment', { slug: 'gone', reason: 'Wrong' }));
  return {
    token,
    made: { ...proposals, ...(await prepareDesk(record, make)), ...(await prepareInbox(record)) },
  };
}

/** A note, a bulk change to undo, and codes of erasures. */
async function prepareDesk(
  record: TestServer,
  make: (slug: string, name: string, more?: object) => Promise<unknown>,
): Promise<Record<string, string>> {
  for (const slug of ['to-bulk', 'bulked', 'to-erase', 'stale-code']) await make(slug, 'recordStatement');
  const { it } = await record.data(`mutation {
    it: addNote(input: { slug: "statement", text: "Look" }) { ... on AddNoteSuccess { note { key } } }
  }`);
  const { it: act } = await record.data(`mutation {
    it: bulkChange(input: { items: [{ slug: "bulked", expectedRevision: 1 }], action: { regrade: { credibility: 5 } } }) {
      ... on BulkChangeSuccess { bulk { key } }
    }
  }`);
  const watch = async (url: string) => {
    const { it: done } = await record.data(
      'mutation ($url: String!) { it: watchFeed(input: { url: $url }) { ... on WatchFeedSuccess { feed { key } } } }',
      { url },
    );
    return done.feed.key;
  };
  const watched = await watch('https://example.org/feed');
  const unwatched = await watch('https://example.org/other');
  const codeFor = async (slug: string): Promise<string> => {
    const { it: asked } = await record.data(
      `mutation ($slug: String!) {
        it: requestErasure(input: { target: DEVELOPMENT, slug: $slug, ground: LAW, reason: "Case 7" }) {
          ... on RequestErasureSuccess { confirmationCode }
        }
      }`,
      { slug },
    );
    return asked.confirmationCode;
  };
  const codes = { code: await codeFor('to-erase'), 'stale code': await codeFor('stale-code') };
  accept(await send(record, 'reviseStatement', { slug: 'stale-code', headline: 'Newer' }));
  return {
    ...{ watched, unwatched },
    note: it.note.key,
    bulk: act.bulk.key,
    ...codes,
    ...(await prepareMerges(record, make)),
  };
}

/** An article with five suggestions, one of which is used. */
async function prepareInbox(record: TestServer): Promise<Record<string, string>> {
  const text = ['One', 'Two', 'Three', 'Four', 'Five']
    .map((word) => `“${word} of us will stay,” analysts said.`)
    .join('\n\n');
  const { it } = await record.data(
    `mutation ($text: String!) { it: addArticle(input: { text: $text }) {
      ... on AddArticleSuccess { item { id suggestions { key } } } } }`,
    { text },
  );
  const { id: item, suggestions } = it.item;
  const [key, other, third, used, fourth] = suggestions.map((one: { key: string }) => one.key);
  const statement = { ...SUGGESTED, slug: 'suggested' };
  accept(await send(record, 'acceptSuggestion', { item, key: used, statement }));
  return { item, key, 'other key': other, 'third key': third, 'used key': used, 'fourth key': fourth };
}

/** Two references of each type, a merge to undo, and one that a later change depends on. */
async function prepareMerges(
  record: TestServer,
  make: (slug: string, name: string, more?: object) => Promise<unknown>,
): Promise<Record<string, string>> {
  for (const slug of ['twin', 'kept']) {
    for (const name of ['Doctrine', 'Topic', 'WeaponSystem']) {
      accept(await send(record, `upsert${name}`, { slug, name: `${name} ${slug}` }));
    }
    accept(await send(record, 'upsertSource', { slug, title: `Source ${slug}` }));
  }
  for (const slug of ['twin', 'kept', 'left', 'right', 'late']) {
    accept(await send(record, 'upsertActor', { slug, kind: 'PERSON', name: `Person ${slug}` }));
  }
  const speaking = (actor: string) => ({ participants: [{ actor, role: 'SPEAKER' }] });
  await make('of-twins', 'recordStatement', {
    ...speaking('twin'),
    ...{ doctrines: ['twin'], topics: ['twin'], weaponSystems: ['twin'], citations: [{ source: 'twin' }] },
  });
  for (const slug of ['twin-event', 'kept-event']) {
    await make(slug, 'recordEvent', { type: 'TEST', citations: [{ source: 'kept', locator: slug }] });
  }
  await make('merged', 'recordStatement', speaking('left'));
  await make('changed', 'recordStatement', speaking('late'));
  const keyOf = async (from: string): Promise<string> => {
    const { it } = await record.data(
      `mutation { it: mergeActors(input: { from: "${from}", into: "right", reason: "One" }) { ... on MergeActorsSuccess { merge { key } } } }`,
    );
    return it.merge.key;
  };
  const keys = { merge: await keyOf('left'), 'changed merge': await keyOf('late') };
  accept(await send(record, 'reviseStatement', { slug: 'changed', headline: 'Newer' }));
  return keys;
}

/** Returns the id of the newest proposal. */
async function newest(record: TestServer): Promise<string> {
  const { proposals } = await record.data('{ proposals(first: 1) { nodes { id } } }');
  return proposals.nodes[0].id;
}

async function withMode(record: TestServer, mode: ReviewMode, work: () => Promise<void>): Promise<void> {
  await setReviewMode(record.db, mode);
  await work();
  await setReviewMode(record.db, 'OPTIONAL');
}

/** An input that each mutation accepts. */
const accepted = ({ citation, claim, made }: Ids): Record<string, object> => ({
  addCitation: { slug: 'statement', source: 'source' },
  assertClaim: { slug: 'statement', citation, field: 'OCCURRED', value: '2019-08' },
  rankClaim: { slug: 'statement', claim, rank: 'DEPRECATED', reason: 'A misprint' },
  linkDevelopments: { slug: 'statement', to: 'event', relation: 'ANNOUNCES', citation },
  unlinkDevelopments: { slug: 'statement', to: 'other', relation: 'PART_OF' },
  publishDevelopment: { slug: 'draft' },
  retractDevelopment: { slug: 'mistake', reason: 'Never happened', successor: 'statement' },
  recordEvent: { slug: 'new-event', headline: 'New', occurred: '2020', type: 'TEST' },
  recordStatement: { slug: 'new-statement', headline: 'New', occurred: '2020' },
  recordDoctrineChange: {
    ...{ slug: 'new-change', headline: 'New', occurred: '2020' },
    ...{ doctrine: 'doctrine', changeType: 'AMENDED' },
  },
  reviseEvent: { slug: 'event', summary: 'Revised' },
  reviseStatement: { slug: 'statement', summary: 'Revised' },
  reviseDoctrineChange: { slug: 'change', summary: 'Revised' },
  submitForReview: { slug: 'to-submit' },
  assign: { slug: 'to-assign', assignee: 'another' },
  approve: { slug: 'to-approve', expectedRevision: 1 },
  requestChanges: { slug: 'to-change', note: 'Shorter' },
  discardDraft: { slug: 'to-discard', reason: 'Twice' },
  schedulePublication: { slug: 'to-schedule', publishAt: new Date(Date.now() + 86_400_000).toISOString() },
  addNote: { slug: 'statement', text: 'See @another' },
  resolveNote: { note: made['note'] },
  setPresence: { slug: 'statement', editing: true },
  markMentionsRead: { notes: [made['note']] },
  judgeDuplicate: { kind: 'DEVELOPMENT', one: 'statement', other: 'other', verdict: 'NOT_SAME' },
  bulkChange: { items: [{ slug: 'to-bulk', expectedRevision: 1 }], action: { addTopics: ['used'] } },
  undoBulk: { bulk: made['bulk'] },
  mergeActors: { from: 'twin', into: 'kept', reason: 'One' },
  mergeDevelopments: { from: 'twin-event', into: 'kept-event', reason: 'One' },
  mergeDoctrines: { from: 'twin', into: 'kept', reason: 'One' },
  mergeSources: { from: 'twin', into: 'kept', reason: 'One' },
  mergeTopics: { from: 'twin', into: 'kept', reason: 'One' },
  mergeWeaponSystems: { from: 'twin', into: 'kept', reason: 'One' },
  undoMerge: { merge: made['merge'] },
  requestErasure: { target: 'QUOTATION', slug: 'statement', ground: 'LAW', reason: 'Case 7' },
  erase: { code: made['code'] },
  acceptProposal: { proposal: made['accept'] },
  rejectProposal: { proposal: made['reject'], reason: 'No' },
  assignProposal: { proposal: made['assign'], assignee: 'another' },
  decideProposals: { proposals: [made['many']], decision: 'REJECT', reason: 'No' },
  withdrawProposal: { proposal: made['own'] },
  addArticle: { text: 'An article.' },
  dismissInboxItems: { items: [made['item']] },
  snoozeInboxItems: { items: [made['item']] },
  dismissSuggestion: { item: made['item'], key: made['key'] },
  acceptSuggestion: { item: made['item'], key: made['other key'] },
  addSuggestionToDevelopment: { item: made['item'], key: made['third key'], slug: 'statement' },
  watchFeed: { url: 'https://example.org/new-feed' },
  updateWatchedFeed: { feed: made['watched'], paused: true },
  unwatchFeed: { feed: made['unwatched'] },
  importOpml: {
    opml: '<opml version="2.0"><body><outline text="A" xmlUrl="https://example.org/a"/></body></opml>',
  },
  upsertActor: { slug: 'new', kind: 'PERSON', name: 'New' },
  upsertDoctrine: { slug: 'new', name: 'New' },
  upsertSource: { slug: 'new', title: 'New' },
  upsertTopic: { slug: 'new', name: 'New' },
  upsertTreaty: { slug: 'new', name: 'New' },
  upsertWeaponSystem: { slug: 'new', name: 'New' },
});

/** A change that makes the accepted input fail, and the fields of the error. */
type Cause = readonly [input: object, error: object];

const MERGES = [
  'mergeActors',
  'mergeDevelopments',
  'mergeDoctrines',
  'mergeSources',
  'mergeTopics',
  'mergeWeaponSystems',
];

const nowhere = (owner: string, path: string) => ({ owner, slug: 'nowhere', path });
const noDevelopment: Cause = [{ slug: 'nowhere' }, nowhere('DEVELOPMENT', 'slug')];
const noTopic: Cause = [{ topics: ['nowhere'] }, nowhere('TOPIC', 'topics.0')];
const noSource: Cause = [{ source: 'nowhere' }, nowhere('SOURCE', 'source')];
const noReference = (owner: string): readonly Cause[] => [
  [{ from: 'nowhere' }, nowhere(owner, 'from')],
  [{ into: 'nowhere' }, nowhere(owner, 'into')],
];
const noOther: Cause = [{ to: 'nowhere' }, nowhere('DEVELOPMENT', 'to')];
const stale = (current: number): Cause => [
  { expectedRevision: 99 },
  {
    ...{ expected: 99, current, path: 'expectedRevision', changes: [], changedFields: [] },
    development: { slug: expect.any(String), revision: current },
    reference: null,
  },
];
const staleReference: readonly Cause[] = [
  [
    { slug: 'nowhere', expectedRevision: 99 },
    {
      ...{ expected: 99, current: 0, path: 'expectedRevision', changes: [], changedFields: [] },
      ...{ development: null, reference: null },
    },
  ],
];
const staleReferences = (type: string): readonly Cause[] => [
  ...staleReference,
  [
    { slug: 'kept', expectedRevision: 0 },
    {
      ...{ expected: 0, current: 1, path: 'expectedRevision', changes: [], changedFields: [] },
      ...{ development: null, reference: { __typename: type } },
    },
  ],
];
const NO_ITEM = Buffer.from(`InboxItem:${NO_KEY}`).toString('base64');
const noItem: Cause = [{ item: NO_ITEM }, { path: 'item' }];
const taken: Cause = [{ slug: 'other' }, { slug: 'other', path: 'slug' }];
const renamed: Cause = [{ newSlug: 'other' }, { slug: 'other', path: 'newSlug' }];
const noCitation = (what: 'Citation' | 'Claim'): Cause => [
  { [what.toLowerCase()]: NO_KEY },
  { what, key: NO_KEY, path: what.toLowerCase() },
];
const badlyNamed: Cause = [
  { slug: 'Not a slug' },
  { path: 'slug', issues: [{ path: 'slug', message: expect.stringContaining('Expected a slug') }] },
];
const withdrawn: Cause = [{ slug: 'retracted' }, { slug: 'retracted', status: 'RETRACTED', path: 'slug' }];
const unsourced = (slug: string): Cause => [
  { publish: true, citations: [] },
  { slug, path: 'citations' },
];
const stripped = (slug: string): Cause => [{ citations: [] }, { slug, path: 'citations' }];

const discarded: Cause = [
  { slug: 'to-discarded' },
  { slug: 'to-discarded', state: 'DISCARDED', path: 'slug' },
];
const needsReview = (slug: string, input: object = {}): Cause => [input, { slug, path: '' }];
const proposed: Cause = [{}, { proposal: { state: 'RECEIVED' }, path: '' }];
const published = { publish: true, citations: [{ source: 'source' }] };
const invalid = (input: object, path: string): Cause => [
  input,
  { path, issues: [{ path, message: expect.any(String) }] },
];
const unknownProposal: Cause = [
  { proposal: Buffer.from(`Proposal:${NO_KEY}`).toString('base64') },
  { path: 'proposal' },
];
/** Stands for the id of a proposal of the fixture. */
const the = (proposal: string) => ({ proposal: `the ${proposal}` });
const decided: Cause = [the('withdrawn'), { path: 'proposal' }];

/** By mutation and error: causes that differ from those of other mutations. */
const OWN: Record<string, Record<string, readonly Cause[]>> = {
  acceptProposal: {
    InvalidInputError: [invalid({ fields: ['nowhere'] }, 'fields')],
    WrongStatusError: [[the('gone'), { slug: 'gone', status: 'RETRACTED', path: 'slug' }]],
  },
  rejectProposal: { InvalidInputError: [invalid({ reason: ' ' }, 'reason')] },
  decideProposals: {
    InvalidInputError: [invalid({ reason: ' ' }, 'reason')],
    UnknownProposalError: [
      [{ proposals: [Buffer.from(`Proposal:${NO_KEY}`).toString('base64')] }, { path: 'proposals.0' }],
    ],
  },
  assignProposal: { InvalidInputError: [invalid({ assignee: ' ' }, 'assignee')] },
  resolveNote: { InvalidInputError: [invalid({ note: 'no key' }, 'note')] },
  markMentionsRead: { InvalidInputError: [invalid({ notes: ['no key'] }, 'notes.0')] },
  judgeDuplicate: { InvalidInputError: [invalid({ one: 'Not a slug' }, 'one')] },
  bulkChange: { InvalidInputError: [invalid({ items: [] }, 'items')] },
  undoBulk: { InvalidInputError: [invalid({ bulk: 'no key' }, 'bulk')] },
  ...Object.fromEntries(
    MERGES.map((name) => [name, { InvalidInputError: [invalid({ from: 'Not a slug' }, 'from')] }]),
  ),
  undoMerge: { InvalidInputError: [invalid({ merge: 'no key' }, 'merge')] },
  erase: {
    InvalidInputError: [invalid({ code: ' ' }, 'code')],
    RevisionConflictError: [
      [
        { code: 'the stale code' },
        {
          ...{ expected: 1, current: 2, path: 'expectedRevision', changedFields: ['headline'] },
          ...{ changes: [{ field: 'headline' }], development: { slug: 'stale-code', revision: 2 } },
          reference: null,
        },
      ],
    ],
  },
  dismissInboxItems: { InvalidInputError: [invalid({ items: [] }, 'items')] },
  snoozeInboxItems: { InvalidInputError: [invalid({ until: '2000-01-01T00:00:00Z' }, 'until')] },
  dismissSuggestion: { InvalidInputError: [invalid({ idempotencyKey: ' ' }, 'idempotencyKey')] },
  acceptSuggestion: { InvalidInputError: [invalid({ reason: ' ' }, 'reason')] },
  // A proposal uses the suggestion too.
  addSuggestionToDevelopment: { ProposedInsteadError: [[{ key: 'the fourth key' }, proposed[1]]] },
  addArticle: { InvalidInputError: [invalid({ url: 'nowhere' }, 'url'), invalid({ html: '<p></p>' }, '')] },
  watchFeed: {
    InvalidInputError: [
      invalid({ url: 'https://me:secret@example.org/' }, 'url'),
      invalid({ url: 'https://www.example.org/feed/' }, 'url'),
      invalid({ interval: 1 }, 'interval'),
    ],
  },
  updateWatchedFeed: {
    InvalidInputError: [invalid({ feed: 'no key' }, 'feed'), invalid({ feed: NO_KEY }, 'feed')],
  },
  unwatchFeed: { InvalidInputError: [invalid({ feed: NO_KEY }, 'feed')] },
  importOpml: { InvalidInputError: [invalid({ opml: '<html></html>' }, 'opml')] },
  withdrawProposal: { InvalidInputError: [invalid({ idempotencyKey: ' ' }, 'idempotencyKey')] },
  approve: {
    WrongStatusError: [
      [
        { slug: 'retracted', expectedRevision: 2 },
        { slug: 'retracted', status: 'RETRACTED', path: 'slug' },
      ],
    ],
  },
};

/** By error: the causes for all mutations, or for each. */
const CAUSES: Record<string, readonly Cause[] | Record<string, readonly Cause[]>> = {
  InvalidInputError: [badlyNamed],
  IdempotencyKeyReusedError: [[{ idempotencyKey: 'used' }, { key: 'used', path: 'idempotencyKey' }]],
  WrongStatusError: [withdrawn],
  WrongReviewStateError: [discarded],
  UnknownProposalError: [unknownProposal],
  ProposalDecidedError: [decided],
  ProposedInsteadError: [proposed],
  ProposalConflictError: { acceptProposal: [[the('stale'), { fields: ['headline'], path: 'fields' }]] },
  OwnApprovalError: { approve: [[{ slug: 'draft' }, { slug: 'draft', path: 'slug' }]] },
  ReviewRequiredError: {
    publishDevelopment: [needsReview('draft')],
    schedulePublication: [needsReview('to-schedule')],
    recordEvent: [needsReview('new-event', published)],
    recordStatement: [needsReview('new-statement', published)],
    recordDoctrineChange: [needsReview('new-change', published)],
    acceptProposal: [needsReview('proposed', the('own'))],
    acceptSuggestion: [
      needsReview('suggested-2', { publish: true, statement: { ...SUGGESTED, slug: 'suggested-2' } }),
    ],
    undoBulk: [needsReview('bulked')],
    mergeActors: [needsReview('of-twins')],
    mergeDevelopments: [needsReview('kept-event')],
    mergeDoctrines: [needsReview('of-twins')],
    mergeSources: [needsReview('of-twins')],
    mergeWeaponSystems: [needsReview('of-twins')],
    undoMerge: [needsReview('merged')],
  },
  MergeRefusedError: Object.fromEntries(
    MERGES.map((name) => {
      const into = name === 'mergeDevelopments' ? 'twin-event' : 'twin';
      return [name, [[{ into }, { refusal: 'SAME', path: 'from' }] as const]];
    }),
  ),
  UnknownMergeError: { undoMerge: [[{ merge: NO_KEY }, { path: 'merge' }]] },
  MergeUndoRefusedError: {
    undoMerge: [
      [
        { merge: 'the changed merge' },
        { path: 'merge', changed: [{ slug: 'changed', isDevelopment: true, reason: expect.any(String) }] },
      ],
    ],
  },
  UnknownInboxItemError: {
    dismissInboxItems: [[{ items: [NO_ITEM] }, { path: 'items.0' }]],
    snoozeInboxItems: [[{ items: [NO_ITEM] }, { path: 'items.0' }]],
    dismissSuggestion: [noItem],
    acceptSuggestion: [noItem],
    addSuggestionToDevelopment: [noItem],
  },
  UnknownSuggestionError: [[{ key: 'none' }, { path: 'key' }]],
  SuggestionUsedError: [
    [{ key: 'the used key' }, { path: 'key', development: { slug: 'suggested', revision: 1 } }],
  ],
  DecisionsRefusedError: {
    decideProposals: [
      [
        { proposals: ['the withdrawn'] },
        { path: 'proposals', failing: [{ outcome: 'FAILS', failure: { code: 'PROPOSAL_DECIDED' } }] },
      ],
    ],
  },
  UnknownErasureCodeError: { erase: [[{ code: 'unknown' }, { path: 'code' }]] },
  UnknownBulkError: { undoBulk: [[{ bulk: NO_KEY }, { path: 'bulk' }]] },
  BulkRefusedError: {
    bulkChange: [
      [
        { items: [{ slug: 'nowhere', expectedRevision: 1 }] },
        { path: 'items', failing: [{ slug: 'nowhere', outcome: 'FAILS' }] },
      ],
    ],
  },
  UnknownSlugError: {
    addNote: [noDevelopment],
    watchFeed: [noTopic, noSource],
    updateWatchedFeed: [noTopic, noSource],
    setPresence: [noDevelopment],
    requestErasure: [noDevelopment],
    judgeDuplicate: [
      [{ one: 'nowhere' }, nowhere('DEVELOPMENT', 'one')],
      [{ kind: 'TOPIC', one: 'used', other: 'nowhere' }, nowhere('TOPIC', 'other')],
    ],
    mergeActors: noReference('ACTOR'),
    mergeDevelopments: noReference('DEVELOPMENT'),
    mergeDoctrines: noReference('DOCTRINE'),
    mergeSources: noReference('SOURCE'),
    mergeTopics: noReference('TOPIC'),
    mergeWeaponSystems: noReference('WEAPON_SYSTEM'),
    bulkChange: [[{ action: { addTopics: ['nowhere'] } }, nowhere('TOPIC', 'action.addTopics.0')]],
    submitForReview: [noDevelopment],
    assign: [noDevelopment],
    approve: [noDevelopment],
    requestChanges: [noDevelopment],
    discardDraft: [noDevelopment],
    schedulePublication: [noDevelopment],
    addCitation: [noDevelopment, [{ source: 'nowhere' }, nowhere('SOURCE', 'source')]],
    assertClaim: [noDevelopment, [{ field: 'SPEAKER', value: ['nowhere'] }, nowhere('ACTOR', 'value.0')]],
    rankClaim: [noDevelopment],
    linkDevelopments: [noDevelopment, noOther],
    unlinkDevelopments: [noDevelopment, noOther],
    publishDevelopment: [noDevelopment],
    retractDevelopment: [noDevelopment, [{ successor: 'nowhere' }, nowhere('DEVELOPMENT', 'successor')]],
    recordEvent: [noTopic],
    recordStatement: [noTopic],
    recordDoctrineChange: [noTopic, [{ doctrine: 'nowhere' }, nowhere('DOCTRINE', 'doctrine')]],
    reviseEvent: [noDevelopment, noTopic],
    reviseStatement: [noDevelopment, noTopic],
    reviseDoctrineChange: [
      noDevelopment,
      noTopic,
      [{ doctrine: 'nowhere' }, nowhere('DOCTRINE', 'doctrine')],
    ],
    acceptSuggestion: [
      [{ statement: { ...SUGGESTED, topics: ['nowhere'] } }, nowhere('TOPIC', 'statement.topics.0')],
    ],
    addSuggestionToDevelopment: [noDevelopment],
    upsertDoctrine: [[{ actor: 'nowhere' }, nowhere('ACTOR', 'actor')]],
    upsertTreaty: [[{ parties: ['nowhere'] }, nowhere('ACTOR', 'parties.0')]],
    upsertWeaponSystem: [
      [{ aliases: [{ name: 'A', source: 'nowhere' }] }, nowhere('SOURCE', 'aliases.0.source')],
    ],
  },
  RevisionConflictError: {
    submitForReview: [stale(1)],
    assign: [stale(1)],
    approve: [stale(1)],
    requestChanges: [stale(1)],
    discardDraft: [stale(1)],
    schedulePublication: [stale(1)],
    acceptProposal: [stale(2)],
    addCitation: [stale(2)],
    addSuggestionToDevelopment: [stale(2)],
    assertClaim: [stale(2)],
    rankClaim: [stale(2)],
    linkDevelopments: [stale(2)],
    unlinkDevelopments: [stale(2)],
    publishDevelopment: [stale(1)],
    retractDevelopment: [stale(1)],
    reviseEvent: [stale(1)],
    reviseStatement: [stale(2)],
    reviseDoctrineChange: [stale(1)],
    upsertActor: staleReferences('Actor'),
    upsertDoctrine: staleReferences('Doctrine'),
    upsertSource: staleReferences('Source'),
    upsertTopic: staleReferences('Topic'),
    upsertTreaty: staleReference,
    upsertWeaponSystem: staleReferences('WeaponSystem'),
  },
  CitationRequiredError: {
    acceptSuggestion: [
      [
        { publish: true, statement: { ...SUGGESTED, slug: 'unsourced', citations: [] } },
        { slug: 'unsourced', path: 'citations' },
      ],
    ],
    schedulePublication: [[{ slug: 'uncited' }, { slug: 'uncited', path: 'slug' }]],
    acceptProposal: [[the('uncited'), { slug: 'bare', path: 'citations' }]],
    publishDevelopment: [[{ slug: 'uncited' }, { slug: 'uncited', path: 'slug' }]],
    recordEvent: [unsourced('new-event')],
    recordStatement: [unsourced('new-statement')],
    recordDoctrineChange: [unsourced('new-change')],
    reviseEvent: [stripped('event')],
    reviseStatement: [stripped('statement')],
    reviseDoctrineChange: [stripped('change')],
  },
  SlugTakenError: {
    acceptProposal: [[the('renamed'), { slug: 'other', path: 'newSlug' }]],
    acceptSuggestion: [[{ statement: { ...SUGGESTED, slug: 'other' } }, { slug: 'other', path: 'slug' }]],
    recordEvent: [taken],
    recordStatement: [taken],
    recordDoctrineChange: [taken],
    reviseEvent: [renamed],
    reviseStatement: [renamed],
    reviseDoctrineChange: [renamed],
  },
  UnknownEvidenceError: {
    assertClaim: [noCitation('Citation')],
    rankClaim: [noCitation('Claim')],
    linkDevelopments: [noCitation('Citation')],
  },
  LinkCycleError: {
    linkDevelopments: [
      [
        { slug: 'other', to: 'statement', relation: 'PART_OF', citation: null },
        { relation: 'PART_OF', path: 'to', cycle: ['statement', 'other'] },
      ],
    ],
  },
};

const MUTATIONS = Object.values(schema.getMutationType()?.getFields() ?? {});

const membersOf = (mutation: string): GraphQLObjectType[] => {
  const union = getNamedType(schema.getMutationType()?.getFields()[mutation]?.type);
  if (!isUnionType(union)) throw new Error(`${mutation} does not return a union.`);
  return [...union.getTypes()];
};

const errorsOf = (mutation: string) =>
  membersOf(mutation).filter((type) => type.getInterfaces().some(({ name }) => name === 'Error'));

const PAIRS = MUTATIONS.flatMap(({ name }) => errorsOf(name).map((error) => [name, error.name] as const));

/** The selections of objects in errors. */
const SELECTIONS: Readonly<Record<string, string>> = {
  InputIssue: '{ path message }',
  Proposal: '{ state }',
  Development: '{ slug revision }',
  FieldChange: '{ field }',
  BulkItem: '{ slug outcome }',
  Reference: '{ __typename }',
  DecidedProposal: '{ outcome failure { code } }',
  ChangedSinceMerge: '{ slug isDevelopment reason }',
};

/** Sends a mutation, and selects every field of its errors. */
async function send(
  server: TestServer,
  name: string,
  input: object,
  token = ADMIN_TOKEN,
): Promise<{ __typename: string }> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const errors = errorsOf(name).map((error) => {
    const fields = Object.values(error.getFields()).map((field) => {
      const of = getNamedType(field.type);
      const selection = SELECTIONS[of.name];
      if (isCompositeType(of) && !selection) throw new Error(`Add a selection of ${of.name}.`);
      return `${error.name}_${field.name}: ${field.name} ${selection ?? ''}`;
    });
    return `... on ${error.name} { ${fields.join(' ')} }`;
  });
  const { data, errors: failures } = await server.request<{ result: object }>(
    `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename ${errors.join(' ')} } }`,
    { variables: { input }, token },
  );
  if (!data?.result) throw new Error(`The request failed: ${JSON.stringify(failures)}`);
  const { result } = data;
  const plain = Object.entries(result).map(([key, value]) => [key.replace(/^[A-Z]\w*_/, ''), value]);
  return Object.fromEntries(plain) as { __typename: string };
}

/** Puts ids of the fixture in place of the texts that stand for them. */
function withIds({ made }: Ids, input: object): object {
  const idOf = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(idOf);
    const [, name] = (typeof value === 'string' && /^the (.*)/.exec(value)) || [];
    return name === undefined ? value : made[name];
  };
  return Object.fromEntries(Object.entries(input).map(([field, value]) => [field, idOf(value)]));
}

function accept<T extends { __typename: string }>(result: T): T {
  expect(result.__typename, JSON.stringify(result)).not.toMatch(/Error$/);
  return result;
}

describeWithDatabase('the typed errors of mutations', () => {
  const seen = new Set<string>();

  test.for(PAIRS)(
    '%s returns %s with the values that went wrong',
    async ([mutation, error], { record, ids }) => {
      const causes = OWN[mutation]?.[error] ?? CAUSES[error];
      const own = Array.isArray(causes) ? causes : (causes as Record<string, Cause[]>)?.[mutation];
      const input = accepted(ids)[mutation];
      if (!own || !input) throw new Error(`Add a cause of ${error} for ${mutation}.`);
      for (const [wrong, told] of own) {
        const isContributor = error === 'ProposedInsteadError' && mutation.startsWith('record');
        const isStrict = error === 'ReviewRequiredError' || error === 'ProposedInsteadError';
        let result: unknown;
        await withMode(record, isStrict ? 'REQUIRED' : 'OPTIONAL', async () => {
          const given = withIds(ids, { ...input, ...wrong });
          result = await send(record, mutation, given, isContributor ? ids.token : ADMIN_TOKEN);
        });
        expect(result).toEqual({
          __typename: error,
          code: error
            .replace(/Error$/, '')
            .replace(/\B[A-Z]/g, '_$&')
            .toUpperCase(),
          message: expect.stringMatching(/.{20}/),
          ...told,
        });
      }
      seen.add(`${mutation} ${error}`);
    },
  );

  test('are all tested', () => {
    const all = PAIRS.map((pair) => pair.join(' '));
    expect([...seen].sort()).toEqual(all.sort());
  });

  test('occur only with their causes: without them each mutation is accepted', async ({ record, ids }) => {
    for (const { name } of MUTATIONS) accept(await send(record, name, accepted(ids)[name] ?? {}));
  });
});
