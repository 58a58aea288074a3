import { v7 as newId } from 'uuid';
import type { Transaction } from '../../../database/open.js';
import type { NewFeedEntry } from '../../../feed/position.js';
import { findGrades, withConfidence } from '../../development/evidence/confidence.js';
import { readCurrent } from '../../development/read/histories.js';
import { lockDevelopments } from '../../development/write/commit.js';
import { commitRevisions, type ManyChange } from '../../development/write/commit-many.js';
import { findSameBy, judgeSame } from '../../duplicates/judge.js';
import { parseInput } from '../../input.js';
import { recordReferences } from '../../references/history/record.js';
import { parseSlug } from '../../references/lookup.js';
import { readOverride } from '../../review/override.js';
import { type Writer, write } from '../../write.js';
import { authorshipOf } from '../authorship.js';
import { MergeRefusedError } from '../errors.js';
import { mergeAct, OWNER_OF, type ReferenceMergeKind, tableOf } from '../kinds.js';
import {
  type MadeMerge,
  MERGE_BOUNDS,
  MERGE_TIMEOUT,
  type MergeInput,
  mergeInput,
  refuseNewer,
} from '../request.js';
import { countAffected, findAffected } from './affected.js';
import { findDependents, replaceInDependents, type SomeReferences } from './dependents.js';
import { obstacleOfSize, obstaclesBetween, readSides } from './obstacles.js';
import { replaceReference } from './replace.js';
import { setMerged } from './set-merged.js';

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
  kind: ReferenceMergeKind,
  { idempotencyKey, ...given }: MergeInput,
  { most } = MERGE_BOUNDS,
): Promise<MadeMerge> {
  const { reason, expectedRevisions, overrideReview } = parseInput(mergeInput, given);
  const override = readOverride(writer, overrideReview, reason);
  const slugs = [parseSlug(given.from, 'from'), parseSlug(given.into, 'into')] as const;
  const operation = `merge ${kind}`;
  const request = { operation, input: given, idempotencyKey, timeout: MERGE_TIMEOUT };
  return write<MadeMerge>(writer, request, async (tx) => {
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
async function lockSides(tx: Transaction, kind: ReferenceMergeKind, slugs: readonly [string, string]) {
  const [from, into] = await readSides(tx, kind, slugs);
  await tx.$queryRawUnsafe(
    `SELECT FROM ${tableOf(kind).table} WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
    [from.id, into.id],
  );
  return readSides(tx, kind, slugs);
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
