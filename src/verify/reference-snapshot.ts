import { z } from 'zod';
import type { ReferenceContents } from '../domain/references/history/content.js';
import type { ReferenceKind } from '../generated/prisma/client.js';
import {
  ActorKind,
  DatePrecision,
  DeliveryPlatform,
  SourceReliability,
  TreatyState,
  WeaponClass,
} from '../generated/prisma/enums.js';

const id = z.guid();
const text = z.string();
const textOrNone = text.nullable();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const names = z.array(z.strictObject({ name: text, language: textOrNone }));
const date = z.strictObject({ edtf: text, earliest: day, latest: day, precision: z.enum(DatePrecision) });

/** The shapes of the contents, which all readers rely on. */
const CONTENTS: { readonly [K in ReferenceKind]: z.ZodType<ReferenceContents[K]> } = {
  ACTOR: z.strictObject({
    slug: text,
    kind: z.enum(ActorKind),
    name: text,
    description: textOrNone,
    countryCode: textOrNone,
    countryCode3: textOrNone,
    wikidataId: textOrNone,
    names,
    mergedIntoId: id.nullable(),
  }),
  SOURCE: z.strictObject({
    slug: text,
    title: text,
    publisher: textOrNone,
    url: textOrNone,
    language: textOrNone,
    reliability: z.enum(SourceReliability),
    published: date.nullable(),
    retrievedAt: z.iso.datetime({ precision: 3 }).nullable(),
    wikidataId: textOrNone,
    names,
    mergedIntoId: id.nullable(),
  }),
  TOPIC: z.strictObject({
    slug: text,
    name: text,
    description: textOrNone,
    wikidataId: textOrNone,
    names,
    mergedIntoId: id.nullable(),
  }),
  TREATY: z.strictObject({
    slug: text,
    name: text,
    abbreviation: textOrNone,
    summary: textOrNone,
    partyIds: z.array(id),
    states: z.array(z.strictObject({ state: z.enum(TreatyState), since: date, note: textOrNone })),
  }),
  WEAPON_SYSTEM: z.strictObject({
    slug: text,
    name: text,
    summary: textOrNone,
    classes: z.array(z.enum(WeaponClass)),
    delivery: z.array(z.enum(DeliveryPlatform)),
    rangeMinKm: z.int().nullable(),
    rangeMaxKm: z.int().nullable(),
    aliases: z.array(
      z.strictObject({ name: text, language: textOrNone, note: textOrNone, sourceId: id.nullable() }),
    ),
    mergedIntoId: id.nullable(),
  }),
  DOCTRINE: z.strictObject({
    slug: text,
    name: text,
    summary: textOrNone,
    actorId: id.nullable(),
    mergedIntoId: id.nullable(),
  }),
};

/** Maximum number of reported problems of a snapshot. */
const MOST_TOLD = 3;

/** Returns the problems of the shape of a reference's snapshot. */
export function referenceSnapshotProblems(kind: ReferenceKind, snapshot: unknown): readonly string[] {
  const parsed = CONTENTS[kind].safeParse(snapshot);
  if (parsed.success) return [];
  return parsed.error.issues
    .slice(0, MOST_TOLD)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
}
