import fc from 'fast-check';
import type { Kind, RecordInput } from '../../src/domain/development/input.js';
import {
  ChangeType,
  CitationStance,
  ClaimField,
  ClaimRank,
  Confidence,
  EventType,
  ParticipantRole,
  PlacePrecision,
} from '../../src/generated/prisma/enums.js';

/** The slugs that generated developments and filters refer to. */
export const WORLD = {
  actors: ['russia', 'united-states', 'stateless', 'minister', 'agency'],
  topics: ['exercises', 'treaties', 'unused-topic'],
  treaties: ['inf', 'start'],
  weaponSystems: ['oreshnik', 'typhon'],
  doctrines: ['basic-principles', 'moratorium', 'first-use'],
  sources: ['article', 'decree', 'unread'],
} as const;

/** Dates of every form: days, seasons, decades, open, unknown and uncertain ones, and the outermost. */
export const dates = fc.constantFrom(
  ...['2019-02-20', '2019-02-20T10:00Z', '2019-02', '2019-08~', '2019', '2019?', '2019-22', '2018-23'],
  ...['201X', '20XX', '19XX', 'XXXX', '2019-XX-XX', '2024-06-XX'],
  ...['2019-02-01/2019-08-02', '../2019-02-20', '2019/..', '/2024', '2024-06-28/', '1000', '../1000'],
  ...['9998-12-31', '9998/..'],
);

export const countries = fc.constantFrom('RU', 'US', 'DK', 'ZZ');

/**
 * Words that case folding, LIKE or normalisation could take for each other.
 *
 * Left out are letters that Unicode gave their other case after version 12, and circled ones: whether
 * they have one is the database's locale to say.
 */
const WORDS = [
  ...['missile', 'Missile', 'MISSILES', '100%', '%', '_', 'a_b', 'a1b', '\\', 'back\\slash', '\\%', "it's"],
  ...['Übung', 'ÜBUNG', 'übung', 'U\u0308bung', 'straße', 'STRASSE', 'STRAẞE', 'ракета', 'РАКЕТА', 'Ёлка'],
  ...['İstanbul', 'istanbul', 'i̇stanbul', 'ısı', 'ISI', 'ΟΔΟΣ', 'οδος', 'οδοσ', 'Ǆ', 'ǅ', 'ŉ', 'ﬁ', 'ﬃ'],
  ...['\u212A', 'K', '\u212B', 'Å', 'ſ', 'S', '핵', '🚀', '𐐀', '𐐨', 'Ⴀ', 'Ა', 'Ꭰ', '{', '"', '*', '?'],
];

const word = fc.constantFrom(...WORDS);

/** A text that has at least one word. */
export const texts = fc
  .array(fc.tuple(word, fc.constantFrom(' ', '  ', '\n', '\u00A0', '')), { minLength: 1, maxLength: 4 })
  .map((words) => words.flat().join('').trim());

/** What a filter searches for: parts of words in any case, or nothing. */
export const searches = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '\u00A0\n') },
  {
    weight: 9,
    arbitrary: fc
      .array(
        fc
          .tuple(word, fc.nat(3), fc.constantFrom('as is', 'upper', 'lower'))
          .map(([text, start, letters]) => inCase([...text].slice(start).join(''), letters)),
        { minLength: 1, maxLength: 2 },
      )
      .map((words) => words.join(' ')),
  },
);

function inCase(text: string, letters: 'as is' | 'upper' | 'lower'): string {
  if (letters === 'upper') return text.toUpperCase();
  return letters === 'lower' ? text.toLowerCase() : text;
}

/** Distinct ones of the choices, in any order. */
const some = (choices: readonly string[]) => fc.shuffledSubarray([...choices], { maxLength: 2 });
const oneOf = <T>(values: Record<string, T>) => fc.constantFrom(...Object.values(values));
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const few = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 3 });

const claims = fc.record({
  field: fc.constantFrom(ClaimField.OCCURRED, ClaimField.AFTER),
  value: fc.constantFrom('2019', '2020'),
  rank: orNull(oneOf(ClaimRank)),
  note: orNull(texts),
});

const citations = fc.record({
  source: fc.constantFrom(...WORLD.sources),
  locator: orNull(texts),
  excerpt: orNull(texts),
  stance: orNull(oneOf(CitationStance)),
  credibility: orNull(fc.integer({ min: 1, max: 6 })),
  claims: orNull(few(claims)),
});

const base = {
  headline: texts,
  summary: orNull(texts),
  occurred: dates,
  confidence: orNull(oneOf(Confidence)),
  participants: orNull(
    fc.uniqueArray(
      fc.record({
        actor: fc.constantFrom(...WORLD.actors),
        role: fc.constantFrom(
          ParticipantRole.SPEAKER,
          ParticipantRole.INITIATOR,
          ParticipantRole.ON_BEHALF_OF,
        ),
        capacity: orNull(texts),
      }),
      { maxLength: 3, selector: ({ actor, role }) => `${actor} ${role}` },
    ),
  ),
  topics: orNull(some(WORLD.topics)),
  treaties: orNull(some(WORLD.treaties)),
  weaponSystems: orNull(some(WORLD.weaponSystems)),
  doctrines: orNull(some(WORLD.doctrines)),
  citations: orNull(few(citations)),
};

const places = fc
  .record({
    name: texts,
    countryCode: orNull(countries),
    at: orNull(fc.tuple(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -180, max: 180 }))),
    precision: oneOf(PlacePrecision),
  })
  .map(({ at, ...place }) => ({ ...place, latitude: at?.[0] ?? null, longitude: at?.[1] ?? null }));

const quantities = fc
  .record({
    name: texts,
    unit: orNull(fc.constantFrom('km', 't')),
    range: fc.uniqueArray(fc.double({ min: -1e15, max: 1e15, noNaN: true }), { minLength: 3, maxLength: 3 }),
    known: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  })
  .map(({ range, known, ...quantity }) => {
    const [low, best, high] = range
      .map((value) => value + 0) // JSON knows no negative zero.
      .sort((a, b) => a - b)
      .map((value, index) => (known[index] ? value : null));
    return { ...quantity, low, best, high };
  });

/** A development to record: of any kind, with anything in it or next to nothing. */
export interface GeneratedDevelopment {
  readonly kind: Kind;
  readonly input: RecordInput<Kind>;
}

/** Developments that refer to {@link WORLD}. */
export const developments: fc.Arbitrary<GeneratedDevelopment> = fc.oneof(
  fc
    .record({
      ...base,
      type: fc.constantFrom(EventType.TEST, EventType.EXERCISE, EventType.OTHER),
      places: orNull(few(places)),
      quantities: orNull(few(quantities)),
    })
    .map((input) => ({ kind: 'EVENT' as const, input })),
  fc
    .record({
      ...base,
      attribution: orNull(texts),
      setting: orNull(texts),
      originalLanguage: orNull(fc.constantFrom('ru', 'sr-Latn')),
      quotation: orNull(texts),
      translation: orNull(texts),
    })
    .map((input) => ({ kind: 'STATEMENT' as const, input })),
  fc
    .record({
      ...base,
      doctrine: fc.constantFrom(...WORLD.doctrines),
      changeType: oneOf(ChangeType),
      before: orNull(texts),
      after: orNull(texts),
      effective: orNull(dates),
    })
    .map((input) => ({ kind: 'DOCTRINE_CHANGE' as const, input })),
);
