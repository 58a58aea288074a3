import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ACTORS } from '../../src/dossier/actors.js';
import { DEVELOPMENTS } from '../../src/dossier/developments.js';
import { addressDateCorrected } from '../../src/dossier/statements-putin.js';
import { DOCTRINES, TREATIES, WEAPON_SYSTEMS } from '../../src/dossier/subjects.js';
import { extract } from '../../src/intake/extract/extract.js';
import { type KnownDevelopment, meetRecord } from '../../src/intake/extract/meet-record.js';
import { Gazetteer, type GazetteerEntry } from '../../src/intake/extract/names/gazetteer.js';
import type { Suggestion } from '../../src/intake/extract/types.js';

const namesOf = (names: readonly { readonly name: string }[] | null | undefined) =>
  (names ?? []).map(({ name }) => name);

const entries: GazetteerEntry[] = [
  ...ACTORS.map(({ kind, slug, name, names, countryCode }) => ({
    kind,
    slug,
    name,
    names: namesOf(names),
    countryCode: countryCode ?? null,
  })),
  ...TREATIES.map(({ slug, name, abbreviation }) => ({
    kind: 'TREATY' as const,
    slug,
    name,
    names: abbreviation ? [abbreviation] : [],
  })),
  ...WEAPON_SYSTEMS.map(({ slug, name, aliases }) => ({
    kind: 'WEAPON_SYSTEM' as const,
    slug,
    name,
    names: [...namesOf(aliases), 'intermediate-range missiles'],
  })),
  ...DOCTRINES.map(({ slug, name }) => ({ kind: 'DOCTRINE' as const, slug, name, names: [] })),
];

const known: KnownDevelopment[] = DEVELOPMENTS.map(({ kind, input }) => ({
  slug: input.slug,
  kind,
  type: 'type' in input ? input.type : 'changeType' in input ? input.changeType : null,
  headline: input.headline,
  summary: input.summary ?? '',
  words: ('translation' in input ? input.translation : null) ?? null,
  actors: (input.participants ?? []).map(({ actor }) => actor),
  about: [...(input.treaties ?? []), ...(input.weaponSystems ?? [])],
  occurred: input.slug === addressDateCorrected.slug ? addressDateCorrected.corrected.date : input.occurred,
}));

const text = readFileSync(new URL('dossier-article.txt', import.meta.url), 'utf8');
// The article has no dateline.
const suggestions = extract(text, { language: 'en', dateline: null, gazetteer: new Gazetteer(entries) });

interface Fact {
  readonly words: string;
  readonly kind: Suggestion['kind'];
  readonly who: string | null;
  readonly occurred: string | null;
}

/** The eleven facts of the article, in the order of the dossier. */
const FACTS: readonly Fact[] = [
  { words: 'Our country is forced', kind: 'STATEMENT', who: 'sergei-ryabkov', occurred: null },
  { words: 'withdrew from the INF Treaty', kind: 'EVENT', who: 'united-states', occurred: '2019' },
  { words: 'announced a unilateral moratorium', kind: 'DOCTRINE_CHANGE', who: 'russia', occurred: '2019' },
  { words: 'has abandoned the moratorium', kind: 'DOCTRINE_CHANGE', who: 'russia', occurred: null },
  { words: 'Russia left the treaty', kind: 'EVENT', who: 'russia', occurred: null },
  {
    words: 'deploy means of nuclear deterrence',
    kind: 'STATEMENT',
    who: 'vladimir-putin',
    occurred: '2020-02',
  },
  { words: 'was preparing to produce', kind: 'STATEMENT', who: 'vladimir-putin', occurred: '2020-06-28' },
  { words: 'mass production of RSMD', kind: 'EVENT', who: null, occurred: '2024-07' },
  {
    words: 'approved an updated nuclear doctrine',
    kind: 'DOCTRINE_CHANGE',
    who: 'vladimir-putin',
    occurred: null,
  },
  { words: 'signals a readiness to escalate', kind: 'STATEMENT', who: null, occurred: null },
  { words: 'protect their citizens and interests', kind: 'STATEMENT', who: null, occurred: null },
];

function find({ words, kind }: Fact) {
  const found = suggestions.find((one) => one.kind === kind && one.excerpt.includes(words));
  if (!found || found.kind === 'NAME' || found.kind === 'DATE' || found.kind === 'LINK') return undefined;
  const who =
    found.kind === 'STATEMENT'
      ? (found.fields.speaker?.slug ?? null)
      : (found.fields.participants.find(({ role }) => role === 'ACTOR')?.slug ?? null);
  return { key: found.key, who, occurred: found.fields.occurred };
}

test.each(FACTS)('suggests "$words" with its speaker and date', (fact) => {
  expect(find(fact)).toMatchObject({ who: fact.who, occurred: fact.occurred });
});

test('meets the record: contradictory dates are claims, not new developments', () => {
  const meetings = new Map(meetRecord(suggestions, known).map((meeting) => [meeting.key, meeting]));
  const of = (index: number) => meetings.get(find(FACTS[index] as Fact)?.key ?? '');
  expect(of(5)).toMatchObject({
    slug: 'putin-federal-assembly-address-2019',
    act: 'CLAIM',
    claim: { field: 'occurred', value: '2020-02' },
  });
  expect(of(6)).toMatchObject({
    slug: 'putin-missile-production-2024',
    act: 'CLAIM',
    claim: { field: 'occurred', value: '2020-06-28' },
  });
  expect(of(0)).toMatchObject({ slug: 'ryabkov-missile-threats-2025', act: 'CITE' });
  expect(of(1)).toMatchObject({ slug: 'united-states-leaves-inf-2019', act: 'CITE' });
  expect(of(3)).toMatchObject({ slug: 'inf-moratorium-ends-2025', act: 'CITE' });
});

test('suggests as new what the record does not have', () => {
  const other = extract('Ada Brook said that the harbour was closed to trawlers.', {
    language: 'en',
    dateline: null,
    gazetteer: new Gazetteer(entries),
  });
  expect(other.map(({ kind }) => kind)).toContain('STATEMENT');
  expect(meetRecord(other, known)).toEqual([]);
});
