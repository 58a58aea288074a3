import { type GraphQLObjectType, getNamedType, isObjectType, isUnionType } from 'graphql';
import { expect } from 'vitest';
import { schema } from '../../../src/graphql/schema.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { test as base } from '../../support/writes.js';

const NO_KEY = '0197f0c4-6a1e-7c3b-9d52-0e8f6a7b1c2d';

/** The ids that the inputs refer to. */
interface Ids {
  readonly citation: string;
  readonly claim: string;
}

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
  return { claim: claim.key, citation: claim.citation.key };
}

/** An input that each mutation accepts. */
const accepted = ({ citation, claim }: Ids): Record<string, object> => ({
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
  upsertActor: { slug: 'new', kind: 'PERSON', name: 'New' },
  upsertDoctrine: { slug: 'new', name: 'New' },
  upsertSource: { slug: 'new', title: 'New' },
  upsertTopic: { slug: 'new', name: 'New' },
  upsertTreaty: { slug: 'new', name: 'New' },
  upsertWeaponSystem: { slug: 'new', name: 'New' },
});

/** A change that makes the accepted input fail, and the fields of the error. */
type Cause = readonly [input: object, error: object];

const nowhere = (owner: string, path: string) => ({ owner, slug: 'nowhere', path });
const noDevelopment: Cause = [{ slug: 'nowhere' }, nowhere('DEVELOPMENT', 'slug')];
const noTopic: Cause = [{ topics: ['nowhere'] }, nowhere('TOPIC', 'topics.0')];
const noOther: Cause = [{ to: 'nowhere' }, nowhere('DEVELOPMENT', 'to')];
const stale = (current: number): Cause => [
  { expectedRevision: 99 },
  { expected: 99, current, path: 'expectedRevision' },
];
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

/** By error: the causes for all mutations, or for each. */
const CAUSES: Record<string, readonly Cause[] | Record<string, readonly Cause[]>> = {
  InvalidInputError: [badlyNamed],
  IdempotencyKeyReusedError: [[{ idempotencyKey: 'used' }, { key: 'used', path: 'idempotencyKey' }]],
  WrongStatusError: [withdrawn],
  UnknownSlugError: {
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
    upsertDoctrine: [[{ actor: 'nowhere' }, nowhere('ACTOR', 'actor')]],
    upsertTreaty: [[{ parties: ['nowhere'] }, nowhere('ACTOR', 'parties.0')]],
    upsertWeaponSystem: [
      [{ aliases: [{ name: 'A', source: 'nowhere' }] }, nowhere('SOURCE', 'aliases.0.source')],
    ],
  },
  RevisionConflictError: {
    addCitation: [stale(2)],
    assertClaim: [stale(2)],
    rankClaim: [stale(2)],
    linkDevelopments: [stale(2)],
    unlinkDevelopments: [stale(2)],
    publishDevelopment: [stale(1)],
    retractDevelopment: [stale(1)],
    reviseEvent: [stale(1)],
    reviseStatement: [stale(2)],
    reviseDoctrineChange: [stale(1)],
  },
  CitationRequiredError: {
    publishDevelopment: [[{ slug: 'uncited' }, { slug: 'uncited', path: 'slug' }]],
    recordEvent: [unsourced('new-event')],
    recordStatement: [unsourced('new-statement')],
    recordDoctrineChange: [unsourced('new-change')],
    reviseEvent: [stripped('event')],
    reviseStatement: [stripped('statement')],
    reviseDoctrineChange: [stripped('change')],
  },
  SlugTakenError: {
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

/** Sends a mutation, and selects every field of its errors. */
async function send(server: TestServer, name: string, input: object): Promise<{ __typename: string }> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const errors = errorsOf(name).map((error) => {
    const fields = Object.values(error.getFields()).map((field) => {
      const isComposite = isObjectType(getNamedType(field.type));
      return `${error.name}_${field.name}: ${field.name} ${isComposite ? '{ path message }' : ''}`;
    });
    return `... on ${error.name} { ${fields.join(' ')} }`;
  });
  const { result } = await server.data(
    `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename ${errors.join(' ')} } }`,
    { input },
  );
  const plain = Object.entries(result).map(([key, value]) => [key.replace(/^[A-Z]\w*_/, ''), value]);
  return Object.fromEntries(plain);
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
      const causes = CAUSES[error];
      const own = Array.isArray(causes) ? causes : (causes as Record<string, Cause[]>)?.[mutation];
      const input = accepted(ids)[mutation];
      if (!own || !input) throw new Error(`Add a cause of ${error} for ${mutation}.`);
      for (const [wrong, told] of own) {
        const result = await send(record, mutation, { ...input, ...wrong });
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
