import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { canonical } from '../../domain/development/content/content.js';
import { isReferenceMarker } from '../../domain/erasure/marker.js';
import { referenceCommitment } from '../../domain/references/history/commitment.js';
import { CONTENTS, changedReferenceFields } from '../../domain/references/history/content.js';
import { hasNoReferenceContent } from '../../domain/references/history/erased.js';
import { type FeedChange, Prisma, type ReferenceKind } from '../../generated/prisma/client.js';
import type { RecordCheck } from '../check.js';
import { each } from '../read.js';
import { referenceSnapshotProblems } from '../reference-snapshot.js';
import type { Findings } from '../report.js';

const { sql } = Prisma;

/** The references as their rows have them. */
const ROWS = Prisma.join(
  (Object.keys(CONTENTS) as ReferenceKind[]).map(
    (kind) => sql`SELECT id, content, ${kind}::"ReferenceKind" AS kind FROM (${CONTENTS[kind]}) AS it`,
  ),
  ' UNION ALL ',
);

interface CheckedReference {
  readonly referenceId: string;
  readonly number: number;
  readonly kind: ReferenceKind;
  readonly changedFields: readonly string[] | null;
  readonly editor: string;
  readonly reason: string | null;
  readonly recordedAt: Date;
  /** Null for an erased revision. */
  readonly salt: string | null;
  readonly snapshot: object & { readonly slug?: unknown };
  readonly position: bigint | null;
  readonly change: FeedChange | null;
  readonly commitment: string | null;
  readonly isNewest: boolean;
  /** The content of the row; null without one. */
  readonly content: object | null;
}

const REVISIONS = sql`
  SELECT it.reference_id::text AS "referenceId", it.number, it.kind::text AS kind,
         it.changed_fields AS "changedFields", it.editor, it.reason, it.recorded_at AS "recordedAt",
         encode(it.salt, 'hex') AS salt, it.snapshot, entry.position, entry.change::text AS change, encode(entry.commitment, 'hex') AS commitment,
         newest.number = it.number AS "isNewest", present.content
  FROM reference_revision AS it
  JOIN (SELECT reference_id, max(number) AS number FROM reference_revision GROUP BY reference_id) AS newest
    ON newest.reference_id = it.reference_id
  LEFT JOIN feed_entry AS entry ON entry.reference_id = it.reference_id AND entry.revision = it.number
  LEFT JOIN (${ROWS}) AS present ON present.id = it.reference_id AND present.kind = it.kind AND newest.number = it.number
  ORDER BY it.reference_id, it.number, entry.position`;

/** COMMITMENT, REVISION_NOT_TOLD, ENTRY_ORDER, REVISION_CHAIN, SNAPSHOT_SHAPE, UNKNOWN_REFERENCE and ROW, of references. */
export const referencesHaveHistories: RecordCheck = async (tx, findings) => {
  const isWhole = !(await isRestoring(tx));
  let before: CheckedReference | undefined;
  for await (const revision of each<CheckedReference>(tx, REVISIONS)) {
    const last = before?.referenceId === revision.referenceId ? before : undefined;
    if (last?.number === revision.number) continue; // Two feed entries: another check reports it.
    checkRevision(isWhole ? revision : { ...revision, isNewest: false }, last, findings);
    before = revision;
  }
};

