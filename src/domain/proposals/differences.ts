import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { Viewer } from '../access.js';
import type { DevelopmentContent } from '../development/content/content.js';
import { fieldValues, inputOf } from '../development/content/decompose.js';
import { withSlugs } from '../development/read/slugs-by-id.js';
import { followMerges } from '../merging/references/follow.js';
import type { ProposalRow } from './list.js';

/** A proposed field. Values are in the format of inputs; null means empty. */
export interface Difference {
  readonly field: string;
  /** The value that the author changed. */
  readonly base: unknown;
  /** The value of the development now. */
  readonly current: unknown;
  readonly proposed: unknown;
  /** Whether the development has a third value now. */
  readonly isConflict: boolean;
}

interface Contents {
  readonly id: string;
  readonly base: DevelopmentContent | null;
  readonly current: DevelopmentContent | null;
}

/** Describes the differences of proposals, field by field. A bounded number of SQL statements. */
export async function describeProposals(
  db: Transaction,
  viewer: Viewer,
  proposals: readonly ProposalRow[],
): Promise<Difference[][]> {
  const rows = await read<Contents>(
    db,
    Prisma.sql`
      SELECT it.id::text AS id, base.snapshot AS base, now.snapshot AS current
      FROM proposal AS it
      LEFT JOIN development ON development.id = it.development_id
      LEFT JOIN revision AS now ON now.development_id = it.development_id AND now.number = development.revision
      LEFT JOIN revision AS base ON base.development_id = it.development_id AND base.number = it.base_revision
      WHERE it.id = ANY (${proposals.map(({ id }) => id)}::uuid[])`,
    { prepared: true },
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  const stored = proposals.flatMap(({ id, content }) => [content, known.get(id)?.base ?? content]);
  const followed = await followMerges(db, stored);
  return withSlugs(db, viewer, (slugsAt) => {
    const slugs = slugsAt(undefined);
    return proposals.map(({ id, act, fields }, index) => {
      // A new development has nothing to compare with, even when it is in the record.
      const { base = null, current = null } = act === 'RECORD' ? {} : (known.get(id) ?? {});
      const [content = null, itsBase = null] = followed.slice(2 * index);
      const valuesOf = (from: DevelopmentContent | null) => (from ? fieldValues(from, fields, slugs) : {});
      const [before, now, after] = [valuesOf(base && itsBase), valuesOf(current), valuesOf(content)];
      return fields.map((field): Difference => {
        const [was, is, wanted] = [before, now, after].map((values) => values[field] ?? null);
        const isConflict = current !== null && !isSame(is, was) && !isSame(is, wanted);
        return { field, base: was, current: is, proposed: wanted, isConflict };
      });
    });
  });
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Returns the proposed contents in the format of inputs. */
export const inputsOf = (
  db: Transaction,
  viewer: Viewer,
  proposals: readonly ProposalRow[],
): Promise<object[]> =>
  withSlugs(db, viewer, (slugsAt) =>
    proposals.map(({ content }) => ({ slug: content.slug, ...inputOf(content, slugsAt(undefined)) })),
  );
