import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma, type ReviewMode } from '../../generated/prisma/client.js';
import { canonical } from '../development/content/content.js';
import { findSameBy } from '../duplicates/judge.js';
import { findSlugs, parseSlug } from '../references/lookup.js';
import { countAffected } from './affected.js';
import { findDependents } from './dependents.js';
import type { MergeObstacle } from './errors.js';
import type { AnyMergeKind, MergeKind } from './kinds.js';
import { MERGE_BOUNDS } from './merge.js';
import { obstacleOfSize, obstaclesBetween, readSides, type Side } from './obstacles.js';

/** A field of two entries. Values are in the format of inputs; null means empty. */
export interface ComparedField {
  readonly field: string;
  readonly from: unknown;
  readonly into: unknown;
  /** The value of the survivor after the merge. */
  readonly result: unknown;
  readonly isSame: boolean;
}

/** One of the two, with the number of its newest revision. */
interface PreviewedSide {
  readonly id: string;
  readonly revision: number;
}

/** What a merge would do. */
export interface MergePreview {
  readonly kind: AnyMergeKind;
  readonly from: PreviewedSide;
  readonly into: PreviewedSide;
  readonly fields: readonly ComparedField[];
  /** How many developments it would revise, drafts included. */
  readonly developments: number;
  readonly drafts: number;
  /** How many other references it would revise. */
  readonly references: number;
  /** What would refuse it. Empty if nothing would. */
  readonly obstacles: readonly MergeObstacle[];
}

/** The two slugs of a merge. */
export interface MergeSlugs {
  readonly from: string;
  readonly into: string;
}

/**
 * Finds out what a merge would do, and writes nothing. Another editor may change one of the two before you act.
 *
 * @param editor Who would merge.
 * @throws {InvalidInputError} For a malformed slug.
 * @throws {UnknownSlugError}
 */
export async function previewMerge(
  db: Transaction,
  kind: MergeKind,
  slugs: MergeSlugs,
  editor: string,
): Promise<MergePreview> {
  const [from, into] = await readSides(db, kind, [
    parseSlug(slugs.from, 'from'),
    parseSlug(slugs.into, 'into'),
  ]);
  const pair = { kind, from };
  const { developments, drafts } = await countAffected(db, pair);
  const dependents = await findDependents(db, pair);
  const obstacles = [
    ...obstaclesBetween(from, into),
    ...obstacleOfSize(from.slug, developments, MERGE_BOUNDS.most),
  ];
  return {
    ...{ kind, from, into, developments, drafts },
    fields: await compareFields(db, from, into),
    references: dependents.reduce((sum, { ids }) => sum + ids.length, 0),
    obstacles:
      obstacles.length > 0 || kind === 'TOPIC' || developments === drafts
        ? obstacles
        : await obstaclesOfReview(db, { kind, from: from.id, into: into.id, editor }),
  };
}

/** A merge as far as the review is concerned. The two are ids. */
interface ReviewedMerge {
  readonly kind: AnyMergeKind;
  readonly from: string;
  readonly into: string;
  readonly editor: string;
}

/** Topics are not of substance, and drafts need no approval. */
export async function obstaclesOfReview(
  db: Transaction,
  { kind, from, into, editor }: ReviewedMerge,
): Promise<MergeObstacle[]> {
  const [policy] = await read<{ mode: ReviewMode }>(
    db,
    Prisma.sql`SELECT mode::text AS mode FROM review_policy`,
  );
  if (policy?.mode !== 'REQUIRED') return [];
  if ((await findSameBy(db, kind, from, into, editor)) !== undefined) return [];
  const text =
    'The record requires review. Let another editor judge that the two are the SAME, then merge them.';
  return [{ refusal: 'REVIEW_REQUIRED', text }];
}

/** Fields of contents that hold ids, by their names in inputs. */
const FIELD_NAMES: Readonly<Record<string, string>> = { actorId: 'actor' };

async function compareFields(db: Transaction, from: Side, into: Side): Promise<ComparedField[]> {
  const [one, other] = [await shownFields(db, from), await shownFields(db, into)];
  return [...one.keys()].sort().map((field) => {
    const [mine, theirs] = [one.get(field) ?? null, other.get(field) ?? null];
    return { field, from: mine, into: theirs, result: theirs, isSame: canonical(mine) === canonical(theirs) };
  });
}

async function shownFields(db: Transaction, { content }: Side): Promise<Map<string, unknown>> {
  const { mergedIntoId: _, ...fields } = content;
  const actorIds = 'actorId' in fields && fields.actorId !== null ? [fields.actorId] : [];
  const sourceIds = 'aliases' in fields ? fields.aliases.flatMap(({ sourceId }) => sourceId ?? []) : [];
  const slugs = new Map<string, string>();
  for (const [owner, ids] of [
    ['Actor', actorIds],
    ['Source', sourceIds],
  ] as const) {
    if (ids.length === 0) continue;
    for (const { id, slug } of await findSlugs(db, owner, { id: { in: ids } })) slugs.set(id, slug);
  }
  const shown = (field: string, value: unknown) => {
    if (field === 'actorId') return typeof value === 'string' ? slugs.get(value) : null;
    if (field !== 'aliases' || !('aliases' in fields)) return value;
    return fields.aliases.map(({ sourceId, ...alias }) => ({
      ...alias,
      source: sourceId === null ? null : slugs.get(sourceId),
    }));
  };
  return new Map(
    Object.entries(fields).map(([field, value]) => [FIELD_NAMES[field] ?? field, shown(field, value)]),
  );
}
