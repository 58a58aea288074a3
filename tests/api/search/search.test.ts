import fc from 'fast-check';
import { expect } from 'vitest';
import { recordDevelopment } from '../../../src/domain/development/write/record.js';
import { CITED } from '../../support/example-source.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { complaints, refuseFailure } from '../../support/hostile/raw.js';
import { pick } from '../../support/matching-slugs.js';
import { runs } from '../../support/random/runs.js';
import type { TestServer } from '../../support/server.js';
import { test as base } from '../../support/shared.js';

/** The statements to search, by slug. Each has its words in another field. */
const STATEMENTS: Readonly<Record<string, object>> = {
  headline: { headline: 'Missiles tested at the range' },
  summary: { headline: 'A launch', summary: 'Two missiles flew, the ministry says.' },
  translation: { headline: 'An answer', translation: 'Our missiles will answer.' },
  quotation: { headline: 'A warning', quotation: 'Наши ракеты ответят.', originalLanguage: 'ru' },
  english: { headline: 'A letter', quotation: 'We will not be the first to deploy a warhead.' },
  named: { headline: 'A visit', participants: [{ actor: 'rocket-forces', role: 'SPEAKER' }] },
  filed: { headline: 'A hearing', topics: ['arms-race'], treaties: ['open-skies'] },
  other: { headline: 'Trade talks go on' },
};

const test = base.extend<{ record: TestServer }>({
  record: [
    async ({ server }, use) => {
      await server.data(`mutation {
        upsertActor(input: { slug: "rocket-forces", kind: ORGANISATION, name: "Strategic Rocket Forces", names: [
          { name: "Ракетные войска", language: "ru" }, { name: "RVSN" }
        ] }) { __typename }
        upsertTopic(input: { slug: "arms-race", name: "Arms races" }) { __typename }
        upsertTreaty(input: { slug: "open-skies", name: "Treaty on Open Skies", abbreviation: "OST" }) { __typename }
      }`);
      for (const [slug, input] of Object.entries(STATEMENTS))
        await publishStatement(server, slug, { slug, ...input });
      await use(server);
    },
    { scope: 'file' },
  ],
});

const MISSILES = ['headline', 'summary', 'translation'];
const ALL = Object.keys(STATEMENTS).sort();

describeWithDatabase('a text finds', () => {
  test.for<[string, string, readonly string[]]>([
    ['a word in the headline, the summary and the translation', 'missiles', MISSILES],
    ['any English form of a word', 'MISSILE', MISSILES],
    ['all words, in any order', 'range missile', ['headline']],
    ['words of which one is in a field and one in a name', 'visit rocket', ['named']],
    ['a phrase', '"two missiles"', ['summary']],
    ['no phrase whose words are in another order', '"missiles two"', []],
    ['a phrase without its closing quote', '"missiles will answer', ['translation']],
    ['a phrase in curly quotes', '“two missiles”', ['summary']],
    ['either of two words', 'range or trade', ['headline', 'other']],
    ['either of several groups of words', 'range missile or trade talks or nothing', ['headline', 'other']],
    ['a word beside a leading and a trailing or', 'or trade or', ['other']],
    ['nothing with an excluded word', 'missile -range', ['summary', 'translation']],
    ['nothing with an excluded phrase', 'missile -"two missiles"', ['headline', 'translation']],
    ['everything without an excluded word', '-missile', ALL.filter((slug) => !MISSILES.includes(slug))],
    ['words by a prefix', 'miss*', MISSILES],
    ['words by a prefix that is not stemmed', 'Missiles*', MISSILES],
    ['a phrase by a prefix of its last word', '"two mis"*', ['summary']],
    ['nothing by a prefix of one letter', 'm*', []],
    ['nothing by a prefix of an id', '0*', []],
    ['words in another script', 'РАКЕТЫ', ['quotation']],
    ['words in another script by a prefix', 'ракет*', ['named', 'quotation']],
    ['any English form of a word in a quotation', 'warheads', ['english']],
    ['a name', 'strategic', ['named']],
    ['an alias in another language', 'войска', ['named']],
    ['an alias by a prefix', 'rvs*', ['named']],
    ['any English form of a name', 'race', ['filed']],
    ['a name of a treaty, and its abbreviation', '"open skies" OST', ['filed']],
    ['nothing with an excluded name', 'hearing -skies', []],
    ['words, whatever stop words are between them', 'the missiles of a range', ['headline']],
    ['stop words in names and quotations, if the text has no other words', 'the', ['english']],
    ['everything if it is blank', ' \n', ALL],
    ['nothing if it has no word', '?!', []],
    ['nothing by an emoji', '🚀', []],
  ])('%s', async ([, text, slugs], { record }) => {
    expect(await pick(record, { text })).toEqual([...slugs].sort());
    expect(await pick(record, { not: { text } })).toEqual(ALL.filter((slug) => !slugs.includes(slug)));
  });

  test('the current name of a weapon system, not a former one', async ({ server }) => {
    const name = (named: string) =>
      server.data(
        `mutation ($named: String!) {
        upsertWeaponSystem(input: { slug: "system", name: $named }) { ... on UpsertWeaponSystemSuccess { weaponSystem { name } } }
      }`,
        { named },
      );
    await name('Oreshnik');
    await publishStatement(server, 'A new system', {
      slug: 'renamed',
      weaponSystems: ['system'],
      occurred: '1900',
    });
    expect(await pick(server, { text: 'oreshnik' })).toEqual(['renamed']);
    await name('Kedr');
    expect(await pick(server, { text: 'oreshnik' })).toEqual([]);
    expect(await pick(server, { text: 'kedr system' })).toEqual(['renamed']);
  });

  test('the 200 references with the shortest names, if more have the word', async ({ server }) => {
    await server.db.$executeRaw`
      INSERT INTO topic (id, slug, name, name_words)
      SELECT gen_random_uuid(), 'crowd-' || n, rpad('Crowded', 6 + n, 'd') || ' crowds', '''crowd'':2A' FROM generate_series(2, 202) AS n`;
    for (const slug of ['crowd-201', 'crowd-202'])
      await publishStatement(server, 'On a topic', { slug, topics: [slug], occurred: '1901' });
    expect(await pick(server, { text: 'crowds' })).toEqual(['crowd-201']);
    expect(await pick(server, { text: '-crowds', occurred: { within: '1901' } })).toEqual(['crowd-202']);
  });

  test('the first 60,000 characters of quotations and translations, whatever they contain', async ({
    server,
  }) => {
    const word = (at: number) => String.fromCharCode(0x4e00 + (at % 150), 0x4e00 + Math.floor(at / 150));
    const pairs = (from: number) =>
      Array.from({ length: 16_600 }, (_, at) => `${word(from + 2 * at)}-${word(from + 2 * at + 1)}`).join(
        ' ',
      );
    // Larger than a request may be. Imported rows have no such limit.
    const input = {
      slug: 'long',
      headline: 'A long speech',
      quotation: `beginning ${pairs(0)} ending`.slice(0, 100_000),
      translation: pairs(100_000).slice(0, 100_000),
      occurred: '1902',
      ...CITED,
    };
    const writer = { db: server.db, editor: 'test', wake: () => {} };
    await recordDevelopment(writer, 'STATEMENT', input, { publish: true });
    expect(await pick(server, { text: 'beginning' })).toEqual(['long']);
    expect(await pick(server, { text: `${word(2)} ${word(100_002)}` })).toEqual(['long']);
    expect(await pick(server, { text: 'ending' })).toEqual([]);
  });

  test('the past text of a development with asOf', async ({ server }) => {
    await publishStatement(server, 'On submarines', { slug: 'changed' });
    const { feedHead } = await server.data('{ feedHead }');
    await server.data(
      'mutation { reviseStatement(input: { slug: "changed", headline: "On bombers" }) { __typename } }',
    );
    const found = async (text: string, asOf: object | null) => {
      const { developments } = await server.data(
        `query ($text: String!, $asOf: AsOf) {
          developments(filter: { text: $text }, asOf: $asOf) { nodes { slug headline } }
        }`,
        { text, asOf },
      );
      return developments.nodes;
    };
    const then = { cursor: feedHead };
    expect(await found('submarine', then)).toEqual([{ slug: 'changed', headline: 'On submarines' }]);
    expect(await found('bomber', then)).toEqual([]);
    expect(await found('submarine', null)).toEqual([]);
    expect(await found('bomber', null)).toEqual([{ slug: 'changed', headline: 'On bombers' }]);
  });
});

