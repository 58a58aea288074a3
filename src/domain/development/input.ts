import { z } from 'zod';
import {
  ChangeType,
  CitationStance,
  ClaimField,
  ClaimRank,
  Confidence,
  EventType,
  LinkRelation,
  ParticipantRole,
  PlacePrecision,
} from '../../generated/prisma/enums.js';
import { countryCode, fuzzyDate, language, listOf, slug, slugsOf, text } from '../input.js';

const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);
const listed = <T extends z.ZodType>(item: T, max: number) => listOf(item, max).nullish();

const participant = z.strictObject({
  actor: slug,
  role: z.enum(ParticipantRole),
  capacity: optional(text(200)),
});

function refuseSameRoleTwice(
  participants: readonly { readonly actor: string; readonly role: ParticipantRole }[],
  context: z.RefinementCtx,
): void {
  const known = new Set<string>();
  for (const [index, { actor, role }] of participants.entries()) {
    if (known.has(`${actor} ${role}`)) {
      const message = `Expected each actor once in a role; got "${actor}" as ${role} again.`;
      context.addIssue({ code: 'custom', path: [index], message });
    }
    known.add(`${actor} ${role}`);
  }
}

const claim = z.strictObject({
  field: z.enum(ClaimField),
  value: text(2_000),
  rank: z.enum(ClaimRank).nullish(),
  note: optional(text(1_000)),
});

/** How one development bears on another, which is named by its slug. */
export const linkInput = z.strictObject({
  to: slug,
  relation: z.enum(LinkRelation),
  note: optional(text(1_000)),
});

/** A citation, with the claims that it makes. */
export const citationInput = z.strictObject({
  source: slug,
  locator: optional(text(200)),
  excerpt: optional(text(1_000)),
  stance: z.enum(CitationStance).nullish(),
  credibility: z
    .int({ error: 'Expected a whole number from 1 (confirmed) to 6 (cannot be judged).' })
    .min(1, 'Expected 1 (confirmed) to 6 (cannot be judged).')
    .max(6, 'Expected 1 (confirmed) to 6 (cannot be judged).')
    .nullish(),
  claims: listed(claim, 50),
});

const place = z
  .strictObject({
    name: text(200),
    countryCode: optional(countryCode),
    latitude: optional(z.number().min(-90).max(90)),
    longitude: optional(z.number().min(-180).max(180)),
    precision: z.enum(PlacePrecision),
  })
  .refine(({ latitude, longitude }) => (latitude === null) === (longitude === null), {
    error: 'Expected both latitude and longitude, or neither.',
  });

// Further out the database would round what the snapshot keeps, or have no room for it.
const amount = z
  .number({ error: 'Expected a number.' })
  .min(-1e15, 'Expected a number of at most 10^15 either way.')
  .max(1e15, 'Expected a number of at most 10^15 either way.');

const quantity = z
  .strictObject({
    name: text(200),
    unit: optional(text(50)),
    low: optional(amount),
    best: optional(amount),
    high: optional(amount),
  })
  .refine(({ low, best, high }) => isAscending([low, best, high]), { error: 'Expected low ≤ best ≤ high.' });

function isAscending(values: (number | null)[]): boolean {
  const known = values.filter((value) => value !== null);
  return known.every((value, index) => index === 0 || (known[index - 1] ?? value) <= value);
}

/** What every kind of development has; each field may be left out when revising. */
const base = {
  slug: slug.nullish(),
  headline: text(300),
  summary: text(5_000).nullish(),
  occurred: fuzzyDate,
  confidence: z.enum(Confidence).nullish(),
  participants: listOf(participant, 100).superRefine(refuseSameRoleTwice).nullish(),
  topics: slugsOf(100).nullish(),
  treaties: slugsOf(50).nullish(),
  weaponSystems: slugsOf(50).nullish(),
  doctrines: slugsOf(50).nullish(),
  citations: listed(citationInput, 100),
};

const event = {
  type: z.enum(EventType),
  places: listed(place, 50),
  quantities: listed(quantity, 50),
};

const statement = {
  attribution: text(300).nullish(),
  setting: text(300).nullish(),
  originalLanguage: language.nullish(),
  quotation: text(100_000).nullish(),
  translation: text(100_000).nullish(),
};

const doctrineChange = {
  doctrine: slug,
  changeType: z.enum(ChangeType),
  before: text(5_000).nullish(),
  after: text(5_000).nullish(),
  effective: fuzzyDate.nullish(),
};

const details = { EVENT: event, STATEMENT: statement, DOCTRINE_CHANGE: doctrineChange } as const;

/** What records a development: the fields of its kind, and how it enters the record. */
export const recordInputs = {
  EVENT: z.strictObject({ ...base, ...event }),
  STATEMENT: z.strictObject({ ...base, ...statement }),
  DOCTRINE_CHANGE: z.strictObject({ ...base, ...doctrineChange }),
};

/** What revises one: any of the same fields. Null empties a field that may be empty. */
export const reviseInputs = {
  EVENT: recordInputs.EVENT.partial(),
  STATEMENT: recordInputs.STATEMENT.partial(),
  DOCTRINE_CHANGE: recordInputs.DOCTRINE_CHANGE.partial(),
};

export type Kind = keyof typeof details;
export type RecordFields = z.output<(typeof recordInputs)[Kind]>;
export type ReviseFields = z.output<(typeof reviseInputs)[Kind]>;
export type CitationFields = z.output<typeof citationInput>;
/** The input as callers write it, before it is checked. */
export type RecordInput<K extends Kind> = z.input<(typeof recordInputs)[K]>;
export type ReviseInput<K extends Kind> = Nullable<z.input<(typeof reviseInputs)[K]>>;
export type CitationInput = z.input<typeof citationInput>;
export type LinkInput = z.input<typeof linkInput>;

/** Callers may send null for any field; where a field must not be empty, the schema says so. */
type Nullable<T> = { [K in keyof T]: T[K] | null };
