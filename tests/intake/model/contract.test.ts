import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { extract, extractNames } from '../../../src/intake/extract/extract.js';
import { Gazetteer } from '../../../src/intake/extract/names/gazetteer.js';
import { readModelAnswer } from '../../../src/intake/model/contract.js';
import { withModel } from '../../../src/intake/model/with-model.js';

const TEXT =
  'Ada Brook, the envoy, was clear. “We will stay,” she said on Monday. Norland tested a missile. “We will stay,” Ada Brook said again.';

const gazetteer = new Gazetteer([
  { kind: 'PERSON', slug: 'ada-brook', name: 'Ada Brook', names: [] },
  { kind: 'STATE', slug: 'norland', name: 'Norland', names: [] },
  { kind: 'TREATY', slug: 'range-treaty', name: 'Range Treaty', names: [] },
]);
const found = extract(TEXT, { language: 'en', dateline: '2031-05-14', gazetteer });
const names = found.flatMap((one) => (one.kind === 'NAME' ? [one] : []));

const STATEMENT = {
  ...{ kind: 'STATEMENT', excerpt: '“We will stay,”', quotation: 'DIRECT', quoted: ['We will stay,'] },
  speaker: { text: 'Ada Brook', slug: 'ada-brook', office: 'envoy' },
};
const EVENT = {
  ...{ kind: 'EVENT', excerpt: 'Norland tested a missile', eventType: 'TEST', occurred: '2031-05' },
  participants: [{ role: 'ACTOR', slug: 'norland' }],
};

const read = (...suggestions: unknown[]) => readModelAnswer({ suggestions }, TEXT, names);

test('the names of a text are those of its suggestions', () => {
  expect(names).not.toEqual([]);
  expect(extractNames(TEXT, gazetteer)).toEqual(names);
});

test('keeps what the text bears out, each literally at its place', () => {
  const second = TEXT.lastIndexOf('“We');
  const kept = read(EVENT, { ...STATEMENT, start: second }, STATEMENT, STATEMENT);
  expect(kept?.map(({ kind, start }) => [kind, start])).toEqual([
    ['STATEMENT', TEXT.indexOf('“We')],
    ['EVENT', TEXT.indexOf('Norland')],
    ['STATEMENT', second],
  ]);
  for (const { start, end, excerpt, rule, grade } of kept ?? []) {
    expect(TEXT.slice(start, end)).toBe(excerpt);
    expect({ rule, grade }).toEqual({ rule: 'model', grade: 'D' });
  }
  expect(kept?.[0]?.fields).toMatchObject({ speaker: { slug: 'ada-brook', name: 'Ada Brook' } });
});

test('keeps the answer that docs/intake.md shows', () => {
  const page = readFileSync(new URL('../../../docs/intake.md', import.meta.url), 'utf8');
  const [request, answer] = [...page.matchAll(/^```json\n(.*?)^```$/gms)].map(([, json = '']) =>
    JSON.parse(json),
  );
  const named = extract(request.text, { language: 'en', dateline: request.published, gazetteer });
  const kept = readModelAnswer(
    answer,
    request.text,
    named.flatMap((one) => (one.kind === 'NAME' ? [one] : [])),
  );
  expect(kept).toMatchObject([{ kind: 'STATEMENT', fields: { speaker: { slug: 'ada-brook' } } }]);
});

test.for<[string, object]>([
  ['words that are not in the text', { ...STATEMENT, excerpt: '“We will leave,”' }],
  ['words that differ in a letter', { ...EVENT, excerpt: 'Norland tested a Missile' }],
  ['an empty excerpt', { ...EVENT, excerpt: ' ' }],
  ['quoted words outside the excerpt', { ...STATEMENT, quoted: ['the envoy'] }],
  ['a quotation without quoted words', { ...STATEMENT, quoted: [] }],
  ['reported words in quotation marks', { ...STATEMENT, quotation: 'REPORTED' }],
  ['a speaker whom the text does not name', { ...STATEMENT, speaker: { text: 'Bo Field' } }],
  ['a speaker with the slug of another', { ...STATEMENT, speaker: { text: 'she', slug: 'bo-field' } }],
  ['an office that the text does not have', { ...STATEMENT, speaker: { text: 'she', office: 'minister' } }],
  [
    'a participant who is not in the text',
    { ...EVENT, participants: [{ role: 'ACTOR', slug: 'range-treaty' }] },
  ],
  ['a type that is none', { ...EVENT, eventType: 'WAR' }],
  ['a date that is none', { ...EVENT, occurred: 'last week' }],
  ['a day that was never', { ...EVENT, occurred: '2031-02-30' }],
  ['a kind that is none', { ...EVENT, kind: 'NAME' }],
  [
    'a doctrine that the text does not name',
    { ...EVENT, kind: 'DOCTRINE_CHANGE', changeType: 'ADOPTED', doctrine: 'No first use' },
  ],
  ['too long an excerpt', { ...EVENT, excerpt: 'x'.repeat(5_001) }],
])('leaves out %s', ([, lie]) => {
  expect(read(lie, EVENT)).toHaveLength(1);
  expect(read(lie)).toEqual([]);
});

test('leaves out whatever else stands in the list, and reads 200 of it', () => {
  expect(read(null, 7, 'x', [], {}, EVENT)).toHaveLength(1);
  expect(read(...Array(200).fill(null), EVENT)).toEqual([]);
  for (const answer of [null, [], {}, { suggestions: 'none' }, 'text']) {
    expect(readModelAnswer(answer, TEXT, names)).toBeUndefined();
  }
});

test('stands back where a rule has found the same words', () => {
  const all = withModel(found, read(STATEMENT, { ...EVENT, excerpt: 'was clear' }) ?? []);
  expect(all.filter(({ rule }) => rule === 'model').map(({ excerpt }) => excerpt)).toEqual(['was clear']);
  expect(all.map(({ start }) => start)).toEqual(all.map(({ start }) => start).toSorted((a, b) => a - b));
});
