import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../../src/database/open.js';
import type { DevelopmentContent } from '../../../src/domain/development/content/content.js';
import { prepareFilter } from '../../../src/domain/filter/prepare.js';
import { upsertSource } from '../../../src/domain/references/source.js';
import { upsertWeaponSystem } from '../../../src/domain/references/weapon-system.js';
import { findHighlights } from '../../../src/domain/search/highlight.js';
import { findMarks } from '../../../src/domain/search/marks.js';
import { matchTexts } from '../../../src/domain/search/query.js';
import { parseSearchTexts, type SearchText } from '../../../src/domain/search/text.js';
import { queriesIn, queryOf } from '../../../src/domain/search/units.js';
import { vectorOf } from '../../../src/domain/search/vector.js';
import { Prisma } from '../../../src/generated/prisma/client.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { importMany } from '../../support/import-one.js';
import { runs } from '../../support/random/runs.js';
import { PAIRS as ALL, type SearchedText } from '../../support/search/pairs.js';

/** One of so many pairs is tried. Neighbours are of one kind. PostgreSQL is fast enough for all. */
const STEP = inject('database') === 'postgres' ? 1 : Math.round(ALL.length / runs(ALL.length));
const PAIRS = ALL.filter((_, index) => index % STEP === 0);
const TEXTS = new Set(PAIRS.map(({ text }) => text));

const parsed = (text: string): SearchText => {
  const [one] = parseSearchTexts([text]);
  if (!one) throw new Error('Not parsed.');
  return one;
};

/** Records each text of the table as the words of a development, in the field that its kind names. */
async function record({ db }: OpenDatabase): Promise<Map<SearchedText, string>> {
  const writer = { db, editor: 'test', wake: () => {} };
  await upsertSource(writer, { slug: 'source', title: 'A title' });
  const slugs = new Map([...TEXTS].map((text, index) => [text, `text-${index}`]));
  for (const [{ field, text }, slug] of slugs) {
    if (field === 'name')
      await upsertWeaponSystem(writer, { slug, name: 'A system', aliases: [{ name: text }] });
  }
  const items = [...slugs].map(([searched, slug]) => ({
    kind: searched.field === 'quotation' ? ('STATEMENT' as const) : ('EVENT' as const),
    input: inputOf(searched, slug),
    externalIds: searched.field === 'externalId' ? [{ dataset: 'test', value: searched.text }] : [],
  }));
  await importMany(writer, items);
  return slugs;
}

function inputOf({ text, field, language }: SearchedText, slug: string): object {
  return {
    slug,
    headline: field === 'headline' ? text : 'None',
    occurred: '2020',
    citations: [{ source: 'source', locator: field === 'locator' ? text : null }],
    weaponSystems: field === 'name' ? [slug] : [],
    ...(field === 'quotation'
      ? { quotation: text, originalLanguage: language }
      : { type: 'OTHER', places: field === 'place' ? [{ name: text, precision: 'LOCALITY' }] : [] }),
  };
}

