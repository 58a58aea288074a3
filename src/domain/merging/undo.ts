import { z } from 'zod';
import type { Transaction } from '../../database/open.js';
import { changedFields } from '../development/content/content.js';
import { readHistories } from '../development/read/histories.js';
import { lockDevelopments } from '../development/write/commit.js';
import { commitRevisions, type ManyChange } from '../development/write/commit-many.js';
import { changedSince, standingRevisions, undoOf, undoStep } from '../development/write/undo-act.js';
import { parseInput, text } from '../input.js';
import { recordReferences } from '../references/history/record.js';
import { REFERENCE_KINDS, type ReferenceOwner } from '../references/lookup.js';
import { readOverride } from '../review/override.js';
import { type Writer, write } from '../write.js';
import { authorshipOf } from './authorship.js';
import { type ChangedSince, MergeUndoRefusedError, UnknownMergeError } from './errors.js';
import { type MergeKind, mergeAct, tableOf } from './kinds.js';
import { restoreReferring } from './references/dependents.js';
import { followMerges } from './references/follow.js';
import { setMerged } from './references/set-merged.js';
import { MERGE_TIMEOUT } from './request.js';

export interface UndoMergeInput {
  readonly merge: string;
  readonly reason?: string | null | undefined;
  /** Whether an ADMIN undoes it alone although the record requires review. It needs a reason. */
  readonly overrideReview?: boolean | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** An undone merge, and the last feed entry of the undo: that of the restored entry. */
export type UndoneMerge = {
  readonly id: string;
  readonly kind: MergeKind;
  readonly fromId: string;
  readonly revision: number;
};

/** The judgement that the two are one stays: an undo does not say that they are two. */
const REASON = 'Undo of a merge.';

/**
 * Takes a merge back in one transaction: every development and reference that it changed gets a revision with its content
 * from before.
 *
 * @throws {InvalidInputError}
 * @throws {UnknownMergeError} If no merge has the key, or it was undone.
 * @throws {MergeUndoRefusedError} If any of them was changed since. Nothing is undone then.
 * @throws {ReviewRequiredError} If the record requires review, and the same editor has made the merge.
 * @throws {IdempotencyKeyReusedError}
 */
export function undoMerge(
  writer: Writer,
  { merge, reason, overrideReview, idempotencyKey }: UndoMergeInput,
): Promise<UndoneMerge> {
  const id = parseInput(z.uuid('Expected the key of a merge.'), merge, 'merge');
  const given = reason == null ? REASON : parseInput(text(1_000), reason, 'reason');
  const override = readOverride(writer, overrideReview, reason == null ? null : given);
  const input = { merge, reason, ...(override && { overrideReview }) };
  const request = {
    ...{ operation: 'undoMerge', input, idempotencyKey },
    timeout: MERGE_TIMEOUT,
  };
  return write<UndoneMerge>(writer, request, async (tx) => {
    const act = await lockMerge(tx, id);
    const name = mergeAct(id);
    const { editor, at } = writer;
    const developments = await planDevelopments(tx, act, name);
    const references = await planReferences(tx, act.referenceIds, name);
    const changed = [...developments.changed, ...references.changed];
    if (changed.length > 0) throw new MergeUndoRefusedError(changed);
    const authorship = await authorshipOf(
      tx,
      developments.changes,
      // An undo by a second editor counts as reviewed.
      { editor, reason: given, at, act: undoOf(name), proposedBy: act.editor },
      override,
    );
    if (act.kind !== 'DEVELOPMENT') await setMerged(tx, act.kind, act.fromId, null);
    for (const { owner, id: own, content } of references.steps) {
      if (own !== act.fromId) await restoreReferring(tx, owner, own, content);
    }
    const written = await recordReferences(
      tx,
      references.steps.map(({ owner, id: own }) => ({ owner, ids: [own] })),
      authorship,
    );
    const made = await commitRevisions(tx, developments.changes, authorship);
    await tx.$executeRaw`
      UPDATE merge_act SET undone_at = clock_timestamp(), undone_by = ${editor} WHERE id = ${id}::uuid`;
    const from = [...written.references, ...made.result].find((it) => it.id === act.fromId);
    const result = { id, kind: act.kind, fromId: act.fromId, revision: from?.revision ?? 0 };
    const [last, ...others] = written.feed.toReversed();
    return {
      result,
      feed: [...others.toReversed(), ...made.feed, ...(last ? [last] : [])],
      references: true,
    };
  });
}

interface LockedMerge {
  readonly kind: MergeKind;
  readonly fromId: string;
  readonly editor: string;
  readonly developmentIds: string[];
  readonly referenceIds: string[];
}

/** Locks a merge, its references and its developments, in the order of {@link mergeReferences}. */
async function lockMerge(tx: Transaction, id: string): Promise<LockedMerge> {
  const [act] = await tx.$queryRaw<LockedMerge[]>`
    SELECT kind::text AS kind, from_id::text AS "fromId", editor, development_ids::text[] AS "developmentIds",
           reference_ids::text[] AS "referenceIds"
    FROM merge_act WHERE id = ${id}::uuid AND undone_at IS NULL FOR UPDATE`;
  if (!act) throw new UnknownMergeError();
  if (act.kind !== 'DEVELOPMENT') {
    await tx.$queryRawUnsafe(
      `SELECT FROM ${tableOf(act.kind).table} WHERE id = $1::uuid FOR NO KEY UPDATE`,
      act.fromId,
    );
  }
  await lockDevelopments(tx, act.developmentIds);
  return act;
}

async function planDevelopments(tx: Transaction, { developmentIds: ids, fromId }: LockedMerge, act: string) {
  const changes: ManyChange[] = [];
  const changed: ChangedSince[] = [];
  const discarded = await tx.$queryRaw<{ id: string }[]>`
    SELECT development_id::text AS id FROM review
    JOIN development ON development.id = development_id AND development.status = 'DRAFT'
    WHERE development_id = ANY (${ids}::uuid[]) AND state = 'DISCARDED'`;
  const isDiscarded = (id: string) => discarded.some((row) => row.id === id);
  for (const history of (await readHistories(tx, ids)).values()) {
    const step = undoStep(history, act, { reinstates: true, release: (content) => content });
    if (isDiscarded(history.state.id)) {
      changed.push({ slug: history.state.content.slug, isDevelopment: true, reason: 'discarded since' });
    } else if (step.kind === 'reverted') changes.push(step.change);
    else {
      const reason = step.kind === 'kept' ? step.reason : 'changed since';
      changed.push({ slug: history.state.content.slug, isDevelopment: true, reason });
    }
  }
  // The entry of the restored development comes last in the feed.
  changes.sort((one, other) => Number(one.before.id === fromId) - Number(other.before.id === fromId));
  return { changes, changed: [...changed, ...(await mergedSince(tx, changes))] };
}

/** A retracted development keeps its references when these are merged, so it could not be published with them again. */
async function mergedSince(tx: Transaction, changes: readonly ManyChange[]): Promise<ChangedSince[]> {
  const reinstated = changes.filter(({ before }) => before.status === 'RETRACTED');
  const contents = reinstated.map(({ content }) => content);
  const followed = await followMerges(tx, contents);
  return contents.flatMap((content, index) =>
    changedFields(content, followed[index] ?? content).length === 0
      ? []
      : {
          slug: content.slug,
          isDevelopment: true,
          reason: 'not updated by a later merge of something it refers to',
        },
  );
}

interface ReferenceStep {
  readonly owner: ReferenceOwner;
  readonly id: string;
  readonly content: object;
}

const OWNERS = Object.fromEntries(
  Object.entries(REFERENCE_KINDS).map(([owner, { kind }]) => [kind, owner]),
) as Readonly<Record<string, ReferenceOwner>>;

/** Reads the contents before the merge, in the order in which it changed them. */
async function planReferences(tx: Transaction, ids: readonly string[], act: string) {
  const rows = await tx.$queryRaw<
    { id: string; kind: string; editor: string; act: string | null; snapshot: { slug: string } }[]
  >`
    SELECT reference_id::text AS id, kind::text AS kind, editor, act, snapshot FROM reference_revision
    WHERE reference_id = ANY (${[...ids]}::uuid[]) ORDER BY reference_id, number`;
  const steps: ReferenceStep[] = [];
  const changed: ChangedSince[] = [];
  for (const id of ids) {
    const standing = standingRevisions(rows.filter((row) => row.id === id));
    const last = standing.at(-1);
    const before = standing.findLast((row) => row.act !== act);
    const owner = last && OWNERS[last.kind];
    if (last?.act === act && before && owner) steps.push({ owner, id, content: before.snapshot });
    else if (last)
      changed.push({ slug: last.snapshot.slug, isDevelopment: false, reason: changedSince(last) });
  }
  return { steps, changed };
}
