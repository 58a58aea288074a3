import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import { UnknownSlugError } from '../../errors.js';
import type { ActorContent, ReferenceContent } from '../../references/history/content.js';
import type { MergeObstacle } from '../errors.js';
import { OWNER_OF, type ReferenceMergeKind, tableOf } from '../kinds.js';

/** A side of a merge, as its newest revision has it. */
export interface Side {
  readonly id: string;
  readonly slug: string;
  /** The number of the newest revision. */
  readonly revision: number;
  readonly content: ReferenceContent & { readonly mergedIntoId: string | null };
  /** The slug of the reference that stands for it in the end. Null if it is not merged. */
  readonly survivor: string | null;
}

/**
 * Reads the two sides by their own slugs, merged ones too.
 *
 * @throws {UnknownSlugError} For the first slug that is not in the record.
 */
export async function readSides<const Slugs extends readonly string[]>(
  tx: Transaction,
  kind: ReferenceMergeKind,
  slugs: Slugs,
): Promise<{ readonly [Index in keyof Slugs]: Side }> {
  const table = Prisma.raw(tableOf(kind).table);
  const rows = await read<Side>(
    tx,
    Prisma.sql`
    SELECT it.id::text AS id, it.slug, newest.number AS revision, newest.snapshot AS content, survivor.slug AS survivor
    FROM ${table} AS it
    LEFT JOIN merged_reference AS merged ON merged.id = it.id
    LEFT JOIN ${table} AS survivor ON survivor.id = merged.survivor_id
    CROSS JOIN LATERAL (
      SELECT number, snapshot FROM reference_revision WHERE reference_id = it.id ORDER BY number DESC LIMIT 1
    ) AS newest
    WHERE it.slug = ANY (${[...slugs]}::text[])`,
  );
  return slugs.map((slug, index) => {
    const side = rows.find((row) => row.slug === slug);
    if (!side) throw new UnknownSlugError(OWNER_OF[kind], slug, index === 0 ? 'from' : 'into');
    return side;
  }) as { readonly [Index in keyof Slugs]: Side };
}

/** Returns why two references cannot be merged, the number of developments apart. Empty if they can. */
export function obstaclesBetween(from: Side, into: Side): MergeObstacle[] {
  if (from.id === into.id) {
    return [{ refusal: 'SAME', text: `"${from.slug}" is on both sides. Name two references.` }];
  }
  const obstacles: MergeObstacle[] = [from, into].flatMap(({ slug, survivor }) =>
    survivor === null
      ? []
      : {
          refusal: 'ALREADY_MERGED',
          text: `"${slug}" was merged into "${survivor}". Use that one, or undo the merge.`,
        },
  );
  if ('kind' in from.content && 'kind' in into.content) {
    obstacles.push(...obstaclesOfActors(from.slug, from.content, into.slug, into.content));
  }
  if ('wikidataId' in from.content && 'wikidataId' in into.content) {
    const [item, theirs] = [from.content.wikidataId, into.content.wikidataId];
    if (item !== null && theirs !== null && item !== theirs) {
      const text = `"${from.slug}" is the Wikidata item ${item} and "${into.slug}" ${theirs}, so they are two. Correct an item first if it is wrong.`;
      obstacles.push({ refusal: 'OTHER_WIKIDATA_ITEM', text });
    }
  }
  return obstacles;
}

function obstaclesOfActors(
  from: string,
  one: ActorContent,
  into: string,
  other: ActorContent,
): MergeObstacle[] {
  const obstacles: MergeObstacle[] = [];
  if (one.kind !== other.kind) {
    const text = `"${from}" is a ${one.kind} and "${into}" a ${other.kind}. Correct the kind of one of them first.`;
    obstacles.push({ refusal: 'OTHER_ACTOR_KIND', text });
  }
  const codes = [
    [one.countryCode3, other.countryCode3],
    one.kind === 'STATE' ? [one.countryCode, other.countryCode] : [null, null],
  ] as const;
  for (const [mine, theirs] of codes) {
    if (mine !== null && theirs !== null && mine !== theirs) {
      const text = `"${from}" has the ISO code ${mine} and "${into}" ${theirs}, so they are two. Correct a code first if it is wrong.`;
      obstacles.push({ refusal: 'OTHER_ISO_CODE', text });
    }
  }
  if (one.countryCode3 !== null && other.countryCode3 === null && obstacles.length === 0) {
    // An alpha-3 code belongs to one state, so the survivor could not get it any more.
    const text = `"${from}" has the ISO code ${one.countryCode3} and "${into}" none. Merge "${into}" into "${from}" instead.`;
    obstacles.push({ refusal: 'KEEPS_NO_CODE', text });
  }
  return obstacles;
}

/** Returns why so many developments cannot be revised at once; empty if they can. */
export function obstacleOfSize(slug: string, count: number, most: number): MergeObstacle[] {
  if (count <= most) return [];
  const text = `${count} developments refer to "${slug}", and a merge revises at most ${most}. Merge the other way round, or change some of them first.`;
  return [{ refusal: 'TOO_MANY_DEVELOPMENTS', text }];
}
