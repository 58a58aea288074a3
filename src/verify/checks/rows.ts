import { canonical, type DevelopmentContent } from '../../domain/development/content/content.js';
import { rowOf } from '../../domain/development/write/rows.js';
import { shown } from '../../domain/input.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { CheckedRevision, RecordCheck, RevisionCheck } from '../check.js';
import { isReadable } from '../claim-value.js';
import { each } from '../read.js';
import type { Code, Findings } from '../report.js';

const { sql } = Prisma;

/** ROW. REVISION_CHAIN reports a row of an older revision. */
export const rowIsOfNewest: RevisionCheck = (revision, findings) => {
  const { isNewest, development, name } = revision;
  if (isNewest && development) compare('ROW', name, revision, development, ['revision'], findings);
};

/** VERSION: every entry has a row that matches its revision. */
export const versionIsOfRevision: RevisionCheck = (revision, findings) => {
  const { entry, version, developmentId, name } = revision;
  if (!entry) return;
  const concerns = `${name}, position ${entry.position}`;
  if (!version) {
    findings.add('VERSION', concerns, 'a row in development_version', 'none');
  } else if (version.id !== developmentId) {
    findings.add('VERSION', concerns, `a row of the development ${developmentId}`, `one of ${version.id}`);
  } else {
    compare('VERSION', concerns, revision, version, ['slug'], findings);
  }
};

function compare(
  code: Code,
  concerns: string,
  revision: CheckedRevision,
  row: object,
  leftOut: readonly string[],
  findings: Findings,
): void {
  const { content } = revision;
  if (!content) return; // Reported by SNAPSHOT_SHAPE.
  const areReadable = content.claims.every(isReadable);
  const made = rows.get(revision) ?? makeRow(revision, areReadable ? content : { ...content, claims: [] });
  rows.set(revision, made);
  const actual = new Map<string, unknown>(Object.entries(row));
  for (const [column, value] of Object.entries(made)) {
    // Unknown if a claim is invalid.
    if (leftOut.includes(column) || (column === 'disputed' && !areReadable)) continue;
    const found = actual.get(column);
    if (comparable(found) === comparable(value)) continue;
    const cut = (one: unknown, other: unknown) => shown(fromDifference(one, other));
    findings.add(code, concerns, `${column} ${cut(value, found)}`, cut(found, value));
  }
}

/** Caches the expected rows: that of the latest revision is compared with two tables. */
const rows = new WeakMap<CheckedRevision, ReturnType<typeof rowOf>>();

function makeRow(revision: CheckedRevision, content: DevelopmentContent) {
  const { developmentId: id, number, status, firstRecordedAt, publishedAt, recordedAt: changedAt } = revision;
  return rowOf({
    ...{ id, revision: number, status, publishedAt, changedAt, content },
    recordedAt: firstRecordedAt,
  });
}

/** Truncates a long text around its first difference to the other. */
function fromDifference(text: unknown, other: unknown): unknown {
  if (typeof text !== 'string' || typeof other !== 'string') return text;
  const at = Array.from({ length: text.length }).findIndex((_, index) => text[index] !== other[index]);
  const start = (at === -1 ? text.length : at) - 30;
  return start <= 0 ? text : `…${text.slice(start)}`;
}

/** Compares lists without their order. */
function comparable(value: unknown): string {
  if (value instanceof Date) return String(value.getTime());
  return canonical(Array.isArray(value) ? value.toSorted() : value);
}

/** VERSION: each row is valid until the next one of its development. */
export const versionsFollow: RecordCheck = async (tx, findings) => {
  const versions = each<{ name: string; position: bigint; until: bigint; next: bigint }>(
    tx,
    sql`SELECT coalesce(development.slug, it.id::text) AS name, it.position, it.until, it.next
        FROM (
          SELECT id, position, until,
                 lead(position, 1, 9223372036854775807) OVER (PARTITION BY id ORDER BY position) AS next
          FROM development_version
        ) AS it
        LEFT JOIN development ON development.id = it.id
        WHERE it.until <> it.next`,
  );
  for await (const { name, position, until, next } of versions) {
    findings.add('VERSION', `${name}, position ${position}`, `until ${next}`, `until ${until}`);
  }
};

/** VERSION: no row without an entry. */
export const versionsHaveEntries: RecordCheck = async (tx, findings) => {
  const versions = each<{ name: string; position: bigint }>(
    tx,
    sql`SELECT coalesce(development.slug, version.id::text) AS name, version.position
        FROM development_version AS version
        LEFT JOIN development ON development.id = version.id
        WHERE NOT EXISTS (SELECT FROM feed_entry WHERE feed_entry.position = version.position)
        ORDER BY version.position`,
  );
  for await (const { name, position } of versions) {
    findings.add('VERSION', `${name}, position ${position}`, 'an entry at its position', 'none');
  }
};
