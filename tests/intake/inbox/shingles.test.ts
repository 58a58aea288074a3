import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentHash } from '../../../src/intake/inbox/arrival/content-hash.js';
import {
  bandsOf,
  isNearDuplicate,
  signatureOf,
  similarity,
} from '../../../src/intake/inbox/arrival/shingles.js';

const ARTICLE = `The defence minister of Ostland said on Tuesday that the country no longer considers itself bound by its
  moratorium on intermediate-range missiles. Speaking at an arms fair in the capital, the minister said that the decision
  followed deployments by neighbouring states. A spokeswoman of the alliance called the announcement regrettable and said
  that members would consult. Analysts said that production of the new missile began last year. The moratorium was
  declared in 2019 after the treaty had ended. Observers expect the first battalion to be ready by the end of the year,
  although officials gave no number of launchers and did not say where they would be based.`;

const OTHER = `The parliament of Westmark voted on Friday to raise spending on air defence by a fifth over four years.
  The opposition had asked for a longer debate, and abstained. The minister of finance said that the money would come from
  a bond issue in the spring. Two batteries have been ordered from a maker abroad, and a third is an option that runs until
  next summer. The vote ends a dispute of two years about the age of the present batteries.`;

const near = (one: string, other: string) =>
  isNearDuplicate(signatureOf(one) ?? [], signatureOf(other) ?? [1]);
const candidates = (one: string, other: string) => {
  const bands = new Set(bandsOf(signatureOf(one) ?? []));
  return bandsOf(signatureOf(other) ?? []).filter((band) => bands.has(band)).length;
};

test('a corrected text is a near-duplicate, and its bands find it', () => {
  const corrected = ARTICLE.replace('on Tuesday', 'on Wednesday').replace('regrettable', '“regrettable”');
  expect(near(ARTICLE, corrected)).toBe(true);
  expect(candidates(ARTICLE, corrected)).toBeGreaterThan(0);
});

test('a reprint with a line before and after is a near-duplicate', () => {
  expect(near(ARTICLE, `OSTCITY (Agency) — ${ARTICLE} Reporting by our correspondents in the capital.`)).toBe(
    true,
  );
});

test('case, accents, punctuation and white space do not count', () => {
  expect(
    similarity(signatureOf(ARTICLE) ?? [], signatureOf(ARTICLE.toUpperCase().replaceAll(/[.,]/g, ' ')) ?? []),
  ).toBe(1);
});

test('another text on the same subject is no near-duplicate', () => {
  expect(near(ARTICLE, OTHER)).toBe(false);
  expect(candidates(ARTICLE, OTHER)).toBe(0);
});

test('a short text has no signature', () => {
  expect(signatureOf('Read the whole article on our site.')).toBeNull();
});

test('a text without spaces between words has a signature', () => {
  const text =
    '国防部长周二表示该国不再认为自己受到中程导弹暂停部署承诺的约束他在首都的武器展览会上发表了讲话';
  expect(near(text, text.replace('周二', '周三'))).toBe(true);
});

test('one changed word among two hundred leaves a near-duplicate, wherever it stands', () => {
  const words = Array.from({ length: 200 }, (_, index) => `word${index * 7919}`);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 199 }), fc.stringMatching(/^[a-z]{3,8}$/), (at, word) => {
      const changed = words.with(at, word);
      expect(near(words.join(' '), changed.join(' '))).toBe(true);
      expect(candidates(words.join(' '), changed.join(' '))).toBeGreaterThan(0);
    }),
  );
});

test('the numbers fit into integers of the database', () => {
  const signature = signatureOf(ARTICLE) ?? [];
  expect(signature).toHaveLength(128);
  const numbers = [...signature, ...bandsOf(signature)];
  expect(numbers.every((number) => Number.isInteger(number) && Math.abs(number) <= 2 ** 31)).toBe(true);
});

test('the hash of a text ignores white space, and nothing else', () => {
  expect(contentHash('a  b\n')).toBe(contentHash('a b'));
  expect(contentHash('e\u0301')).toBe(contentHash('é'));
  expect(contentHash('a b')).not.toBe(contentHash('A b'));
});
