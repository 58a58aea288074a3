import { expect } from 'vitest';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import { OFFICIALS } from '../../support/official-names.js';
import type { TestServer } from '../../support/server.js';

const ENTRY =
  '... on Actor { slug } ... on Topic { slug } ... on Source { slug } ... on WeaponSystem { slug } ... on Development { slug }';

interface Suggested {
  one: { slug: string };
  other: { slug: string };
  strength: string;
  score: number;
  reasons: { type: string; text: string; one: string | null; other: string | null }[];
  doubts: { type: string; text: string }[];
  judgement: { verdict: string; editor: string; reason: string | null } | null;
}

/** Reads all pages of the suggestions of a kind. */
async function suggestionsOf(server: TestServer, kind: string, first = 100): Promise<Suggested[]> {
  const all: Suggested[] = [];
  for (let after: string | null = null; ; ) {
    const { page }: Record<string, any> = await server.data(
      `query ($kind: DuplicateKind!, $first: Int, $after: String) {
        page: duplicateSuggestions(kind: $kind, first: $first, after: $after) {
          suggestions {
            one { ${ENTRY} } other { ${ENTRY} } strength score reasons { type text one other } doubts { type text }
            judgement { verdict editor reason }
          }
          endCursor hasNextPage
        }
      }`,
      { kind, first, after },
    );
    expect(page.suggestions.length).toBeLessThanOrEqual(first);
    all.push(...page.suggestions);
    if (!page.hasNextPage) return all;
    after = page.endCursor;
  }
}

const pairs = (suggestions: readonly Suggested[]) =>
  suggestions.map(({ one, other }) => [one.slug, other.slug].sort().join(' ')).sort();

async function upsertPeople(server: TestServer, names: Readonly<Record<string, string>>): Promise<void> {
  for (const [slug, name] of Object.entries(names)) {
    await server.data(
      `mutation ($input: UpsertActorInput!) { upsertActor(input: $input) { __typename ... on Error { message } } }`,
      { input: { slug, name, kind: 'PERSON' } },
    );
  }
}

async function judge(server: TestServer, input: object): Promise<Record<string, any>> {
  const { result } = await server.data(
    `mutation ($input: JudgeDuplicateInput!) {
      result: judgeDuplicate(input: $input) {
        __typename
        ... on JudgeDuplicateSuccess { judgement { verdict reason editor one { ${ENTRY} } other { ${ENTRY} } } cursor }
        ... on Error { code path }
      }
    }`,
    { input },
  );
  return result;
}

