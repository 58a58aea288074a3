import fc from 'fast-check';
import type { Kind, RecordInput } from '../../../src/domain/development/content/input.js';
import {
  CitationStance,
  type ClaimField,
  ParticipantRole,
  PlacePrecision,
} from '../../../src/domain/development/content/vocabulary.js';
import { ChangeType, Confidence, EventType } from '../../../src/generated/prisma/enums.js';

/** The slugs that generated developments and filters refer to. */
export const WORLD = {
  actors: ['russia', 'united-states', 'stateless', 'minister', 'agency'],
  topics: ['exercises', 'treaties', 'unused-topic'],
  treaties: ['inf', 'start'],
  weaponSystems: ['oreshnik', 'typhon'],
  doctrines: ['basic-principles', 'moratorium', 'first-use'],
  sources: ['article', 'decree', 'unread'],
} as const;

/** Dates of every form: days, seasons, decades, open, unknown and uncertain ones, and the extremes. */
export const dates = fc.constantFrom(
  ...['2019-02-20', '2019-02-20T10:00Z', '2019-02', '2019-08~', '2019', '2019?', '2019-22', '2018-23'],
  ...['201X', '20XX', '19XX', 'XXXX', '2019-XX-XX', '2024-06-XX'],
  ...['2019-02-01/2019-08-02', '../2019-02-20', '2019/..', '/2024', '2024-06-28/', '1000', '../1000'],
  ...['9998-12-31', '9998/..'],
);

export const countries = fc.constantFrom('RU', 'US', 'DK', 'KZ');

/**
 * Words that case folding, LIKE or normalisation could confuse.
 *
 * Letters that got their other case after Unicode 12 are omitted, and so are circled letters: their
 * case mapping depends on the locale of the database.
 */
const WORDS = [
  ...['missile', 'Missile', 'MISSILES', '100%', '%', '_', 'a_b', 'a1b', '\\', 'back\\slash', '\\%', "it's"],
  ...['Übung', 'ÜBUNG', 'übung', 'U\u0308bung', 'straße', 'STRASSE', 'STRAẞE', 'ракета', 'РАКЕТА', 'Ёлка'],
  ...['İstanbul', 'istanbul', 'i̇stanbul', 'ısı', 'ISI', 'ΟΔΟΣ', 'οδος', 'οδοσ', 'Ǆ', 'ǅ', 'ŉ', 'ﬁ', 'ﬃ'],
  ...['\u212A', 'K', '\u212B', 'Å', 'ſ', 'S', '핵', '🚀', '𐐀', '𐐨', 'Ⴀ', 'Ა', 'Ꭰ', '{', '"', '*', '?'],
];

const word = fc.constantFrom(...WORDS);

/** Texts with at least one word. */
export const texts = fc
  .array(fc.tuple(word, fc.constantFrom(' ', '  ', '\n', '\u00A0', '')), { minLength: 1, maxLength: 4 })
  .map((words) => words.flat().join('').trim());

/** Words of the texts and of referenced names, whole or as prefixes. */
const searchedWord = fc
  .tuple(
    fc.constantFrom(...WORDS, 'russia', 'states', 'INF', 'oreshnik', 'principles', 'the', 'missiles'),
    fc.nat(4),
    fc.constantFrom('as is', 'upper', 'lower'),
  )
  .map(([text, cut, letters]) => {
    const begun = [...text].slice(0, Math.max(2, text.length - cut)).join('');
    return inCase(cut === 0 || cut === 4 ? text : `${begun}*`, letters);
  });

const searchedUnit = fc.oneof(
  { weight: 6, arbitrary: searchedWord },
  { weight: 2, arbitrary: fc.tuple(searchedWord, searchedWord).map((words) => `"${words.join(' ')}"`) },
  { weight: 2, arbitrary: searchedWord.map((text) => `-${text}`) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replaceAll('\0', '')),
  },
);

/** Search texts: words, prefixes, phrases, with `or` and `-`, arbitrary text, or nothing. */
export const searches = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '\u00A0\n', '?', 'the', '-"') },
  {
    weight: 9,
    arbitrary: fc
      .array(fc.tuple(searchedUnit, fc.constantFrom(' ', ' ', ' or ')), { minLength: 1, maxLength: 3 })
      .map((units) => units.flat().join('').trim()),
  },
);

function inCase(text: string, letters: 'as is' | 'upper' | 'lower'): string {
  if (letters === 'upper') return text.toUpperCase();
  return letters === 'lower' ? text.toLowerCase() : text;
}

/** Distinct choices in any order. */
const some = (choices: readonly string[]) => fc.shuffledSubarray([...choices], { maxLength: 2 });
const oneOf = <T>(values: Record<string, T>) => fc.constantFrom(...Object.values(values));
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const few = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 3 });

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

const oneOrTwo = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { minLength: 1, maxLength: 2 });
const actor = fc.constantFrom(...WORLD.actors);

const ranges = fc
  .tuple(orNull(fc.nat(5_000)), orNull(fc.nat(5_000)))
  .filter(([one, other]) => one !== null || other !== null)
  .map(([one, other]) => {
    if (one === null || other === null) return { low: one, high: other };
    return { low: Math.min(one, other), high: Math.max(one, other) };
  });

/** The values that claims can have for each field. */
export const claimValues: Readonly<Record<ClaimField, fc.Arbitrary<unknown>>> = {
  OCCURRED: dates,
  PLACES: oneOrTwo(places),
  QUANTITIES: oneOrTwo(quantities),
  RANGE: ranges,
  SPEAKER: fc.shuffledSubarray([...WORLD.actors], { minLength: 1, maxLength: 2 }),
  ROLE: fc.uniqueArray(fc.record({ actor, capacity: texts }), {
    minLength: 1,
    maxLength: 2,
    selector: (office) => office.actor,
  }),
  QUOTATION: texts,
  CHANGE_TYPE: oneOf(ChangeType),
  EFFECTIVE_DATE: dates,
  BEFORE: texts,
  AFTER: texts,
};

