import { z } from 'zod';
import type { DevelopmentContent } from '../domain/development/content/content.js';
import {
  CitationStance,
  ClaimField,
  ClaimRank,
  LinkRelation,
  ParticipantRole,
  PlacePrecision,
} from '../domain/development/content/vocabulary.js';
import { ChangeType, Confidence, DatePrecision, EventType } from '../generated/prisma/enums.js';

const id = z.guid();
const text = z.string();
const orNull = <T extends z.ZodType>(schema: T) => schema.nullable();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const date = z.object({ edtf: text, earliest: day, latest: day, precision: z.enum(DatePrecision) });

const place = z.object({
  name: text,
  countryCode: orNull(text),
  latitude: orNull(z.number()),
  longitude: orNull(z.number()),
  precision: z.enum(PlacePrecision),
});

const quantity = z.object({
  name: text,
  unit: orNull(text),
  low: orNull(z.number()),
  best: orNull(z.number()),
  high: orNull(z.number()),
});

const detail = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('EVENT'),
    type: z.enum(EventType),
    places: z.array(place),
    quantities: z.array(quantity),
  }),
  z.object({
    kind: z.literal('STATEMENT'),
    attribution: orNull(text),
    setting: orNull(text),
    originalLanguage: orNull(text),
    originalScript: orNull(text),
    quotation: orNull(text),
    translation: orNull(text),
    translator: orNull(text),
  }),
  z.object({
    kind: z.literal('DOCTRINE_CHANGE'),
    doctrineId: id,
    changeType: z.enum(ChangeType),
    before: orNull(text),
    after: orNull(text),
    effective: orNull(date),
  }),
]);

/** The shape of a content, which other checks and all readers rely on. */
const content: z.ZodType<DevelopmentContent> = z.object({
  slug: text,
  headline: text,
  summary: text,
  occurred: date,
  confidence: z.enum(Confidence),
  confidenceReason: orNull(text),
  derivedConfidence: z.enum(Confidence),
  detail,
  participants: z.array(z.object({ actorId: id, role: z.enum(ParticipantRole), capacity: orNull(text) })),
  topicIds: z.array(id),
  treatyIds: z.array(id),
  weaponSystemIds: z.array(id),
  doctrineIds: z.array(id),
  citations: z.array(
    z.object({
      id,
      sourceId: id,
      locator: orNull(text),
      excerpt: orNull(text),
      language: orNull(text),
      stance: z.enum(CitationStance),
      credibility: z.int().min(1).max(6),
    }),
  ),
  claims: z.array(
    z.object({
      id,
      citationId: id,
      field: z.enum(ClaimField),
      value: z.unknown().refine((value) => value !== undefined, 'Expected a value; got none.'),
      rank: z.enum(ClaimRank),
      note: orNull(text),
    }),
  ),
  links: z.array(
    z.object({ toId: id, relation: z.enum(LinkRelation), note: orNull(text), citationId: orNull(id) }),
  ),
  successorId: orNull(id),
  externalIds: z.array(z.object({ dataset: text, value: text })),
});

/** Parses a snapshot: returns the content or its problems. */
export type ReadSnapshot =
  | { readonly content: DevelopmentContent; readonly problems?: never }
  | { readonly content?: never; readonly problems: readonly string[] };

/** Maximum number of reported problems of a snapshot. */
const MOST_TOLD = 3;

export function readSnapshot(snapshot: unknown): ReadSnapshot {
  const parsed = content.safeParse(snapshot);
  // Not the parsed value: revisions can differ in unknown fields.
  if (parsed.success) return { content: snapshot as DevelopmentContent };
  const { issues } = parsed.error;
  const told = issues
    .slice(0, MOST_TOLD)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
  return { problems: issues.length > MOST_TOLD ? [...told, `and ${issues.length - MOST_TOLD} more`] : told };
}
