import { z } from 'zod';
import { countryCode, listOf, slug, text } from '../input.js';
import { PlacePrecision } from './vocabulary.js';

/** What one development may hold; a page of any of its lists shows all of it. */
export const MAX_CITATIONS = 100;
export const MAX_CLAIMS = 100;
export const MAX_CLAIMS_OF_CITATION = 50;
export const MAX_LINKS = 100;
export const MAX_PARTICIPANTS = 100;
export const MAX_QUANTITIES = 50;

/** What may be left out; null then, so that contents compare. */
export const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? null);

export const listed = <T extends z.ZodType>(item: T, max: number) => listOf(item, max).nullish();

/** The id of a citation or claim. */
export const id = z
  .uuid({
    error: 'Expected an id as the record gives them out, such as "0197f0c4-6a1e-7c3b-9d52-0e8f6a7b1c2d".',
  })
  .toLowerCase();

/** The words quoted, or what they come to in translation. */
export const words = text(100_000);
/** What held before a change of doctrine, or after. */
export const doctrineText = text(5_000);
/** The office that an actor held. */
export const capacity = text(200);

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

export const places = listOf(place, 50);

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

export const quantities = listOf(quantity, MAX_QUANTITIES);

const distance = amount.min(0, 'Expected kilometres of 0 or more.');

/** A range in kilometres; an end that is not known is null. */
export const range = z
  .strictObject({ low: optional(distance), high: optional(distance) })
  .refine(({ low, high }) => isAscending([low, high]), { error: 'Expected low ≤ high.' })
  .refine(({ low, high }) => low !== null || high !== null, {
    error: 'Expected low, high or both; got neither.',
  });

function isAscending(values: (number | null)[]): boolean {
  const known = values.filter((value) => value !== null);
  return known.every((value, index) => index === 0 || (known[index - 1] ?? value) <= value);
}

/** The office of each of some speakers, who are named by slug. */
export const offices = listOf(z.strictObject({ actor: slug, capacity }), MAX_PARTICIPANTS).refine(
  (list) => new Set(list.map(({ actor }) => actor)).size === list.length,
  { error: 'Expected each actor once.' },
);
