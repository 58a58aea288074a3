import type { Transaction } from '../database/open.js';
import { Prisma } from '../generated/prisma/client.js';
import type { CheckedRevision, OneRevision } from './check.js';
import { findKnown } from './known.js';
import { pages } from './read.js';
import { readSnapshot } from './snapshot.js';

/**
 * Visits all revisions, those of a development in order, with their related rows. Holds one page in memory
 * and runs a bounded number of statements for each page.
 */
export async function* walkRevisions(tx: Transaction): AsyncGenerator<CheckedRevision> {
  let trail: Trail | undefined;
  for await (const rows of pages<RevisionRow>(tx, REVISIONS)) {
    const around = await readAround(tx, rows.map(toRevision));
    for (const revision of around.revisions) {
      const { developmentId, number } = revision;
      if (trail?.last.developmentId !== developmentId) trail = undefined;
      if (trail?.last.number === number) continue; // Two feed entries: another check reports it.
      const firstRecordedAt: Date = trail?.firstRecordedAt ?? revision.recordedAt;
      const publishedAt: Date | null =
        trail?.publishedAt ?? (revision.status === 'DRAFT' ? null : revision.recordedAt);
      const development = around.developments.get(developmentId);
      yield {
        ...revision,
        name: `${development?.slug ?? revision.content?.slug ?? developmentId}, revision ${number}`,
        before: trail?.last,
        lastPosition: trail?.lastPosition,
        firstRecordedAt,
        publishedAt,
        development,
        version: revision.entry && around.versions.get(revision.entry.position),
        externalIds: around.externalIds.get(developmentId) ?? [],
        known: around.known,
      };
      const lastPosition: bigint | undefined = revision.entry?.position ?? trail?.lastPosition;
      trail = { last: revision, firstRecordedAt, publishedAt, lastPosition };
    }
  }
}

/** State carried between the revisions of a development. */
interface Trail extends Pick<CheckedRevision, 'firstRecordedAt' | 'publishedAt' | 'lastPosition'> {
  readonly last: OneRevision;
}

const REVISIONS = Prisma.sql`
  SELECT it.development_id::text AS "developmentId", it.number, it.status::text AS status,
         it.changed_fields AS "changedFields", it.recorded_at AS "recordedAt", it.editor, it.reason,
         encode(it.salt, 'hex') AS salt, it.snapshot,
         entry.position, entry.change::text AS change, encode(entry.commitment, 'hex') AS commitment,
         NOT EXISTS (
           SELECT FROM revision AS later WHERE later.development_id = it.development_id AND later.number > it.number
         ) AS "isNewest"
  FROM revision AS it
  LEFT JOIN feed_entry AS entry ON entry.development_id = it.development_id AND entry.revision = it.number
  ORDER BY it.development_id, it.number, entry.position`;

interface RevisionRow
  extends Pick<
    OneRevision,
    | 'developmentId'
    | 'number'
    | 'status'
    | 'recordedAt'
    | 'editor'
    | 'reason'
    | 'salt'
    | 'snapshot'
    | 'isNewest'
  > {
  readonly changedFields: readonly string[] | null;
  readonly position: bigint | null;
  readonly change: NonNullable<OneRevision['entry']>['change'];
  readonly commitment: string;
}

function toRevision({ changedFields, position, change, commitment, ...row }: RevisionRow): OneRevision {
  const { content, problems = [] } = readSnapshot(row.snapshot);
  const entry = position === null ? undefined : { position, change, commitment };
  return { ...row, changedFields: changedFields ?? [], content, problems, entry };
}

/** Related rows of a page of revisions. */
async function readAround(tx: Transaction, revisions: readonly OneRevision[]) {
  const ids = [...new Set(revisions.map(({ developmentId }) => developmentId))];
  const developments = await tx.development.findMany({ where: { id: { in: ids } } });
  const positions = revisions.flatMap(({ entry }) => entry?.position ?? []);
  const versions = await tx.developmentVersion.findMany({ where: { position: { in: positions } } });
  const externalIds = new Map<string, Awaited<ReturnType<typeof tx.externalId.findMany>>>();
  for (const key of await tx.externalId.findMany({ where: { developmentId: { in: ids } } })) {
    externalIds.set(key.developmentId, [...(externalIds.get(key.developmentId) ?? []), key]);
  }
  return {
    revisions,
    developments: new Map(developments.map((development) => [development.id, development])),
    versions: new Map(versions.map((version) => [version.position, version])),
    externalIds,
    known: await findKnown(
      tx,
      revisions.flatMap(({ content }) => content ?? []),
    ),
  };
}
