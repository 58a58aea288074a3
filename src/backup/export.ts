import { createHash } from 'node:crypto';
import type { Database, Transaction } from '../database/open.js';
import { isReferenceChange } from '../feed/hash-chain.js';
import { readFullHead } from '../feed/head.js';
import { type FeedChange, Prisma } from '../generated/prisma/client.js';
import { pages } from '../verify/read.js';
import { VERSION } from '../version.js';
import {
  type EndLine,
  type EntryLine,
  type Extent,
  FORMAT_VERSION,
  type Header,
  type JudgementLine,
  type ReferenceKind,
  type ReferenceRevisionLine,
  type RevisionLine,
} from './format.js';
import { NOTES } from './notes.js';

/** The longest timeout that a timer takes, in milliseconds: 24 days. */
const NO_LIMIT = 2 ** 31 - 1;

const PAGE = 500;

/**
 * Reads the whole record as lines: a header, the references, all revisions of all developments, drafts included, the
 * editors' notes, and an end. Idempotency keys, tokens and budgets are not exported.
 *
 * One repeatable-read transaction sees the record as of its start. Memory holds one page of rows.
 *
 * @param write Receives lines without line ends, and is awaited.
 */
export function exportRecord(
  db: Database,
  write: (lines: readonly string[]) => Promise<void>,
): Promise<Extent> {
  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SET TRANSACTION READ ONLY`;
      const digest = createHash('sha256');
      const tell = async (objects: readonly object[]) => {
        const lines = objects.map((object) => JSON.stringify(object));
        for (const line of lines) digest.update(`${line}\n`);
        await write(lines);
      };
      const { position, hash } = await readFullHead(tx);
      const header: Header = {
        doctrineWire: VERSION,
        version: FORMAT_VERSION,
        exportedAt: new Date().toISOString(),
        position: Number(position),
      };
      await tell([header]);
      let references = 0;
      for (const [kind, read] of readers(tx)) {
        for await (const rows of all(read)) {
          await tell(rows.map((row) => ({ [kind]: row })));
          references += rows.length;
        }
      }
      const revisions = { count: 0, ofReferences: 0 };
      for (const query of [DRAFTS, TOLD]) {
        for await (const rows of pages<RevisionRow>(tx, query)) {
          const lines = rows.map(toLine);
          await tell(lines);
          revisions.count += lines.filter((line) => 'revision' in line).length;
          revisions.ofReferences += lines.filter((line) => 'referenceRevision' in line).length;
        }
      }
      let judgements = 0;
      for await (const rows of pages<JudgementRow>(tx, JUDGEMENTS)) {
        await tell(
          rows.map(({ recordedAt, ...row }) => ({
            judgement: { ...row, recordedAt: recordedAt.toISOString() },
          })),
        );
        judgements += rows.length;
      }
      for await (const rows of pages<object>(tx, NOTES)) await tell(rows.map((note) => ({ note })));
      const end: EndLine = {
        end: {
          references,
          judgements,
          developments: await tx.development.count(),
          revisions: revisions.count,
          referenceRevisions: revisions.ofReferences,
          positions: Number(position),
          hash,
          sha256: digest.digest('hex'),
        },
      };
      await write([JSON.stringify(end)]);
      return end.end;
    },
    { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead, timeout: NO_LIMIT },
  );
}

type Row = { readonly id: string };
type Read = (page: {
  where: { id?: { gt: string } };
  orderBy: { id: 'asc' };
  take: number;
}) => Promise<Row[]>;

/**
 * Reads each kind of reference with its lists, in an order that is the same in every export. Leaves out the words of
 * names, which a restore makes again.
 */
function readers(tx: Transaction): [ReferenceKind, Read][] {
  const inOrder = [{ ordinal: 'asc' as const }, { name: 'asc' as const }, { language: 'asc' as const }];
  return [
    [
      'actor',
      (page) =>
        tx.actor.findMany({
          ...page,
          omit: { nameWords: true },
          include: { names: { ...own('actorId', 'nameWords'), orderBy: inOrder } },
        }),
    ],
    [
      'topic',
      (page) =>
        tx.topic.findMany({
          ...page,
          omit: { nameWords: true },
          include: { names: { ...own('topicId', 'nameWords'), orderBy: inOrder } },
        }),
    ],
    [
      'source',
      (page) =>
        tx.source.findMany({
          ...page,
          omit: { titleWords: true, publisherWords: true },
          include: { names: { ...own('sourceId', 'nameWords'), orderBy: inOrder } },
        }),
    ],
    [
      'treaty',
      (page) =>
        tx.treaty.findMany({
          ...page,
          omit: { nameWords: true, abbreviationWords: true },
          include: {
            parties: { ...own('treatyId'), orderBy: [{ ordinal: 'asc' }, { actorId: 'asc' }] },
            states: { ...own('treatyId'), orderBy: [{ state: 'asc' }, { sinceEdtf: 'asc' }] },
          },
        }),
    ],
    [
      'weaponSystem',
      (page) =>
        tx.weaponSystem.findMany({
          ...page,
          omit: { nameWords: true },
          include: { aliases: { ...own('weaponSystemId', 'nameWords'), orderBy: inOrder } },
        }),
    ],
    ['doctrine', (page) => tx.doctrine.findMany({ ...page, omit: { nameWords: true } })],
  ];
}

/** Leaves out the column that names the parent, because the rows stand under it. */
const own = <K extends string>(...keys: K[]) => ({
  omit: Object.fromEntries(keys.map((key) => [key, true])) as { [P in K]: true },
});

async function* all(read: Read): AsyncGenerator<Row[]> {
  for (let after: string | undefined; ; ) {
    const rows = await read({
      where: after === undefined ? {} : { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: PAGE,
    });
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.id;
  }
}

const { sql } = Prisma;

const REVISION = sql`
  it.id::text AS id, it.number, it.status::text AS status,
  it.changed_fields AS "changedFields", it.editor, it.reason, it.recorded_at AS "recordedAt", it.snapshot,
  encode(it.salt, 'hex') AS salt,
  development.recorded_at AS "firstRecordedAt", development.published_at AS "publishedAt"`;

const DRAFTS = sql`
  SELECT ${REVISION}, NULL AS kind, NULL::bigint AS position, NULL AS change, NULL::timestamptz AS "toldAt", NULL AS commitment,
         NULL AS hash
  FROM (SELECT development_id AS id, * FROM revision WHERE status = 'DRAFT') AS it
  JOIN development ON development.id = it.id
  ORDER BY it.id, it.number`;

const TOLD = sql`
  SELECT ${REVISION}, it.kind::text AS kind, entry.position, entry.change::text AS change, entry.recorded_at AS "toldAt",
         encode(entry.commitment, 'hex') AS commitment, encode(entry.hash, 'hex') AS hash
  FROM feed_entry AS entry
  CROSS JOIN LATERAL (
    (SELECT development_id AS id, number, status, changed_fields, editor, reason, recorded_at, snapshot, salt,
            NULL::"ReferenceKind" AS kind
     FROM revision WHERE development_id = entry.development_id AND number = entry.revision)
    UNION ALL
    (SELECT reference_id, number, NULL, changed_fields, editor, reason, recorded_at, snapshot, salt, kind
     FROM reference_revision WHERE reference_id = entry.reference_id AND number = entry.revision)
  ) AS it
  LEFT JOIN development ON development.id = entry.development_id
  ORDER BY entry.position`;

const JUDGEMENTS = sql`
  SELECT id::text AS id, kind::text AS kind, one_id::text AS "oneId", other_id::text AS "otherId",
         verdict::text AS verdict, reason, editor, compared, recorded_at AS "recordedAt"
  FROM duplicate_judgement ORDER BY id`;

interface JudgementRow extends Omit<JudgementLine['judgement'], 'recordedAt'> {
  readonly recordedAt: Date;
}

/** A revision of a development, or of a reference if it has a kind. */
interface RevisionRow extends Omit<RevisionLine['revision'], 'developmentId' | 'recordedAt'> {
  readonly id: string;
  readonly kind: ReferenceRevisionLine['referenceRevision']['kind'] | null;
  readonly recordedAt: Date;
  readonly firstRecordedAt: Date | null;
  readonly publishedAt: Date | null;
  readonly position: bigint | null;
  readonly change: FeedChange | null;
  readonly toldAt: Date | null;
  readonly salt: string | null;
  readonly commitment: string | null;
  readonly hash: string | null;
}

function toLine({
  firstRecordedAt,
  publishedAt,
  position,
  change,
  toldAt,
  salt,
  commitment,
  hash,
  id,
  kind,
  status,
  ...row
}: RevisionRow): RevisionLine | ReferenceRevisionLine {
  const told =
    position === null || change === null || toldAt === null || commitment === null || hash === null
      ? null
      : { position: Number(position), change, recordedAt: toldAt.toISOString(), commitment, hash };
  const { number, ...rest } = { ...row, recordedAt: row.recordedAt.toISOString() };
  if (told && isReferenceChange(told.change) && kind !== null) {
    const entry = { ...told, change: told.change };
    return { referenceRevision: { referenceId: id, number, kind, ...rest }, salt, entry };
  }
  const entry = told as EntryLine | null;
  return {
    revision: { developmentId: id, number, status, ...rest },
    development: {
      recordedAt: (firstRecordedAt ?? row.recordedAt).toISOString(),
      publishedAt: entry ? (publishedAt?.toISOString() ?? null) : null,
    },
    salt,
    entry,
  };
}
