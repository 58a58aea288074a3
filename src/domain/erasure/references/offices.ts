import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import type { ClaimContent, DevelopmentContent } from '../../development/content/content.js';
import { readCurrent } from '../../development/read/histories.js';
import { lockDevelopments } from '../../development/write/commit.js';
import type { DevelopmentState } from '../../development/write/rows.js';
import { InvalidInputError } from '../../errors.js';
import { erasedSlug } from '../../references/history/erased.js';
import type { Family } from './family.js';

const { sql } = Prisma;

/** An erasure that rewrites more developments than `most` is refused. */
export interface ErasureBounds {
  readonly most: number;
  /** How long the transaction may take, in milliseconds. */
  readonly timeout: number;
}

/** Bounds for requests. The command has none. */
export const ERASURE_BOUNDS: ErasureBounds = { most: 2_000, timeout: 60_000 };

/**
 * Finds the developments that say more about an actor than its id in any of their revisions: an office, or a claim that
 * names it by its slug. Ordered by id; empty for other kinds.
 */
export async function findOffices(tx: Transaction, { kind, members }: Family): Promise<string[]> {
  if (kind !== 'ACTOR') return [];
  const ids = members.map(({ id }) => id);
  const claimed = members.flatMap(({ slug }) => [
    JSON.stringify([[slug]]),
    JSON.stringify([[{ actor: slug }]]),
  ]);
  const rows = await read<{ id: string }>(
    tx,
    sql`
    WITH mentioning AS (
      SELECT development_id AS id FROM development_mention WHERE subject_id = ANY (${ids}::uuid[])
      UNION SELECT development_id FROM development_version_mention WHERE subject_id = ANY (${ids}::uuid[])
      UNION SELECT development_id FROM revision WHERE status = 'DRAFT' -- Earlier drafts have no versions.
    )
    SELECT revision.development_id::text AS id FROM mentioning
    JOIN revision ON revision.development_id = mentioning.id
    WHERE jsonb_path_exists(revision.snapshot,
      '$.participants[*] ? (@.capacity != null).actorId ? (@ == $ids[*])', ${JSON.stringify({ ids })}::jsonb)
    UNION
    SELECT revision.development_id::text FROM revision
    JOIN unnest(${claimed}::text[]) AS named (claim)
      ON claimed_actors(revision.snapshot) <> '[]' AND claimed_actors(revision.snapshot) @> named.claim::jsonb
    ORDER BY 1`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Locks the developments that {@link findOffices} finds, and reads them. Then it waits for writers that have looked the actor
 * up, and keeps others away until the commit: see `refuse_merged` and `set_countries` in the migration.
 *
 * @throws {InvalidInputError} If there are too many.
 */
export async function lockOffices(
  tx: Transaction,
  family: Family,
  { most }: ErasureBounds,
): Promise<DevelopmentState[]> {
  await lockDevelopments(tx, await findOffices(tx, family));
  // In the order in which writers of developments take them.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('doctrine_wire.countries'))::text`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('doctrine_wire.merges'))::text`;
  const ids = await findOffices(tx, family);
  refuseTooMany(family.slug, ids.length, most);
  await lockDevelopments(tx, ids);
  return readCurrent(tx, ids);
}

/** @throws {InvalidInputError} If an erasure would rewrite more developments than a request may. */
export function refuseTooMany(slug: string, count: number, most: number): void {
  if (count <= most) return;
  const message = `Expected an actor with offices or claims in at most ${most} developments; "${slug}" has them in ${count}. Use the command: npx doctrine-wire erase ${slug} --target ACTOR.`;
  throw InvalidInputError.at('slug', message);
}

/**
 * Returns a content that says nothing about actors but their ids: without their offices, and with claims on speakers under
 * their new slugs.
 */
export function withoutOffices(
  content: DevelopmentContent,
  { members }: Pick<Family, 'members'>,
): DevelopmentContent {
  const ids = new Set(members.map(({ id }) => id));
  const slugs = new Map(members.map(({ id, slug }) => [slug, erasedSlug(id)]));
  return {
    ...content,
    participants: content.participants.map((participant) =>
      ids.has(participant.actorId) ? { ...participant, capacity: null } : participant,
    ),
    claims: content.claims.flatMap((claim) => withoutNames(claim, slugs)),
  };
}

/** Claims on speakers and their offices name actors by slug. */
function withoutNames(claim: ClaimContent, slugs: ReadonlyMap<string, string>): ClaimContent[] {
  const { field, value } = claim;
  if (!Array.isArray(value)) return [claim];
  if (field === 'SPEAKER') return [{ ...claim, value: value.map((slug) => slugs.get(slug) ?? slug) }];
  if (field !== 'ROLE') return [claim];
  const left = value.filter((office: { actor?: string } | null) => !slugs.has(office?.actor ?? ''));
  if (left.length === value.length) return [claim];
  return left.length === 0 ? [] : [{ ...claim, value: left }];
}
