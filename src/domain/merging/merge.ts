import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Transaction } from '../../database/open.js';
import type { NewFeedEntry } from '../../feed/position.js';
import { findGrades, withConfidence } from '../development/evidence/confidence.js';
import { readCurrent } from '../development/read/histories.js';
import { lockDevelopments } from '../development/write/commit.js';
import { commitRevisions, type ManyChange } from '../development/write/commit-many.js';
import { findSameBy, judgeSame } from '../duplicates/judge.js';
import { parseInput, text } from '../input.js';
import { recordReferences } from '../references/history/record.js';
import { parseSlug } from '../references/lookup.js';
import { readOverride } from '../review/override.js';
import { type Writer, write } from '../write.js';
import { countAffected, findAffected } from './affected.js';
import { authorshipOf } from './authorship.js';
import { findDependents, replaceInDependents, type SomeReferences } from './dependents.js';
import { MergeRefusedError } from './errors.js';
import { type MergeKind, mergeAct, OWNER_OF, tableOf } from './kinds.js';
import { obstacleOfSize, obstaclesBetween, readSides, type Side } from './obstacles.js';
import { replaceReference } from './replace.js';
import { setMerged } from './set-merged.js';

const expected = z.int().positive().nullish();

/** The fields of every merge. */
export const mergeInput = z.strictObject({
  from: z.string(),
  into: z.string(),
  reason: text(1_000),
  expectedRevisions: z.strictObject({ from: expected, into: expected }).nullish(),
  overrideReview: z.boolean().nullish(),
});

export type MergeInput = z.input<typeof mergeInput> & { readonly idempotencyKey?: string | null | undefined };

/** A merge that was made. */
export type MergeRef = {
  readonly id: string;
  /** The survivor. */
  readonly intoId: string;
  /** The merged entry and its revision: the last entry of the merge in the feed. */
  readonly fromId: string;
  readonly revision: number;
};

/** It writes up to 2,000 developments in one transaction. */
export const MERGE_TIMEOUT = 60_000;

/** A merge that revises more developments than `most` is refused. */
export interface MergeBounds {
  readonly most: number;
}

export const MERGE_BOUNDS: MergeBounds = { most: 2_000 };

/**
 * Merges a reference into another one, in one transaction and as one act: every development and reference that refers to
 * it gets a revision that refers to the survivor, and the merged reference a revision that says so. The feed tells of the
 * merged reference last.
 *
 * @throws {InvalidInputError}
 * @throws {UnknownSlugError}
 * @throws {MergeRefusedError}
 * @throws {ReviewRequiredError} If the record requires review, and no other editor has judged that the two are one.
 * @throws {IdempotencyKeyReusedError}
 */
export function mergeReferences(
  writer: Writer,
  kind: MergeKind,
  { idempotencyKey, ...given }: MergeInput,
  { most } = MERGE_BOUNDS,
): Promise<MergeRef> {
  const { reason, expectedRevisions, overrideReview } = parseInput(mergeInput, given);
  const override = readOverride(writer, overrideReview, reason);
  const slugs = [parseSlug(given.from, 'from'), parseSlug(given.into, 'into')] as const;
  const operation = `merge ${kind}`;
  const request = { operation, input: given, idempotencyKey, timeout: MERGE_TIMEOUT };
  return write<MergeRef>(writer, request, async (tx) => {
    const [from, into] = await lockSides(tx, kind, slugs);
    refuseNewer('from', from, expectedRevisions?.from);
    refuseNewer('into', into, expectedRevisions?.into);
    const [obstacle] = obstaclesBetween(from, into);
    if (obstacle) throw new MergeRefusedError(obstacle);
    const pair = { kind, from, into };
    const affected = await lockAffected(tx, pair, most);
    const id = newId();
    const act = mergeAct(id);
    const { editor, at } = writer;
    const judge = await findSameBy(tx, kind, from.id, into.id, editor);
    const changes = await changesOf(tx, pair, affected);
    const authorship = await authorshipOf(
      tx,
      changes,
      { editor, reason, at, act, ...(judge !== undefined && { proposedBy: judge }) },
      override,
    );
    const dependents = await findDependents(tx, pair);
    await replaceInDependents(tx, pair);
    const others = await recordReferences(tx, dependents, authorship);
    const developments = await commitRevisions(tx, changes, authorship);
    await judgeSame(tx, { kind, one: from.id, other: into.id, editor, reason });
    await setMerged(tx, kind, from.id, into.id);
    const last = await recordReferences(tx, [{ owner: OWNER_OF[kind], ids: [from.id] }], authorship);
    await tx.mergeAct.create({
      data: {
        ...{ id, kind, fromId: from.id, intoId: into.id, editor, reason, recordedAt: at ?? new Date() },
        developmentIds: developments.result.map((it) => it.id),
        referenceIds: [...idsIn(dependents), from.id],
      },
    });
    const feed: NewFeedEntry[] = [...others.feed, ...developments.feed, ...last.feed];
    const result = { id, intoId: into.id, fromId: from.id, revision: from.revision + 1 };
    return { result, feed, references: true };
  });
}