describeWithDatabase('what people type', () => {
  let database: TestDatabase;
  let opened: OpenDatabase;
  let shown: Map<SearchedText, { id: string; revision: number; content: DevelopmentContent }>;

  beforeAll(async () => {
    database = await createDatabase();
    opened = await openDatabase(database.location);
    const slugs = await record(opened);
    const revisions = await opened.db.revision.findMany({ include: { development: true } });
    const bySlug = new Map(revisions.map((revision) => [revision.development.slug, revision]));
    shown = new Map(
      [...slugs].map(([text, slug]) => {
        const revision = bySlug.get(slug);
        if (!revision) throw new Error(`${slug} was not recorded.`);
        const { developmentId: id, number, snapshot } = revision;
        return [text, { id, revision: number, content: snapshot as unknown as DevelopmentContent }];
      }),
    );
  }, 120_000);

  afterAll(async () => {
    await opened?.[Symbol.asyncDispose]();
    await database?.[Symbol.asyncDispose]();
  });

  const idOf = (text: SearchedText) => shown.get(text)?.id ?? '';
  const expected = PAIRS.map(
    ({ text: { text }, query, finds }) => `${query} ${finds ? 'finds' : 'does not find'} ${text}`,
  );
  const told = (finds: (pair: (typeof PAIRS)[number], index: number) => boolean) =>
    PAIRS.map(
      (pair, index) => `${pair.query} ${finds(pair, index) ? 'finds' : 'does not find'} ${pair.text.text}`,
    );

  test('finds the texts in lists', async () => {
    const found = new Map<string, ReadonlySet<string>>();
    for (const query of new Set(PAIRS.map((pair) => pair.query))) {
      const { where } = await prepareFilter(opened.db, { text: query }, (error) => {
        throw error;
      });
      const rows = await opened.db.$queryRaw<{ id: string }[]>`
        SELECT it.id::text AS id FROM development AS it WHERE ${where}`;
      found.set(query, new Set(rows.map(({ id }) => id)));
    }
    expect(told(({ query, text }) => found.get(query)?.has(idOf(text)) ?? false)).toEqual(expected);
  }, 300_000);

  test('finds the texts in the feed', async () => {
    const found = await matchTexts(
      opened.db,
      [...new Set(PAIRS.map(({ query }) => query))].map(parsed),
      [...shown.values()].map(({ id, revision }) => ({ developmentId: id, revision })),
    );
    const byId = new Map([...shown.values()].map(({ id }, index) => [id, found[index]]));
    expect(told(({ query, text }) => byId.get(idOf(text))?.has(query) ?? false)).toEqual(expected);
  });

  test('is marked in the texts that it finds', async () => {
    const marked: boolean[] = [];
    for (const { text, query } of PAIRS) {
      const development = shown.get(text);
      const [highlights] = await findHighlights(opened.db, query, development ? [development] : []);
      marked.push(
        (highlights ?? []).some(({ parts }) => parts.map((part) => part.text).join('') === text.text),
      );
    }
    const wanted = PAIRS.filter(({ finds }) => finds);
    expect(PAIRS.filter(({ finds }, index) => finds && marked[index])).toEqual(wanted);
  });

  test('matches a search vector exactly where highlights mark its text', async () => {
    const texts = fc.array(WORDS, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
    const queries = fc
      .tuple(fc.array(WORDS, { minLength: 1, maxLength: 3 }), fc.boolean())
      .map(([words, isPhrase]) => (isPhrase ? `"${words.join(' ')}"` : (words[0] ?? '')));
    const language = fc.constantFrom(undefined, 'en', 'ru', 'de', 'zh');
    const cases = fc
      .sample(fc.record({ text: texts, query: queries, language }), { seed: 7, numRuns: 2_000 })
      .map((one) => ({
        ...one,
        patterns: queriesIn(parsed(one.query)).flatMap(([unit]) => unit?.patterns ?? []),
      }))
      .filter(({ patterns }) => patterns.length > 0);
    const vectors = cases.map(({ text, language: of }) => vectorOf([{ text, weight: 'A', language: of }]));
    const matched = await opened.db.$queryRaw<{ found: boolean }[]>(Prisma.sql`
      SELECT it.vector::tsvector @@ it.query::tsquery AS found
      FROM unnest(${vectors}::text[], ${cases.map(({ patterns }) => queryOf(patterns))}::text[])
        WITH ORDINALITY AS it (vector, query, at) ORDER BY it.at`);
    const marks = cases.map(
      ({ text, patterns, language: of }) => findMarks(text, patterns, { language: of }).length > 0,
    );
    const show = (finds: readonly boolean[]) =>
      cases.map(({ text, query }, index) => `${query} in ${text}: ${finds[index]}`);
    expect(show(matched.map(({ found }) => found))).toEqual(show(marks));
    expect(marks.filter(Boolean).length).toBeGreaterThan(cases.length / 10);
  });
});

const WORDS = fc.constantFrom(
  ...[
    'missile',
    'Missiles',
    'the',
    'US',
    'us',
    'U.S.',
    'Hwasong-15',
    'Hwasong',
    '15',
    'KN-25',
    '5,500',
    '5500',
    '500-5,500',
  ],
  ...[
    'cease',
    'fire',
    'ceasefire',
    'anti-ballistic',
    'antiballistic',
    'ракеты',
    'ракета',
    'Vertrag',
    'Verträge',
    "l'armée",
  ],
  ...[
    '朝鲜发射',
    '发射',
    '弹',
    "P'yongyang",
    'X-101/X-555',
    'X-555',
    '1.5',
    'bn',
    'billion',
    'mis*',
    '- -',
    'Zürich',
  ],
);
