import { expect } from 'vitest';
import { publishStatement } from '../fixtures.js';
import type { TestServer } from '../server.js';
import { test as base } from '../shared.js';
import { complaints, refuseFailure } from './raw.js';

/** A server with a statement, an actor, a state and a weapon system for changes to conflict with. */
export const test = base.extend<{ record: TestServer }>({
  record: [
    async ({ server }, use) => {
      await publishStatement(server, 'First', { slug: 'first' });
      await publishStatement(server, 'Second', { slug: 'second' });
      await server.data(`mutation {
        upsertActor(input: { slug: "state", kind: STATE, name: "State", countryCode3: "ARM" }) { __typename }
        upsertTopic(input: { slug: "topic", name: "Topic" }) { __typename }
        upsertDoctrine(input: { slug: "doctrine", name: "Doctrine" }) { __typename }
        upsertWeaponSystem(input: { slug: "system", name: "System", rangeMinKm: 500 }) { __typename }
      }`);
      await use(server);
    },
    { scope: 'file' },
  ],
});

const ERROR = '__typename ... on Error { code message }';
export const STATEMENT = ['recordStatement', { headline: 'A headline', occurred: '2020' }] as const;
export const EVENT = ['recordEvent', { headline: 'A headline', occurred: '2020', type: 'TEST' }] as const;
export const CHANGE = [
  'recordDoctrineChange',
  { headline: 'A headline', occurred: '2020', doctrine: 'doctrine', changeType: 'ADOPTED' },
] as const;
export const ACTOR = ['upsertActor', { slug: 'x', name: 'X', kind: 'PERSON' }] as const;
export const SOURCE = ['upsertSource', { slug: 'x', title: 'X' }] as const;
export const SYSTEM = ['upsertWeaponSystem', { slug: 'x', name: 'X' }] as const;
export const TREATY = ['upsertTreaty', { slug: 'x', name: 'X' }] as const;
export const LINK = ['linkDevelopments', { slug: 'first', to: 'second', relation: 'PART_OF' }] as const;
export const CITATION = ['addCitation', { slug: 'first', source: 'x' }] as const;
export const REVISION = ['reviseStatement', { slug: 'first' }] as const;
export const RETRACTION = ['retractDevelopment', { slug: 'first', reason: 'Wrong' }] as const;

export type Row = [
  name: string,
  mutation: readonly [string, object],
  input: object,
  code: string,
  message: RegExp | string,
];

/** Sends the mutation of a row, and expects its typed error. */
export async function expectRefusal(record: TestServer, [, [mutation, fields], input, code, message]: Row) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const answer = await record.request(
    `mutation ($input: ${type}!) { result: ${mutation}(input: $input) { ${ERROR} } }`,
    { variables: { input: { ...fields, ...input } } },
  );
  refuseFailure(record, answer);
  expect(answer).toMatchObject({ status: 200, data: { result: { code } } });
  expect(complaints(answer)).toMatch(message);
}