describeWithDatabase('any text', () => {
  const ANY = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...'\'"\\:&|!()<->* -a0%_$#{}[]?+~^@/.,;=`\t\nЯ🚀'), maxLength: 60 }),
  );

  test('is searched, or refused with a reason, and causes no server error', async ({ record }) => {
    const QUERY = `query ($text: String!) {
      developments(filter: { text: $text }, first: 3) { totalCount nodes { slug } }
      not: developments(filter: { not: { text: $text } }) { totalCount }
    }`;
    await fc.assert(
      fc.asyncProperty(ANY, async (text) => {
        const answer = await record.request<Record<string, { totalCount: number }>>(QUERY, {
          variables: { text },
        });
        refuseFailure(record, answer);
        if (answer.errors) expect(complaints(answer)).toMatch(/^Expected text of at most 16 words/);
        else
          expect(
            (answer.data?.['developments']?.totalCount ?? 0) + (answer.data?.['not']?.totalCount ?? 0),
          ).toBeGreaterThanOrEqual(ALL.length);
      }),
      { numRuns: runs(150) },
    );
  });

  test.for<[string, string]>([
    ['one word of 1,000 characters', 'x'.repeat(1_000)],
    ['one word of letters that take three bytes', '核'.repeat(1_000)],
    ['one word of letters that get longer in lower case', 'Ⱥ'.repeat(1_000)],
    ['one word of surrogate pairs', '𐐀'.repeat(500)],
    ['two words that are too long together', `${'Ⱥ'.repeat(450)} ${'Ⱥ'.repeat(450)}`],
    ['a hyphenated word that is too long', `${'Ⱥ'.repeat(450)}-${'Ⱥ'.repeat(450)}`],
    ['a designation of hundreds of parts', 'a1'.repeat(500)],
    ['a phrase of hundreds of words', `"${'a '.repeat(499)}`],
    ['nothing but hyphens', '-'.repeat(1_000)],
    ['nothing but quotes', '"'.repeat(30)],
    ['nothing but stars', '*'.repeat(1_000)],
    ['right-to-left text', '\u202Eצבא "הגנה* -לישראל'],
  ])('is accepted: %s', async ([, text], { record }) => {
    expect(await pick(record, { text: `${text}` })).toEqual(text.startsWith('---') ? [] : expect.any(Array));
  });

  test('of more than 100 words in total is refused', async ({ record }) => {
    const or = Array.from({ length: 7 }, (_, at) => ({ text: `w${at} `.repeat(15) }));
    const answer = await record.request(
      'query ($or: [DevelopmentFilter!]) { developments(filter: { or: $or }) { totalCount } }',
      {
        variables: { or },
      },
    );
    refuseFailure(record, answer);
    expect(complaints(answer)).toMatch(
      /Expected at most 100 words and phrases in the texts of a filter; got 105/,
    );
  });
});
