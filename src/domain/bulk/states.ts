import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import { readCurrent } from '../development/read/histories.js';
import { lockDevelopments } from '../development/write/commit.js';
import type { DevelopmentState } from '../development/write/rows.js';

const { sql } = Prisma;

/**
 * Reads developments by slug, present or earlier, with their content.
 *
 * @param locks Whether to lock them until the transaction ends, in the order of their ids, so that two writers cannot wait
 *   for each other.
 * @returns The states by the slug asked for.
 */
export async function readStates(
  tx: Transaction,
  slugs: readonly string[],
  locks: boolean,
): Promise<Map<string, DevelopmentState>> {
  const found = await read<{ slug: string; id: string }>(
    tx,
    sql`SELECT slug, development_id::text AS id FROM development_slug WHERE slug = ANY (${[...slugs]}::text[])`,
  );
  const ids = [...new Set(found.map(({ id }) => id))];
  if (locks) {
    await lockDevelopments(tx, ids);
  }
  // A statement of its own: that of the lock would not see what others have committed while it waited.
  const states = await readCurrent(tx, ids);
  const byId = new Map(states.map((state) => [state.id, state]));
  return new Map(
    found.flatMap(({ slug, id }): [string, DevelopmentState][] => {
      const state = byId.get(id);
      return state ? [[slug, state]] : [];
    }),
  );
}