/** The fields that each kind of development can have claims on. */
export const CLAIM_FIELDS = {
  EVENT: ['OCCURRED', 'PLACES', 'QUANTITIES', 'RANGE'],
  STATEMENT: ['OCCURRED', 'SPEAKER', 'ROLE', 'QUOTATION'],
  DOCTRINE_CHANGE: ['OCCURRED', 'CHANGE_TYPE', 'EFFECTIVE_DATE', 'BEFORE', 'AFTER'],
} as const satisfies Record<Kind, readonly ClaimField[]>;

const claimsOn = (kind: Kind) =>
  fc.constantFrom(...CLAIM_FIELDS[kind]).chain((field) =>
    fc.record({
      field: fc.constant<ClaimField>(field),
      value: claimValues[field],
      rank: orNull(fc.constantFrom('NORMAL' as const, 'DEPRECATED' as const)),
      note: orNull(texts),
    }),
  );

/** At least one citation, because publishing requires it. */
const citationsOn = (kind: Kind) =>
  fc.array(
    fc.record({
      source: fc.constantFrom(...WORLD.sources),
      locator: orNull(texts),
      excerpt: orNull(texts),
      language: orNull(fc.constantFrom('ru', 'sr-Latn')),
      stance: orNull(oneOf(CitationStance)),
      credibility: orNull(fc.integer({ min: 1, max: 6 })),
      claims: orNull(few(claimsOn(kind))),
    }),
    { minLength: 1, maxLength: 3 },
  );

const base = {
  headline: texts,
  summary: orNull(texts),
  occurred: dates,
  assessment: orNull(fc.record({ confidence: oneOf(Confidence), confidenceReason: texts })),
  participants: orNull(
    fc.uniqueArray(
      fc.record({
        actor,
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
};

/** A development of any kind to record, from minimal to complete. */
export interface GeneratedDevelopment {
  readonly kind: Kind;
  readonly input: RecordInput<Kind>;
}

/** Whether to prefer a claim on the development's date, and one on a field of its kind. */
const preferences = fc.record({ date: fc.boolean(), other: fc.boolean() });

interface Parts {
  readonly assessment: { readonly confidence: Confidence; readonly confidenceReason: string } | null;
  readonly occurred: string;
  readonly preferences: { readonly date: boolean; readonly other: boolean };
  readonly citations: readonly { readonly claims: readonly ClaimPart[] | null }[];
}

interface ClaimPart {
  readonly field: ClaimField;
  readonly value: unknown;
  readonly rank: 'PREFERRED' | 'NORMAL' | 'DEPRECATED' | null;
  readonly note: string | null;
}

/** Builds the input from its parts, with preferred claims that match its own values. */
function inputFrom<K extends Kind, P extends Parts>(
  kind: K,
  { assessment, preferences, citations, ...fields }: P,
  field: ClaimField,
  own: unknown,
): { kind: K; input: RecordInput<Kind> } {
  const prefer = (preferred: ClaimField, value: unknown): ClaimPart[] =>
    value === null || (Array.isArray(value) && value.length === 0)
      ? []
      : [{ field: preferred, value, rank: 'PREFERRED', note: null }];
  const added = [
    ...(preferences.date ? prefer('OCCURRED', fields.occurred) : []),
    ...(preferences.other ? prefer(field, own) : []),
  ];
  const cited = citations.map((citation, index) =>
    index === 0 && added.length > 0
      ? { ...citation, claims: [...(citation.claims ?? []), ...added] }
      : citation,
  );
  const confidence = assessment ?? { confidence: null, confidenceReason: null };
  return { kind, input: { ...fields, ...confidence, citations: cited } as unknown as RecordInput<Kind> };
}

/** Developments that refer to {@link WORLD}. */
export const developments: fc.Arbitrary<GeneratedDevelopment> = fc.oneof(
  fc
    .record({
      ...base,
      preferences,
      citations: citationsOn('EVENT'),
      type: fc.constantFrom(EventType.TEST, EventType.EXERCISE, EventType.OTHER),
      places: orNull(few(places)),
      quantities: orNull(few(quantities)),
    })
    .map((parts) => inputFrom('EVENT', parts, 'PLACES', parts.places)),
  fc
    .record({
      ...base,
      preferences,
      citations: citationsOn('STATEMENT'),
      attribution: orNull(texts),
      setting: orNull(texts),
      originalLanguage: orNull(fc.constantFrom('ru', 'sr-Latn')),
      originalScript: orNull(fc.constantFrom('Cyrl', 'Latn')),
      quotation: orNull(texts),
      translated: orNull(fc.record({ translation: texts, translator: orNull(texts) })),
    })
    .map(({ translated, ...parts }) => {
      const speakers = parts.participants?.filter(({ role }) => role === 'SPEAKER') ?? [];
      const statement = { ...parts, ...(translated ?? { translation: null, translator: null }) };
      return inputFrom(
        'STATEMENT',
        statement,
        'SPEAKER',
        speakers.map((speaker) => speaker.actor),
      );
    }),
  fc
    .record({
      ...base,
      preferences,
      citations: citationsOn('DOCTRINE_CHANGE'),
      doctrine: fc.constantFrom(...WORLD.doctrines),
      changeType: oneOf(ChangeType),
      before: orNull(texts),
      after: orNull(texts),
      effective: orNull(dates),
    })
    .map((parts) => inputFrom('DOCTRINE_CHANGE', parts, 'EFFECTIVE_DATE', parts.effective)),
);
