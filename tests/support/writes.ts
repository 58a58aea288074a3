import { expect } from 'vitest';
import { CITED } from './example-source.js';
import { expectVerified } from './expect-verified.js';
import type { TestServer } from './server.js';
import { test as base } from './shared.js';

/** Tests that share a record, within their file, with one row of each kind of reference data. */
export const test = base.extend<{ record: TestServer }>({
  record: [
    async ({ server }, use) => {
      await server.data(`mutation {
        a: upsertActor(input: { slug: "speaker", kind: PERSON, name: "Speaker" }) { __typename }
        b: upsertActor(input: { slug: "state", kind: STATE, name: "State" }) { __typename }
        c: upsertSource(input: { slug: "source", title: "Source" }) { __typename }
        d: upsertTopic(input: { slug: "topic", name: "Topic" }) { __typename }
        e: upsertTreaty(input: { slug: "treaty", name: "Treaty", parties: ["state", "speaker", "state"], states: [{ state: SIGNED, since: "1987" }] }) { __typename }
        f: upsertWeaponSystem(input: { slug: "system", name: "System", aliases: [{ name: "S", language: "en", source: "source" }] }) { __typename }
        g: upsertDoctrine(input: { slug: "doctrine", name: "Doctrine", actor: "state" }) { __typename }
      }`);
      await use(server);
    },
    { scope: 'file' },
  ],
});

let slugs = 0;

/** A slug that no development of the file has. */
export function newSlug(): string {
  slugs += 1;
  return `development-${slugs}`;
}

/** Sends a mutation and returns its result: `fields` of the development or other object, or a typed error. */
export async function mutate(
  server: TestServer,
  name: string,
  input: object,
  fields = '__typename',
  errors = '',
): Promise<any> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const isUpsert = name.startsWith('upsert');
  const made = isUpsert ? `${name.charAt(6).toLowerCase()}${name.slice(7)}` : 'development';
  const always = /^(record|revise|upsert)/.test(name) ? '__typename id' : 'slug status revision';
  const result = `... on ${type}Success { ${made} { ${always} ${fields} } }`;
  const data = await server.data(
    `mutation ($input: ${type}Input!) { result: ${name}(input: $input) { __typename ${result} ... on Error { code message } ${errors} } }`,
    { input },
  );
  return data['result'][made] ?? data['result'];
}

/** Publishes statements on 1 January 2026 in few requests. */
export async function publishMany(server: TestServer, count: number): Promise<void> {
  const input = { occurred: '2026-01-01', publish: true, ...CITED };
  for (let done = 0; done < count; done += 20) {
    const names = Array.from({ length: Math.min(20, count - done) }, (_, index) => `s${done + index}`);
    await server.data(
      `mutation (${names.map((name) => `$${name}: RecordStatementInput!`).join(' ')}) {
        ${names.map((name) => `${name}: recordStatement(input: $${name}) { __typename }`).join(' ')}
      }`,
      Object.fromEntries(names.map((name) => [name, { ...input, headline: `Statement ${name}` }])),
    );
  }
}

/** Reads `fields` of a development. */
export const readDevelopment = async (server: TestServer, slug: string, fields: string) =>
  (await server.data(`{ it: development(slug: "${slug}") { ${fields} } }`))['it'];

/** Runs work `count` times concurrently. */
export const times = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

/** The `until` of the newest version. */
const NEVER = 2n ** 63n - 1n;

/** Expects one feed entry and one version for each published revision, no gaps, and no incomplete writes. */
export async function expectWhole({ db, logged }: TestServer): Promise<void> {
  const entries = await db.feedEntry.findMany({ orderBy: { position: 'asc' } });
  expect(entries.map(({ position }) => Number(position))).toEqual(entries.map((_, index) => index + 1));
  expect(Number((await db.feedHead.findFirstOrThrow()).position)).toBe(entries.length);

  const revisions = await db.revision.findMany({ where: { status: { not: 'DRAFT' } } });
  const ofReferences = await db.referenceRevision.findMany();
  const keys = (list: { id: string | null; revision: number }[]) =>
    list.map(({ id, revision }) => `${id} ${revision}`).sort();
  expect(
    keys(
      entries.map(({ developmentId, referenceId, revision }) => ({
        id: developmentId ?? referenceId,
        revision,
      })),
    ),
  ).toEqual(
    keys([
      ...revisions.map(({ developmentId: id, number }) => ({ id, revision: number })),
      ...ofReferences.map(({ referenceId: id, number }) => ({ id, revision: number })),
    ]),
  );

  for (const { slug, revision, revisions: own } of await db.development.findMany({
    include: { revisions: { orderBy: { number: 'asc' } } },
  })) {
    expect(
      own.map(({ number }) => number),
      slug,
    ).toEqual(Array.from({ length: revision }, (_, index) => index + 1));
  }
  const versions = await db.developmentVersion.findMany({ orderBy: [{ id: 'asc' }, { position: 'asc' }] });
  expect(versions.map(({ position }) => position).sort()).toEqual(
    entries.flatMap(({ position, developmentId }) => (developmentId === null ? [] : position)).sort(),
  );
  for (const [index, { id, until }] of versions.entries()) {
    const next = versions[index + 1];
    expect(until, id).toBe(next?.id === id ? next.position : NEVER);
  }
  expect(await db.idempotencyKey.count({ where: { result: { equals: null as never } } })).toBe(0);
  await expectVerified(db);
  expect(logged).toEqual([]);
}