function checkRevision(
  revision: CheckedReference,
  before: CheckedReference | undefined,
  findings: Findings,
): void {
  const { referenceId, number, kind, snapshot, position, salt, isNewest, content } = revision;
  const name = `${kind} ${String(snapshot.slug ?? referenceId)}, revision ${number}`;
  const problems = referenceSnapshotProblems(kind, snapshot);
  if (problems.length > 0)
    findings.add('SNAPSHOT_SHAPE', name, 'the snapshot of a content', problems.join('; '));
  const isReadable = problems.length === 0;
  const next = (before?.number ?? 0) + 1;
  if (number !== next) findings.add('REVISION_CHAIN', name, `revision ${next} next`, `revision ${number}`);
  const changedFields = revision.changedFields ?? [];
  const expected = changedReferenceFields(before?.snapshot ?? null, snapshot).join(', ') || 'none';
  const found = changedFields.join(', ') || 'none';
  const isComparable = isReadable && salt !== null && before?.salt !== null; // Or the content that changed is gone.
  if (isComparable && found !== expected)
    findings.add('REVISION_CHAIN', name, `changed fields ${expected}`, found);
  if (position === null) {
    findings.add('REVISION_NOT_TOLD', name, 'an entry in the feed', 'none');
  } else {
    checkCommitment({ ...revision, changedFields }, `position ${position}, ${name}`, isReadable, findings);
  }
  if (position !== null && before?.position != null && position < before.position) {
    const after = `a position after ${before.position}, which tells of a revision before`;
    findings.add('ENTRY_ORDER', name, after, `position ${position}`);
  }
  if (!isNewest || !isReadable) return; // SNAPSHOT_SHAPE reports it.
  if (content === null) {
    findings.add('UNKNOWN_REFERENCE', name, `the ${kind} ${referenceId}`, 'none with this id');
  } else if (canonical(content) !== canonical(snapshot)) {
    const differing = changedReferenceFields(content, snapshot).join(', ');
    findings.add('ROW', name, 'a row with its content', `another ${differing}`);
  }
}

/** A revision is the one that was told, or a marker. An entry that tells of an erasure has no content. */
function checkCommitment(
  revision: CheckedReference & { readonly changedFields: readonly string[] },
  concerns: string,
  isReadable: boolean,
  findings: Findings,
): void {
  const { salt } = revision;
  if (salt === null) {
    if (isReadable && !isReferenceMarker(revision))
      findings.add('COMMITMENT', concerns, 'no content, because its salt was erased', 'content');
    return;
  }
  const commitment = referenceCommitment(revision, salt);
  if (commitment !== revision.commitment) {
    const committed = 'the content, editor, reason and times that were published';
    findings.add('COMMITMENT', concerns, committed, `others: their commitment is ${commitment}`);
  }
  if (revision.change === 'REFERENCE_ERASED' && isReadable && !hasNoReferenceContent(revision))
    findings.add(
      'ENTRY_CHANGE',
      concerns,
      'REFERENCE_CHANGED, because the revision has content',
      revision.change,
    );
}

/** Whether an export is being restored: its references come first, and their revisions later. */
async function isRestoring(tx: Transaction): Promise<boolean> {
  const rows = await read(
    tx,
    sql`SELECT FROM import_progress WHERE dataset = ':record' AND finished_at IS NULL`,
  );
  return rows.length > 0;
}

/** REVISION_CHAIN: a reference has revisions. */
export const referencesHaveRevisions: RecordCheck = async (tx, findings) => {
  if (await isRestoring(tx)) return;
  const without = each<{ kind: string; slug: string }>(
    tx,
    sql`SELECT kind::text AS kind, content->>'slug' AS slug FROM (${ROWS}) AS it
        WHERE NOT EXISTS (SELECT FROM reference_revision WHERE reference_id = it.id) ORDER BY id`,
  );
  for await (const { kind, slug } of without) {
    findings.add('REVISION_CHAIN', `${kind} ${slug}`, 'revisions from 1 on', 'none');
  }
};

/** FUTURE_TIME: revisions of references, by the database's clock. A minute is the tolerance for clocks that differ. */
export const referencesAreOfThePast: RecordCheck = async (tx, findings) => {
  const revisions = each<{ name: string; number: number; at: Date }>(
    tx,
    sql`SELECT kind::text || ' ' || coalesce(snapshot->>'slug', reference_id::text) AS name, number, recorded_at AS at
        FROM reference_revision WHERE recorded_at > clock_timestamp() + interval '1 minute'
        ORDER BY reference_id, number`,
  );
  for await (const { name, number, at } of revisions) {
    findings.add('FUTURE_TIME', `${name}, revision ${number}`, 'a time up to now', at.toISOString());
  }
};
