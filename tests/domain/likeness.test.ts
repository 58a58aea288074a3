import { describe, expect, test } from 'vitest';
import { compareReferences } from '../../src/domain/duplicates/compare-references.js';
import { likenessOf } from '../../src/domain/references/named/likeness.js';
import { addressOf, type Comparable, similarKeysOf } from '../../src/domain/references/named/similar-keys.js';
import { OFFICIALS } from '../support/official-names.js';

const person = (name: string, more: Partial<Comparable> = {}): Comparable => ({
  owner: 'Actor',
  kind: 'PERSON',
  names: [name],
  countryCode: null,
  countryCode3: null,
  wikidataId: null,
  url: null,
  ...more,
});

/** Returns whether the two are compared, and found alike. */
function isSuggested(one: Comparable, other: Comparable): boolean {
  const keys = new Set(similarKeysOf(one));
  return similarKeysOf(other).some((key) => keys.has(key)) && compareReferences(one, other) !== undefined;
}

describe('names that are alike', () => {
  test('every two spellings of an official are suggested, and no two officials', () => {
    const all = OFFICIALS.flatMap((names, index) => names.map((name) => ({ name, index })));
    const wrong = all.flatMap((one, at) =>
      all.slice(at + 1).flatMap((other) => {
        const isSame = one.index === other.index;
        const suggested = isSuggested(person(one.name), person(other.name));
        return suggested === isSame ? [] : `${one.name} / ${other.name}: ${isSame ? 'missed' : 'suggested'}`;
      }),
    );
    expect(wrong).toEqual([]);
  });

  test.for<readonly string[]>([
    ['Sergei Ryabkov', 'Sergei Alekseyevich Ryabkov', 'MORE_WORDS'],
    ['Putin Vladimir', 'Vladimir Putin', 'WORD_ORDER'],
    ['V. Putin', 'Vladimir Putin', 'INITIALS'],
    ['Ryabkov S. A.', 'Sergei Alekseyevich Ryabkov', 'INITIALS'],
    ['VLADIMIR PUTIN', 'Vladimir Putin', 'SAME_NAME'],
    ['Владимир Путин', 'Vladimir Putin', 'TRANSLITERATION'],
    ['Владимир Зеленский', 'Volodymyr Zelenskyy', 'TRANSLITERATION'],
    ['Vladmir Puttin', 'Vladimir Putin', 'TRANSLITERATION'],
    ['Jens Stoltenbrg', 'Jens Stoltenberg', 'TRANSLITERATION'],
    ['Jens Stoltenbreg', 'Jens Stoltenberg', 'SPELLING'],
    ['习近平', 'Xi Jinping', 'TRANSLITERATION'],
  ])('%s may be %s: %s', ([one = '', other = '', reason]) => {
    expect(likenessOf(one, other, true)?.reason).toBe(reason);
    expect(likenessOf(other, one, true)?.reason).toBe(reason);
    expect(isSuggested(person(one), person(other))).toBe(true);
  });

  test.for<readonly string[]>([
    ['Aleksandr Ivanov', 'Aleksandra Ivanova'],
    ['Andrei Ivanov', 'Andrei Petrov'],
    ['Vladimir Putin', 'Putin'],
    ['V. P.', 'Vladimir Putin'],
  ])('%s is not %s', ([one = '', other = '']) => {
    expect(likenessOf(one, other, true)).toBeUndefined();
  });

  test.for<readonly string[]>([
    ['R-36', 'R-37'],
    ['S-300', 'S-400'],
    ['START I', 'START II'],
    ['Iran', 'Iraq'],
    ['Niger', 'Nigeria'],
    ['Gambia', 'Zambia'],
    ['Austria', 'Australia'],
    ['Intermediate-range missiles', 'Short-range missiles'],
  ])('the thing %s is not %s', ([one = '', other = '']) => {
    expect(likenessOf(one, other, false)).toBeUndefined();
  });

  test.for<readonly string[]>([
    ['IAEA', 'International Atomic Energy Agency', 'ACRONYM'],
    ['OPCW', 'Organisation for the Prohibition of Chemical Weapons', 'ACRONYM'],
    ['Гуманітарний коридор', 'Гуманітарні коридори', 'TRANSLITERATION'],
    ['Control, arms', 'Arms control', 'WORD_ORDER'],
  ])('the thing %s may be %s: %s', ([one = '', other = '', reason]) => {
    expect(likenessOf(one, other, false)?.reason).toBe(reason);
    const topics = [one, other].map((name) => person(name, { owner: 'Topic', kind: null }));
    expect(isSuggested(topics[0] as Comparable, topics[1] as Comparable)).toBe(true);
  });

  test('an id decides before names do', () => {
    const putin = person('Vladimir Putin', { wikidataId: 'Q7747' });
    expect(compareReferences(putin, person('Vladimir Putin', { wikidataId: 'Q1' }))).toBeUndefined();
    expect(compareReferences(putin, person('Somebody', { wikidataId: 'Q7747' }))?.score).toBe(1);
  });

  test('another country is a doubt', () => {
    const one = person('Andrei Ivanov', { countryCode: 'RU' });
    const found = compareReferences(one, person('Андрей Иванов', { countryCode: 'BY' }));
    expect(found?.doubts.map(({ type }) => type)).toEqual(['DIFFERENT_COUNTRY']);
    expect(found?.score).toBeLessThan(compareReferences(one, person('Андрей Иванов'))?.score ?? 0);
  });

  test.for<readonly string[]>([
    ['https://www.example.org/a/', 'http://example.org/a#top'],
    ['https://example.org/a?utm_source=x&b=1&a=2', 'https://m.example.org/a?a=2&b=1'],
  ])('the address %s is that of %s', ([one = '', other = '']) => {
    expect(addressOf(one)).toBe(addressOf(other));
  });
});
