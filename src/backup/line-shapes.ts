import { z } from 'zod';
import {
  DevelopmentStatus,
  DuplicateKind,
  DuplicateVerdict,
  FeedChange,
  ReferenceKind as RevisedKind,
} from '../generated/prisma/enums.js';
import { referenceSnapshotProblems } from '../verify/reference-snapshot.js';
import { readSnapshot } from '../verify/snapshot.js';
import { type ReferenceRevisionLine, type RevisionLine, UNCHAINED_VERSION } from './format.js';
import { problemOf } from './rules/content-rules.js';

const instant = z.iso.datetime({ precision: 3 });
const salt = z.string().regex(/^[0-9a-f]{32}$/, 'Expected 32 hexadecimal digits.');
const sha = z.string().regex(/^[0-9a-f]{64}$/, 'Expected 64 hexadecimal digits.');

const line = z.object({
  revision: z.object({
    developmentId: z.guid(),
    number: z.int().positive(),
    status: z.enum(DevelopmentStatus),
    changedFields: z.array(z.string()),
    editor: z.string(),
    reason: z.string().nullable(),
    recordedAt: instant,
  }),
  development: z.object({ recordedAt: instant, publishedAt: instant.nullable() }),
  entry: z
    .object({
      position: z.int().positive(),
      change: z.enum(FeedChange).exclude(['REFERENCE_CHANGED', 'REFERENCE_ERASED']),
      recordedAt: instant,
    })
    .nullable(),
});

const referenceLine = z.strictObject({
  referenceRevision: z.strictObject({
    referenceId: z.guid(),
    number: z.int().positive(),
    kind: z.enum(RevisedKind),
    changedFields: z.array(z.string()),
    editor: z.string(),
    reason: z.string().nullable(),
    recordedAt: instant,
    snapshot: z.unknown(),
  }),
  salt: salt.nullable(),
  entry: z.strictObject({
    position: z.int().positive(),
    change: z.enum(FeedChange).extract(['REFERENCE_CHANGED', 'REFERENCE_ERASED']),
    recordedAt: instant,
    commitment: sha,
    hash: sha,
  }),
});

const judgementLine = z.object({
  judgement: z
    .strictObject({
      id: z.guid(),
      kind: z.enum(DuplicateKind),
      oneId: z.guid(),
      otherId: z.guid(),
      verdict: z.enum(DuplicateVerdict),
      reason: z.string().max(2_000).nullable(),
      editor: z.string().max(1_000),
      compared: z.string().max(100),
      recordedAt: instant,
    })
    .refine(({ oneId, otherId }) => oneId < otherId, 'Expected the smaller id as oneId.'),
});

export const brokenJudgement = (given: unknown): string | undefined => problemOf(judgementLine, given);

const chained = z.object({
  salt: salt.nullable(),
  entry: z.object({ commitment: sha, hash: sha }).nullable(),
});

/** Returns what is wrong with the shape of a line with a revision, or with its place after `before` positions. */
export function brokenShape(given: RevisionLine, before: number, version: number): string | undefined {
  const { entry, revision } = given;
  const place = placeOf(given);
  const { problems = [] } = readSnapshot(revision?.snapshot);
  if (problems.length > 0) return `${place}The snapshot is not a valid content: ${problems.join('; ')}.`;
  const problem =
    problemOf(line, given) ?? (version === UNCHAINED_VERSION ? undefined : problemOf(chained, given));
  if (problem !== undefined) return `${place}${problem}`;
  if ((entry === null) !== (revision.status === 'DRAFT'))
    return 'Expected a feed entry for every revision that is not a draft.';
  return brokenPlace(entry, before) ?? futureTime(place, [revision.recordedAt, entry?.recordedAt]);
}

/** The same for a line with a revision of a reference. */
export function brokenReferenceShape(given: ReferenceRevisionLine, before: number): string | undefined {
  const place = placeOf(given);
  const problem = problemOf(referenceLine, given);
  if (problem !== undefined) return `${place}${problem}`;
  const { entry, referenceRevision } = given;
  const problems = referenceSnapshotProblems(referenceRevision.kind, referenceRevision.snapshot);
  if (problems.length > 0) return `${place}The snapshot is not a valid content: ${problems.join('; ')}.`;
  return brokenPlace(entry, before) ?? futureTime(place, [referenceRevision.recordedAt, entry.recordedAt]);
}

/** The entry may be malformed. */
const placeOf = ({ entry }: { readonly entry?: { readonly position?: unknown } | null }) =>
  entry?.position === undefined ? '' : `Position ${entry.position}: `;

const brokenPlace = (entry: { readonly position: number } | null, before: number): string | undefined =>
  entry && entry.position !== before + 1
    ? `Expected position ${before + 1} next; got ${entry.position}.`
    : undefined;

function futureTime(place: string, times: readonly (string | undefined)[]): string | undefined {
  const future = times.find(isFuture);
  return future === undefined
    ? undefined
    : `${place}Expected times up to now; got ${future}. Check this machine's clock.`;
}

/** How far the clock of the machine that wrote the export may be ahead, in milliseconds. */
const TOLERANCE = 60_000;

const isFuture = (time: string | undefined): boolean =>
  time !== undefined && new Date(time).getTime() > Date.now() + TOLERANCE;
