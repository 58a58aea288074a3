import { execute, parse } from 'graphql';
import { expect, vi } from 'vitest';
import { ANONYMOUS, type Viewer } from '../../../src/domain/access.js';
import { createToken } from '../../../src/domain/token.js';
import { createContext } from '../../../src/graphql/context.js';
import { schema } from '../../../src/graphql/schema.js';
import { createDatabase } from '../../support/database.js';
import { CITED } from '../../support/example-source.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { everyMutation } from '../../support/inputs.js';
import { type Issuer, startIssuer } from '../../support/processes/issuer.js';
import { everythingUnder, type Given } from '../../support/random/full-selection.js';
import { ADMIN_TOKEN, startTestServer, type TestServer } from '../../support/server.js';
import { test as base } from '../../support/shared.js';

/** All kinds of viewers, their names in revisions, and whether they write and see drafts. */
const VIEWERS = {
  anonymous: { name: null, isEditor: false },
  READER: { name: 'reader', isEditor: false },
  CONTRIBUTOR: { name: 'contributor', isEditor: false },
  EDITOR: { name: 'editor', isEditor: true },
  ADMIN: { name: 'admin', isEditor: true },
  ADMIN_TOKEN: { name: 'ADMIN_TOKEN', isEditor: true },
  'JWT READER': { name: 'jwt:reader', isEditor: false },
  'JWT CONTRIBUTOR': { name: 'jwt:contributor', isEditor: false },
  'JWT EDITOR': { name: 'jwt:editor', isEditor: true },
  'JWT ADMIN': { name: 'jwt:admin', isEditor: true },
} as const;
type Who = keyof typeof VIEWERS;
const EVERYBODY = Object.keys(VIEWERS) as Who[];
/** The mutations that only admins may use. */
const FOR_ADMINS = ['requestErasure', 'erase'];
/** The mutations that contributors may use: they propose, and change nothing themselves. */
const FOR_CONTRIBUTORS = /^((record|revise)(Event|Statement|DoctrineChange)|withdrawProposal)$/;
const EDITORS = EVERYBODY.filter((who) => VIEWERS[who].isEditor);

interface Fixtures {
  issuer: Issuer;
  server: TestServer;
  /** The token of each viewer. `undefined` stands for `ADMIN_TOKEN`. */
  tokens: Record<Who, string | null | undefined>;
  /** A published development and a draft, linked both ways, with the same source, topic, …. */
  drafts: { published: string; draft: string };
}

const test = base.extend<Fixtures>({
  issuer: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that it needs off the pattern.
    async ({}, use) => {
      await using issuer = await startIssuer();
      await use(issuer);
    },
    { scope: 'file' },
  ],
  server: [
    async ({ issuer }, use) => {
      await using database = await createDatabase();
      await using server = await startTestServer(database.location, issuer.env);
      await use(server);
    },
    { scope: 'file' },
  ],
  tokens: [
    async ({ server: { db }, issuer }, use) => {
      const lasting = { expiresIn: 3_600 };
      await use({
        anonymous: null,
        READER: await createToken(db, { name: 'reader', role: 'READER' }),
        CONTRIBUTOR: await createToken(db, { name: 'contributor', role: 'CONTRIBUTOR' }),
        EDITOR: await createToken(db, { name: 'editor', role: 'EDITOR' }),
        ADMIN: await createToken(db, { name: 'admin', role: 'ADMIN' }),
        ADMIN_TOKEN: undefined,
        'JWT READER': await issuer.sign({ sub: 'reader', role: 'READER', ...lasting }),
        'JWT CONTRIBUTOR': await issuer.sign({ sub: 'contributor', role: 'CONTRIBUTOR', ...lasting }),
        'JWT EDITOR': await issuer.sign({ sub: 'editor', role: 'EDITOR', ...lasting }),
        'JWT ADMIN': await issuer.sign({ sub: 'admin', role: 'ADMIN', ...lasting }),
      });
    },
    { scope: 'file' },
  ],
  drafts: [
    async ({ server }, use) => {
      await server.data(`mutation {
        a: upsertActor(input: { slug: "known", kind: PERSON, name: "Known" }) { __typename }
        other: upsertActor(input: { slug: "other", kind: PERSON, name: "Other" }) { __typename }
        b: upsertSource(input: { slug: "known", title: "Known" }) { __typename }
        c: upsertTopic(input: { slug: "known", name: "Known" }) { __typename }
        d: upsertDoctrine(input: { slug: "known", name: "Known" }) { __typename }
        e: upsertTreaty(input: { slug: "known", name: "Known" }) { __typename }
        f: upsertWeaponSystem(input: { slug: "known", name: "Known" }) { __typename }
      }`);
      const common = {
        publish: false,
        citations: [{ source: 'known', excerpt: 'Hidden excerpt' }],
        participants: [{ actor: 'known', role: 'SPEAKER' }],
        topics: ['known'],
        doctrines: ['known'],
      };
      const published = await publishStatement(server, 'Hidden at first', { ...common, slug: 'published' });
      await server.data(`mutation {
        a: reviseStatement(input: { slug: "published", headline: "Told", citations: [{ source: "known" }] }) { __typename }
        b: publishDevelopment(input: { slug: "published" }) { __typename }
      }`);
      const draft = await publishStatement(server, 'Hidden', { ...common, slug: 'hidden-draft' });
      await server.data(`mutation {
        out: linkDevelopments(input: { slug: "published", to: "hidden-draft", relation: RESPONDS_TO }) { __typename }
        in: linkDevelopments(input: { slug: "hidden-draft", to: "published", relation: PART_OF }) { __typename }
      }`);
      const id = async (slug: string) =>
        (await server.data(`{ development(slug: "${slug}") { ... on Node { id } } }`))['development'].id;
      await use({ published: await id(published), draft: await id(draft) });
    },
    { scope: 'file' },
  ],
});