describeWithDatabase('duplicates', () => {
  test('every pair of an official under two spellings is suggested once, and no other, in pages of any size', async ({
    server,
  }) => {
    const people = OFFICIALS.flatMap((names, index) =>
      names.map((name, at) => [`p${index}-${at}`, name] as const),
    );
    await upsertPeople(server, Object.fromEntries(people));
    const expected = OFFICIALS.flatMap((names, index) =>
      names.flatMap((_, at) =>
        names.slice(at + 1).map((__, more) => `p${index}-${at} p${index}-${at + 1 + more}`),
      ),
    );
    expect(pairs(await suggestionsOf(server, 'ACTOR'))).toEqual(expected.sort());
    expect(pairs(await suggestionsOf(server, 'ACTOR', 7))).toEqual(expected);
  });

  test('a suggestion says why, how strongly, and what speaks against it', async ({ server }) => {
    await upsertPeople(server, {
      v: 'V. Ivanov',
      vladimir: 'Vladimir Ivanov',
      viktor: 'Viktor Ivanov',
      ivan: 'Иван Петров',
      petrov: 'Petrov Ivan',
    });
    const [exact, ...choices] = await suggestionsOf(server, 'ACTOR');
    expect(exact).toMatchObject({
      strength: 'HIGH',
      reasons: [
        {
          type: 'WORD_ORDER',
          text: 'the same words in another order',
          one: 'Иван Петров',
          other: 'Petrov Ivan',
        },
      ],
      doubts: [],
      judgement: null,
    });
    expect(
      choices.map(({ doubts, strength, reasons }) => [reasons[0]?.type, strength, doubts[0]?.type]),
    ).toEqual([
      ['INITIALS', 'LOW', 'SEVERAL'],
      ['INITIALS', 'LOW', 'SEVERAL'],
    ]);
  });

  test('a pair judged NOT_SAME is suggested again only when one of the two changes in what is compared', async ({
    server,
  }) => {
    await upsertPeople(server, { a: 'Denys Shmyhal', b: 'Денис Шмигаль' });
    const judged = await judge(server, {
      kind: 'ACTOR',
      one: 'b',
      other: 'a',
      verdict: 'NOT_SAME',
      reason: 'A son.',
    });
    expect(judged).toMatchObject({
      judgement: {
        verdict: 'NOT_SAME',
        reason: 'A son.',
        editor: 'ADMIN_TOKEN',
        one: { slug: 'a' },
        other: { slug: 'b' },
      },
      cursor: null,
    });
    expect(await suggestionsOf(server, 'ACTOR')).toEqual([]);
    const similar = `{ similarReferences(kind: ACTOR, actorKind: PERSON, name: "Denys Shmyhal", slug: "a") { reference { ${ENTRY} } } }`;
    expect(await server.data(similar)).toEqual({ similarReferences: [] });
    await server.data(
      `mutation { upsertActor(input: { slug: "a", name: "Denys Shmyhal", kind: PERSON, description: "Prime Minister" }) { __typename } }`,
    );
    expect(await suggestionsOf(server, 'ACTOR')).toEqual([]);
    await server.data(
      `mutation { upsertActor(input: { slug: "a", name: "Denys Shmyhal", kind: PERSON, countryCode: "UA" }) { __typename } }`,
    );
    expect(pairs(await suggestionsOf(server, 'ACTOR'))).toEqual(['a b']);
    await judge(server, { kind: 'ACTOR', one: 'a', other: 'b', verdict: 'NOT_SAME' });
    await judge(server, { kind: 'ACTOR', one: 'a', other: 'b', verdict: 'SAME' });
    const [same] = await suggestionsOf(server, 'ACTOR');
    expect(same?.judgement).toEqual({ verdict: 'SAME', editor: 'ADMIN_TOKEN', reason: null });
  });

  test('a judgement needs two entries of the record', async ({ server }) => {
    await upsertPeople(server, { a: 'A' });
    const of = (other: string) => judge(server, { kind: 'ACTOR', one: 'a', other, verdict: 'SAME' });
    expect(await of('nobody')).toMatchObject({ code: 'UNKNOWN_SLUG' });
    expect(await of('a')).toMatchObject({ code: 'INVALID_INPUT', path: 'other' });
  });

  test('a new name is compared before it is saved, the most alike first', async ({ server }) => {
    await upsertPeople(server, {
      zelensky: 'Volodymyr Zelensky',
      zelenska: 'Olena Zelenska',
      wife: 'V. Zelensky',
    });
    const { similarReferences } = await server.data(`{
      similarReferences(kind: ACTOR, actorKind: PERSON, name: "Володимир Зеленський") { reference { ${ENTRY} } strength reasons { type one other } }
    }`);
    expect(similarReferences).toEqual([
      {
        reference: { slug: 'zelensky' },
        strength: 'HIGH',
        reasons: [{ type: 'TRANSLITERATION', one: 'Володимир Зеленський', other: 'Volodymyr Zelensky' }],
      },
      {
        reference: { slug: 'wife' },
        strength: 'MEDIUM',
        reasons: [expect.objectContaining({ type: 'INITIALS' })],
      },
    ]);
    const sources = `{ similarReferences(kind: SOURCE, name: "Other", url: "http://www.example.org/a/?utm_source=x") { reference { ${ENTRY} } reasons { type } } }`;
    await server.data(
      'mutation { upsertSource(input: { slug: "page", title: "Page", url: "https://example.org/a" }) { __typename } }',
    );
    expect(await server.data(sources)).toEqual({
      similarReferences: [{ reference: { slug: 'page' }, reasons: [{ type: 'SAME_ADDRESS' }] }],
    });
  });

  test('topics, sources and weapon systems are compared by names and addresses', async ({ server }) => {
    await server.data(`mutation {
      a: upsertTopic(input: { slug: "one", name: "Arms control" }) { __typename }
      b: upsertTopic(input: { slug: "two", name: "Control, arms" }) { __typename }
      c: upsertTopic(input: { slug: "start-1", name: "START I" }) { __typename }
      d: upsertTopic(input: { slug: "start-2", name: "START II" }) { __typename }
      e: upsertSource(input: { slug: "a", title: "A", url: "https://example.org/a" }) { __typename }
      f: upsertSource(input: { slug: "b", title: "B", url: "http://www.example.org/a/" }) { __typename }
      g: upsertSource(input: { slug: "c", title: "A", url: "https://example.org/c" }) { __typename }
      h: upsertWeaponSystem(input: { slug: "iskander", name: "Iskander", aliases: [{ name: "9K720" }] }) { __typename }
      i: upsertWeaponSystem(input: { slug: "ss-26", name: "SS-26 Stone", aliases: [{ name: "9К720" }] }) { __typename }
    }`);
    expect(pairs(await suggestionsOf(server, 'TOPIC'))).toEqual(['one two']);
    expect(pairs(await suggestionsOf(server, 'SOURCE'))).toEqual(['a b']);
    expect(pairs(await suggestionsOf(server, 'WEAPON_SYSTEM'))).toEqual(['iskander ss-26']);
  });

  test('developments are compared by headlines, words, sources, actors and dates', async ({ server }) => {
    await upsertPeople(server, { ryabkov: 'Sergei Ryabkov', lavrov: 'Sergei Lavrov' });
    const by = (actor: string) => ({ participants: [{ actor, role: 'SPEAKER' }] });
    const one = await publishStatement(server, 'Russia ends its moratorium on missiles', {
      ...by('ryabkov'),
    });
    const other = await publishStatement(server, 'Russia ends moratorium on missiles', {
      ...by('ryabkov'),
      occurred: '2026-01',
    });
    await publishStatement(server, 'Russia ends its moratorium on missiles', {
      ...by('ryabkov'),
      occurred: '2026-03-01',
    });
    await server.data('mutation { upsertSource(input: { slug: "other", title: "Other" }) { __typename } }');
    const elsewhere = { ...by('ryabkov'), citations: [{ source: 'other' }] };
    await publishStatement(server, 'A second briefing of the day', elsewhere);
    const quotation = 'We no longer consider ourselves bound by these restrictions.';
    const quoted = await publishStatement(server, 'Lavrov on restrictions', { ...by('lavrov'), quotation });
    const draft = await publishStatement(server, 'No longer bound', {
      ...by('lavrov'),
      quotation,
      publish: false,
    });
    const found = await suggestionsOf(server, 'DEVELOPMENT');
    expect(pairs(found)).toEqual([[one, other].sort().join(' '), [quoted, draft].sort().join(' ')].sort());
    expect(pairs(await suggestionsOf(server, 'DEVELOPMENT', 1))).toEqual(pairs(found));
    const [byWords, byHeadline] = found;
    expect(byWords).toMatchObject({
      strength: 'HIGH',
      reasons: [{ type: 'SAME_QUOTATION' }, { type: 'SAME_SOURCE' }, { type: 'SHARED_ACTORS' }],
    });
    expect(byHeadline?.reasons.map(({ type }) => type)).toEqual([
      'NEAR_HEADLINE',
      'SAME_SOURCE',
      'SHARED_ACTORS',
    ]);
    await judge(server, { kind: 'DEVELOPMENT', one, other, verdict: 'NOT_SAME' });
    expect(pairs(await suggestionsOf(server, 'DEVELOPMENT'))).toEqual([[quoted, draft].sort().join(' ')]);
  });

  test('readers see no suggestions, and are told what they need', async ({ server }) => {
    for (const query of [
      '{ duplicateSuggestions(kind: DEVELOPMENT) { hasNextPage } }',
      '{ similarReferences(kind: TOPIC, name: "x") { score } }',
    ]) {
      const { data, errors } = await server.request(query, { token: null });
      expect(Object.values(data ?? {})).toEqual([null]);
      expect(errors?.[0]).toMatchObject({
        message: expect.stringMatching(/^\w+ needs a token with the role EDITOR or ADMIN/),
        extensions: { code: 'UNAUTHENTICATED' },
      });
    }
  });

  test('wrong arguments are refused', async ({ server }) => {
    const codeOf = async (query: string) => (await server.request(query)).errors?.[0]?.extensions?.['code'];
    expect(await codeOf('{ duplicateSuggestions(kind: ACTOR, first: 0) { hasNextPage } }')).toBe(
      'BAD_USER_INPUT',
    );
    expect(await codeOf('{ duplicateSuggestions(kind: ACTOR, after: "x") { hasNextPage } }')).toBe(
      'BAD_USER_INPUT',
    );
    expect(await codeOf('{ similarReferences(kind: DEVELOPMENT, name: "x") { score } }')).toBe(
      'BAD_USER_INPUT',
    );
    expect(await codeOf('{ similarReferences(kind: ACTOR, name: "x") { score } }')).toBe('BAD_USER_INPUT');
  });
});
