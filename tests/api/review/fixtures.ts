import { isUnionType } from 'graphql';
import { createToken } from '../../../src/domain/token.js';
import type { Role } from '../../../src/generated/prisma/enums.js';
import { schema } from '../../../src/graphql/schema.js';
import { createDatabase } from '../../support/database.js';
import { CITED } from '../../support/example-source.js';
import { startTestServer, type TestServer } from '../../support/server.js';
import { test as base } from '../../support/shared.js';

/** Sends a mutation as one person and returns its result, with typed errors. */
type Act = (
  name: string,
  input: object,
  fields?: string,
) => Promise<Record<string, any> & { readonly __typename: string }>;

/** A person with a token, who sends requests. */
export interface Person {
  readonly token: string;
  readonly act: Act;
  /** Returns the data of a query that must succeed. */
  read(query: string, variables?: object): Promise<Record<string, any>>;
}

const REVIEW = 'review { state author assignee reviewers approvedBy approvedRevision publishAt }';

/** Creates a token, and what its holder sends. */
async function createPerson(server: TestServer, name: string, role: Role): Promise<Person> {
  const token = await createToken(server.db, { name, role });
  return personOf(server, token);
}

function personOf(server: TestServer, token: string): Person {
  const read: Person['read'] = async (query, variables = {}) => {
    const { data, errors } = await server.request<Record<string, any>>(query, { variables, token });
    if (errors || !data) throw new Error(`The request failed: ${JSON.stringify(errors)}`);
    return data;
  };
  const act: Act = async (name, input, fields = `development { slug status revision ${REVIEW} }`) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const more = Object.entries(MORE).flatMap(([member, selection]) =>
      membersOf(name).includes(member) ? `... on ${member} { ${selection} }` : [],
    );
    const query = `mutation ($input: ${type}Input!) { result: ${name}(input: $input) {
      __typename ... on ${type}Success { ${fields} } ... on Error { code message path } ${more.join(' ')} } }`;
    return (await read(query, { input }))['result'];
  };
  return { token, act, read };
}

/** What errors tell besides their message. */
const MORE = {
  ProposedInsteadError: 'proposal { id state fields }',
  ProposalConflictError: 'fields',
  WrongReviewStateError: 'state',
};

function membersOf(mutation: string): string[] {
  const type = schema.getMutationType()?.getFields()[mutation]?.type;
  return isUnionType(type) ? type.getTypes().map(({ name }) => name) : [];
}

export interface People {
  readonly ann: Person;
  readonly ben: Person;
  readonly admin: Person;
  readonly carl: Person;
  readonly reader: Person;
}

interface Fixtures {
  /** A server that requires review. */
  strict: TestServer;
  /** Two editors, an admin, a contributor and a reader of the strict server. */
  people: People;
}

export const createPeople = async (server: TestServer): Promise<People> => ({
  ann: await createPerson(server, 'ann', 'EDITOR'),
  ben: await createPerson(server, 'ben', 'EDITOR'),
  admin: await createPerson(server, 'chief', 'ADMIN'),
  carl: await createPerson(server, 'carl', 'CONTRIBUTOR'),
  reader: await createPerson(server, 'reader', 'READER'),
});

export const test = base.extend<Fixtures>({
  strict: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
    async ({}, use) => {
      await using database = await createDatabase();
      await using server = await startTestServer(database.location, { REVIEW: 'required' });
      await use(server);
    },
    { scope: 'file' },
  ],
  people: [({ strict }, use) => createPeople(strict).then(use), { scope: 'file' }],
});

let drafts = 0;

/** Records a draft with a citation and returns its slug. */
export async function draftBy({ act }: Person, input: object = {}): Promise<string> {
  drafts += 1;
  const { development } = await act('recordStatement', {
    ...{ slug: `draft-${drafts}`, headline: `Draft ${drafts}`, occurred: '2026-01-01', ...CITED, ...input },
  });
  return development.slug;
}