/** Sends a request as one of the viewers. */
const sendAs = (
  { server, tokens }: Pick<Fixtures, 'server' | 'tokens'>,
  who: Who,
  query: string,
  variables: object = {},
) => {
  const token = tokens[who];
  return server.request<Record<string, any>>(query, { variables, ...(token !== undefined && { token }) });
};

const editorsOf = async ({ db }: TestServer) =>
  (await db.revision.findMany({ select: { developmentId: true, number: true, editor: true } })).map(
    ({ developmentId, number, editor }) => `${developmentId} ${number} ${editor}`,
  );

describeWithDatabase('mutations', () => {
  test.for(everyMutation())(
    '$name is only for editors and admins, and its revisions name them',
    async ({ name: mutation, query, input }, { server, tokens }) => {
      for (const who of EVERYBODY) {
        const before = await editorsOf(server);
        const rows = () =>
          Promise.all([server.db.actor.count(), server.db.topic.count(), server.db.feedEntry.count()]);
        const count = await rows();
        const { data, errors } = await sendAs({ server, tokens }, who, query, { input });
        const written = (await editorsOf(server)).filter((revision) => !before.includes(revision));
        const { name, isEditor } = VIEWERS[who];
        if (isEditor && (!FOR_ADMINS.includes(mutation) || who.includes('ADMIN'))) {
          expect(errors, who).toBeUndefined();
          expect(data?.['result'].__typename, who).toEqual(expect.any(String));
          for (const revision of written) expect(revision, who).toMatch(new RegExp(` ${name}$`));
          continue;
        }
        if (who.includes('CONTRIBUTOR') && FOR_CONTRIBUTORS.test(mutation)) {
          expect(errors, who).toBeUndefined();
          expect(data?.['result'].__typename, who).toMatch(/Error$/);
          expect(written, who).toEqual([]);
          expect(await rows(), who).toEqual(count);
          continue;
        }
        expect(errors, who).toMatchObject([
          { extensions: { code: name === null ? 'UNAUTHENTICATED' : 'FORBIDDEN' } },
        ]);
        expect(errors?.[0]?.message).toContain(
          name === null
            ? 'Send it as "Authorization: Bearer <token>"'
            : `the token "${name}" has ${who.replace('JWT ', '')}`,
        );
        expect(data).toEqual({ result: null });
        expect(written).toEqual([]);
        expect(await rows()).toEqual(count);
      }
    },
  );

  test.for(EDITORS)('by %s make revisions with its name', async (who, { server, tokens }) => {
    const slug = `steps-of-${who.toLowerCase().replaceAll(/\W|_/g, '-')}`;
    const steps: [mutation: string, input: object][] = [
      ['recordStatement', { headline: 'One', occurred: '2020', ...CITED }],
      ['reviseStatement', { headline: 'Two' }],
      ['publishDevelopment', {}],
      ['addCitation', { source: 'source' }],
      ['disputeDevelopment', { reason: 'Doubtful' }],
      ['retractDevelopment', { reason: 'Wrong' }],
    ];
    const known = Object.keys(schema.getMutationType()?.getFields() ?? {});
    const taken = steps.filter(([mutation]) => known.includes(mutation));
    for (const [mutation, input] of taken) {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { it: ${mutation}(input: $input) { __typename ... on Error { message } } }`;
      const { data } = await sendAs({ server, tokens }, who, query, { input: { slug, ...input } });
      expect(data?.['it'].message).toBeUndefined();
    }
    const { development } = await server.data(
      `{ development(slug: "${slug}") { revisions { nodes { editor } } } }`,
    );
    expect(development.revisions.nodes).toEqual(taken.map(() => ({ editor: VIEWERS[who].name })));
  });
});

/** Arguments of root fields, one set for each object to start from. */
const WAYS: readonly Given[] = ['"published"', '"hidden-draft"', '"known"'].map((slug) => ({
  slug,
  interval: 'YEAR',
  text: '"hidden or published"',
  from: '{ moment: "1990-01-01T00:00:00Z" }',
  filter: '{ status: [DRAFT, PUBLISHED, RETRACTED] }',
  name: '"Hidden"',
  edtf: '"2020"',
  url: '"https://example.org/"',
  input: `{ items: [{ slug: ${slug}, expectedRevision: 1 }], action: { publish: true } }`,
}));

/** Arguments that have another type in some root fields. */
const argumentsOf = (root: string): Given => {
  if (root === 'mergePreview') return { kind: 'ACTOR', from: '"other"', into: '"known"' };
  return ['duplicateSuggestions', 'similarReferences'].includes(root) ? { kind: 'DEVELOPMENT' } : {};
};

/** The root fields that show drafts to editors. Add new ones here. */
const SHOW_DRAFTS = [
  'actor',
  'actors',
  'bulkPreview',
  'chain',
  'changesBetween',
  'development',
  'developments',
  'doctrine',
  'doctrines',
  'drafts',
  'duplicateSuggestions',
  'mergePreview',
  'node',
  'nodes',
  'source',
  'sources',
  'statements',
  'topic',
  'topics',
];

const QUERIES = Object.keys(schema.getQueryType()?.getFields() ?? {});

describeWithDatabase('queries', () => {
  test.for(QUERIES)(
    '%s and everything below it shows drafts only to editors',
    async (root, { server, drafts }) => {
      const givens = WAYS.flatMap((way) =>
        [drafts.published, drafts.draft].map((id) => ({
          ...way,
          ...argumentsOf(root),
          id: `"${id}"`,
          ids: `["${drafts.published}", "${drafts.draft}"]`,
        })),
      );
      // Most root fields take only some of the arguments, so that their documents repeat.
      const documents = [...new Set(givens.map((given) => everythingUnder(root, given, 5)))].map((text) =>
        parse(text),
      );
      const seenBy = async (viewer: Viewer): Promise<string> => {
        const told: string[] = [];
        for (const document of documents) {
          const contextValue = createContext({
            db: server.db,
            viewer,
            present: undefined,
            publicUrl: undefined,
            wake: () => {},
            takeTurn: () => undefined,
          });
          const { data } = await execute({ schema, document, contextValue });
          told.push(JSON.stringify(data));
        }
        return told.join('\n');
      };
      // Finds first and quotes then: a pattern with the context before a hint takes seconds in these texts.
      const hints = (told: string) =>
        [...told.matchAll(new RegExp(`hidden|${drafts.draft}`, 'gi'))].map(({ 0: hint, index }) =>
          told.slice(Math.max(0, index - 80), index + hint.length),
        );
      const contributor = { role: 'CONTRIBUTOR', name: 'jwt:contributor' } as const;
      for (const viewer of [ANONYMOUS, { role: 'READER', name: 'jwt:reader' }, contributor] as const) {
        const told = await seenBy(viewer);
        expect(hints(told)).toEqual([]);
        expect(told).not.toContain('"status":"DRAFT"');
      }
      for (const role of ['EDITOR', 'ADMIN'] as const) {
        const isTold = hints(await seenBy({ role, name: 'jwt:editor' })).length > 0;
        expect(isTold, role).toBe(SHOW_DRAFTS.includes(root));
      }
    },
  );

  test.for(EVERYBODY)(
    'over HTTP show %s exactly what its role may see',
    async (who, { server, tokens, drafts }) => {
      const { isEditor } = VIEWERS[who];
      const { data, errors } = await sendAs(
        { server, tokens },
        who,
        `{
        development(slug: "hidden-draft") { slug }
        node(id: "${drafts.draft}") { id }
        nodes(ids: ["${drafts.draft}"]) { id }
        chain(slug: "published") { nodes { slug } }
        developments(filter: { status: [DRAFT], text: "hidden" }) { nodes { slug } }
        past: developments(asOf: { moment: "2999-01-01T00:00:00Z" }, filter: { status: [DRAFT], text: "hidden" }) { nodes { slug } }
        timeline(filter: { status: [DRAFT], text: "hidden" }, interval: YEAR) { count }
        source(slug: "known") { developments(filter: { status: [DRAFT, PUBLISHED] }) { nodes { slug } } }
        published: development(slug: "published") {
          links { from { slug } to { slug } }
          revisions { nodes { status changes { field } } }
        }
      }`,
      );
      expect(errors).toBeUndefined();
      expect(JSON.stringify(data).includes('hidden-draft')).toBe(isEditor);
      expect(data?.['past'].nodes).toEqual([]);
      expect(data).toMatchObject({
        development: isEditor ? { slug: 'hidden-draft' } : null,
        node: isEditor ? { id: drafts.draft } : null,
        timeline: isEditor ? [{ count: 1 }] : [],
      });
      expect(data?.['published'].links).toHaveLength(isEditor ? 2 : 0);
      const statuses = data?.['published'].revisions.nodes.map(({ status }: { status: string }) => status);
      expect(statuses.includes('DRAFT')).toBe(isEditor);
    },
  );
});

/** Subscriptions for readers. `deskChanged` is for editors: tests/api/desk. */
const SUBSCRIPTIONS = Object.keys(schema.getSubscriptionType()?.getFields() ?? {}).filter(
  (field) => field !== 'deskChanged',
);

describeWithDatabase('subscriptions', () => {
  test.for(SUBSCRIPTIONS)(
    '%s sends publications to every viewer, and links to drafts to none',
    async (field, { server, tokens, drafts }) => {
      const links = 'slug links { to { slug } }';
      const selection =
        field === 'feed' ? `{ ... on DevelopmentPublished { development { ${links} } } }` : `{ ${links} }`;
      const told = new Map<Who, string>(EVERYBODY.map((who) => [who, '']));
      const stops: (() => void)[] = [];
      const before = server.fanOut.figures.subscribers;
      for (const who of EVERYBODY) {
        const token = tokens[who] === undefined ? ADMIN_TOKEN : tokens[who];
        const client = server.client(token === null ? undefined : { authorization: `Bearer ${token}` });
        const stop = client.subscribe(
          { query: `subscription { it: ${field} ${selection} }` },
          {
            next: (result) => told.set(who, told.get(who) + JSON.stringify(result)),
            error: (error) => told.set(who, `error ${JSON.stringify(error)}`),
            complete: () => {},
          },
        );
        stops.push(stop);
      }
      await vi.waitUntil(() => server.fanOut.figures.subscribers === before + EVERYBODY.length, 30_000);
      const slug = `published-before-${field.toLowerCase()}`;
      await publishStatement(server, 'Secretly linked', { slug, publish: false });
      expect(drafts.draft).toEqual(expect.any(String));
      await server.data(`mutation {
        a: linkDevelopments(input: { slug: "${slug}", to: "hidden-draft", relation: RESPONDS_TO }) { __typename }
        b: publishDevelopment(input: { slug: "${slug}" }) { __typename }
      }`);
      await vi.waitUntil(() => [...told.values()].every((text) => text.includes(slug)), 30_000);
      for (const [who, text] of told) expect(text, who).not.toContain('hidden-draft');
      for (const stop of stops) stop();
      await vi.waitUntil(() => server.fanOut.figures.subscribers === before, 30_000);
    },
  );
});
