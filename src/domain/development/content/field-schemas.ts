import { z } from 'zod';
import { countryCode, listOf, name, slug, text } from '../../input.js';
import { PlacePrecision } from './vocabulary.js';

/** Limits of one development. A page of developments returns all of it. */
export const MAX_CITATIONS = 100;
export const MAX_CLAIMS = 100;
export const MAX_CLAIMS_OF_CITATION = 50;
export const MAX_LINKS = 100;
export const MAX_PARTICIPANTS = 100;
export const MAX_QUANTITIES = 50;

/** Optional fields become null, so that contents compare. */
export const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? null);

export const listed = <T extends z.ZodType>(item: T, max: number) => listOf(item, max).nullish();

/** The id of a citation or claim. */
export const id = z
  .uuid({
    error: 'Expected an id from the record, such as "0197f0c4-6a1e-7c3b-9d52-0e8f6a7b1c2d".',
  })
  .toLowerCase();

/** Quoted words, or their translation. */
export const words = text(100_000);
/** A policy before or after a change. */
export const doctrineText = text(5_000);
/** An office. */
export const capacity = text(200);

const place = z
  .strictObject({
    name: name(200),
    countryCode: optional(countryCode),
    latitude: optional(z.number().min(-90).max(90)),
    longitude: optional(z.number().min(-180).max(180)),
    precision: z.enum(PlacePrecision),
  })
  .refine(({ latitude, longitude }) => (latitude === null) === (longitude === null), {
    error: 'Expected both latitude and longitude, or neither.',
  });

export const places = listOf(place, 50);

// Beyond this, the database rounds numbers or cannot store them.
const amount = z
  .number({ error: 'Expected a number.' })
  .min(-1e15, 'Expected a number between -10^15 and 10^15.')
  .max(1e15, 'Expected a number between -10^15 and 10^15.');

const quantity = z
  .strictObject({
    name: name(200),
    unit: optional(name(50)),
    low: optional(amount),
    best: optional(amount),
    high: optional(amount),
  })
  .refine(({ low, best, high }) => isAscending([low, best, high]), { error: 'Expected low ≤ best ≤ high.' });

export const quantities = listOf(quantity, MAX_QUANTITIES);

const distance = amount.min(0, 'Expected kilometres of 0 or more.');

/** A range in kilometres. An unknown bound is null. */
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

/** Offices of speakers, by slug. */
export const offices = listOf(z.strictObject({ actor: slug, capacity }), MAX_PARTICIPANTS).refine(
  (list) => new Set(list.map(({ actor }) => actor)).size === list.length,
  { error: 'Expected each actor once.' },
);
