import { v7 as newId } from 'uuid';
import type { Transaction } from '../../../database/open.js';
import { findGrades, withConfidence } from '../../development/evidence/confidence.js';
import { readCurrent } from '../../development/read/histories.js';
import { lockDevelopments } from '../../development/write/commit.js';
import { commitRevisions, type ManyChange } from '../../development/write/commit-many.js';
import type { DevelopmentState } from '../../development/write/rows.js';
import { findSameBy, judgeSame } from '../../duplicates/judge.js';
import { parseInput } from '../../input.js';
import { parseSlug } from '../../references/lookup.js';
import { readOverride } from '../../review/override.js';
import { type Writer, write } from '../../write.js';
import { authorshipOf } from '../authorship.js';
import { MergeRefusedError } from '../errors.js';
import { mergeAct } from '../kinds.js';
import {
  type MadeMerge,
  MERGE_BOUNDS,
  MERGE_TIMEOUT,
  type MergeInput,
  mergeInput,
  refuseNewer,
} from '../request.js';
import { joinDevelopments, replaceLinked } from './join.js';
import {
  findLinking,
  obstaclesBetweenDevelopments,
  obstaclesOfEvidence,
  obstaclesOfLinking,
  obstaclesOfLinks,
  readPair,
} from './obstacles.js';

const KIND = 'DEVELOPMENT';

/**
 * Merges a published development into another one of its kind, in one transaction and as one act: the survivor gets the
 * citations, claims and links of both, developments that link to the merged one link to the survivor, and the merged one is
 * retracted with the survivor as its successor. The feed tells of the retraction last.
 *
 * @throws {InvalidInputError}
 * @throws {UnknownSlugError}
 * @throws {MergeRefusedError}
 * @throws {ReviewRequiredError} If the record requires review, and no other editor has judged that the two are one.
 * @throws {IdempotencyKeyReusedError}
 */
export function mergeDevelopments(
  writer: Writer,
  { idempotencyKey, ...given }: MergeInput,
  { most } = MERGE_BOUNDS,
): Promise<MadeMerge> {
  const { reason, expectedRevisions, overrideReview } = parseInput(mergeInput, given);
  const override = readOverride(writer, overrideReview, reason);
  const slugs = [parseSlug(given.from, 'from'), parseSlug(given.into, 'into')] as const;
  const request = { operation: `merge ${KIND}`, input: given, idempotencyKey, timeout: MERGE_TIMEOUT };
  return write<MadeMerge>(writer, request, async (tx) => {
    const [from, into] = await lockPair(tx, slugs);
    refuseNewer('from', { slug: from.content.slug, revision: from.revision }, expectedRevisions?.from);
    refuseNewer('into', { slug: into.content.slug, revision: into.revision }, expectedRevisions?.into);
    refuse(obstaclesBetweenDevelopments(from, into));
    const linking = await lockLinking(tx, from, into, most);
    refuse(await obstaclesOfLinks(tx, from, into));
    const content = await joinedContent(tx, from, into);
    refuse(obstaclesOfEvidence(content));
    const id = newId();
    const { editor, at } = writer;
    const judge = await findSameBy(tx, KIND, from.id, into.id, editor);
    // The judgement is about the two as they were compared, so that it stands again after an undo.
    await judgeSame(tx, { kind: KIND, one: from.id, other: into.id, editor, reason });
    const changes: ManyChange[] = [
      ...linking.map((before) => ({
        before,
        content: replaceLinked(before.content, { from, into }),
        status: before.status,
      })),
      { before: into, content, status: into.status },
      { before: from, content: { ...from.content, successorId: into.id }, status: 'RETRACTED' },
    ];
    const authorship = await authorshipOf(
      tx,
      changes,
      { editor, reason, at, act: mergeAct(id), ...(judge !== undefined && { proposedBy: judge }) },
      override,
    );
    const made = await commitRevisions(tx, changes, authorship);
    await tx.mergeAct.create({
      data: {
        ...{ id, kind: KIND, fromId: from.id, intoId: into.id, editor, reason, recordedAt: at ?? new Date() },
        developmentIds: made.result.map((it) => it.id),
        referenceIds: [],
      },
    });
    const result = { id, intoId: into.id, fromId: from.id, revision: from.revision + 1 };
    return { result, feed: made.feed, references: true };
  });
}

/** The content of the survivor, with its confidence derived again. */
export async function joinedContent(tx: Transaction, from: DevelopmentState, into: DevelopmentState) {
  const joined = joinDevelopments(from, into);
  const grades = await findGrades(
    tx,
    joined.citations.map(({ sourceId }) => sourceId),
  );
  return withConfidence(joined, {}, grades);
}

function refuse([obstacle]: readonly ConstructorParameters<typeof MergeRefusedError>[0][]): void {
  if (obstacle) throw new MergeRefusedError(obstacle);
}

/** Locks both in the order of ids, so that two merges cannot wait for each other, and reads them after that. */
async function lockPair(tx: Transaction, slugs: readonly [string, string]) {
  const pair = await readPair(tx, slugs);
  await lockDevelopments(
    tx,
    pair.map(({ id }) => id),
  );
  return readPair(tx, slugs);
}

/**
 * Locks the developments that link to `from`, and then links, so that none is added until the commit.
 *
 * @throws {MergeRefusedError} If there are too many.
 */
async function lockLinking(
  tx: Transaction,
  from: DevelopmentState,
  into: DevelopmentState,
  most: number,
): Promise<DevelopmentState[]> {
  const found = await findLinking(tx, from.id, into.id, most + 1);
  refuse(obstaclesOfLinking(from.content.slug, found, most));
  await lockDevelopments(
    tx,
    found.map(({ id }) => id),
  );
  // Another writer could otherwise close a cycle with a link that this transaction does not see.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('doctrine-wire links'))`;
  // Some may have been retracted, discarded or linked before the locks. The commit runs the merge again for new ones.
  const still = await findLinking(tx, from.id, into.id, most + 1);
  refuse(obstaclesOfLinking(from.content.slug, still, most));
  return readCurrent(
    tx,
    still.map(({ id }) => id),
  );
}