const idsIn = (some: readonly SomeReferences[]) => some.flatMap(({ ids }) => ids);

/** Locks both rows in the order of ids, so that two merges cannot wait for each other, and reads them after that. */
async function lockSides(tx: Transaction, kind: MergeKind, slugs: readonly [string, string]) {
  const [from, into] = await readSides(tx, kind, slugs);
  await tx.$queryRawUnsafe(
    `SELECT FROM ${tableOf(kind).table} WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
    [from.id, into.id],
  );
  return readSides(tx, kind, slugs);
}

/** @throws {MergeRefusedError} If a side is at another revision than its editor has seen. */
export function refuseNewer(
  side: 'from' | 'into',
  { slug, revision }: Pick<Side, 'slug' | 'revision'>,
  expected: number | null | undefined,
): void {
  if (expected == null || expected === revision) return;
  const text = `"${slug}" is at revision ${revision}, not ${expected}. Preview the merge again, then retry with that revision.`;
  throw new MergeRefusedError({ refusal: 'NEWER_REVISION', text }, `expectedRevisions.${side}`);
}

/**
 * Locks the developments that refer to the merged reference, in the order of ids. Then it waits for writers that have
 * looked the reference up, and keeps others away until the commit: see `refuse_merged` in the migration.
 *
 * @throws {MergeRefusedError} If there are too many.
 */
async function lockAffected(
  tx: Transaction,
  pair: Parameters<typeof findAffected>[1],
  most: number,
): Promise<string[]> {
  const before = await findAffected(tx, pair, most + 1);
  if (before.length > most) await refuseTooMany(tx, pair, most);
  await lockDevelopments(
    tx,
    before.map(({ id }) => id),
  );
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('doctrine_wire.merges'))::text`;
  const affected = await findAffected(tx, pair, most + 1);
  if (affected.length > most) await refuseTooMany(tx, pair, most);
  await lockDevelopments(
    tx,
    affected.map(({ id }) => id),
  );
  return affected.map(({ id }) => id);
}

async function refuseTooMany(tx: Transaction, pair: Parameters<typeof findAffected>[1], most: number) {
  const { developments } = await countAffected(tx, pair);
  for (const obstacle of obstacleOfSize(pair.from.slug, developments, most))
    throw new MergeRefusedError(obstacle);
}

/** Makes the contents that refer to the survivor. Where sources are merged, the confidence is derived again. */
async function changesOf(
  tx: Transaction,
  pair: Parameters<typeof replaceReference>[1],
  ids: readonly string[],
): Promise<ManyChange[]> {
  const states = await readCurrent(tx, ids);
  const replaced = states.map((before) => ({ before, content: replaceReference(before.content, pair) }));
  const isOfSources = pair.kind === 'SOURCE';
  const grades = await findGrades(
    tx,
    isOfSources ? replaced.flatMap(({ content }) => content.citations.map(({ sourceId }) => sourceId)) : [],
  );
  return replaced.map(({ before, content }) => ({
    before,
    content: isOfSources ? withConfidence(content, {}, grades) : content,
    status: before.status,
  }));
}
