import { createHash } from 'node:crypto';
import type { Database, Transaction } from '../database/open.js';
import { readFullHead } from '../feed/log.js';
import { Prisma } from '../generated/prisma/client.js';
import { pages } from '../verify/read.js';
import { VERSION } from '../version.js';
import {
  type EndLine,
  type EntryLine,
  type Extent,
  FORMAT_VERSION,
  type Header,
  type ReferenceKind,
  type RevisionLine,
} from './format.js';

/** The longest timeout that a timer takes, in milliseconds: 24 days. */
const NO_LIMIT = 2 ** 31 - 1;

const PAGE = 500;

/**
 * Reads the whole record as lines: a header, the references, all revisions of all developments, drafts included, and an
 * end. Idempotency keys, tokens and budgets are not exported.
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
      const revisions = { count: 0 };
      for (const query of [DRAFTS, TOLD]) {
        for await (const rows of pages<RevisionRow>(tx, query)) {
          await tell(rows.map(toLine));
          revisions.count += rows.length;
        }
      }
      const end: EndLine = {
        end: {
          references,
          developments: await tx.development.count(),
          revisions: revisions.count,
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

/** Reads each kind of reference with its lists, in an order that is the same in every export. */
function readers(tx: Transaction): [ReferenceKind, Read][] {
  const inOrder = [{ ordinal: 'asc' as const }, { name: 'asc' as const }, { language: 'asc' as const }];
  return [
    [
      'actor',
      (page) => tx.actor.findMany({ ...page, include: { names: { ...own('actorId'), orderBy: inOrder } } }),
    ],
    ['topic', (page) => tx.topic.findMany(page)],
    ['source', (page) => tx.source.findMany(page)],
    [
      'treaty',
      (page) =>
        tx.treaty.findMany({
          ...page,
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
          include: { aliases: { ...own('weaponSystemId'), orderBy: inOrder } },
        }),
    ],
    ['doctrine', (page) => tx.doctrine.findMany(page)],
  ];
}

/** Leaves out the column that names the parent, because the rows stand under it. */
const own = <K extends string>(key: K) => ({ omit: { [key]: true } as { [P in K]: true } });

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
  it.development_id::text AS "developmentId", it.number, it.status::text AS status,
  it.changed_fields AS "changedFields", it.editor, it.reason, it.recorded_at AS "recordedAt", it.snapshot,
  encode(it.salt, 'hex') AS salt,
  development.recorded_at AS "firstRecordedAt", development.published_at AS "publishedAt"`;

const DRAFTS = sql`
  SELECT ${REVISION}, NULL::bigint AS position, NULL AS change, NULL::timestamptz AS "toldAt", NULL AS commitment,
         NULL AS hash
  FROM revision AS it JOIN development ON development.id = it.development_id
  WHERE it.status = 'DRAFT' ORDER BY it.development_id, it.number`;

const TOLD = sql`
  SELECT ${REVISION}, entry.position, entry.change::text AS change, entry.recorded_at AS "toldAt",
         encode(entry.commitment, 'hex') AS commitment, encode(entry.hash, 'hex') AS hash
  FROM feed_entry AS entry
  JOIN revision AS it ON it.development_id = entry.development_id AND it.number = entry.revision
  JOIN development ON development.id = entry.development_id
  ORDER BY entry.position`;

interface RevisionRow extends Omit<RevisionLine['revision'], 'recordedAt'> {
  readonly recordedAt: Date;
  readonly firstRecordedAt: Date;
  readonly publishedAt: Date | null;
  readonly position: bigint | null;
  readonly change: EntryLine['change'] | null;
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
  ...revision
}: RevisionRow): RevisionLine {
  const entry =
    position === null || change === null || toldAt === null || commitment === null || hash === null
      ? null
      : { position: Number(position), change, recordedAt: toldAt.toISOString(), commitment, hash };
  return {
    revision: { ...revision, recordedAt: revision.recordedAt.toISOString() },
    development: {
      recordedAt: firstRecordedAt.toISOString(),
      publishedAt: entry ? (publishedAt?.toISOString() ?? null) : null,
    },
    salt,
    entry,
  };
}
