import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import { bandsOf, isNearDuplicate, similarity } from './shingles.js';

const { sql } = Prisma;

/** An item that the inbox has, as far as an arrival is compared with it. */
export interface Known {
  readonly id: string;
  readonly contentHash: string;
  readonly versions: number;
  /** The length of its text. 0 if the text was deleted. */
  readonly length: number;
  /** Whether the arrival has its address, or that of one of its versions. */
  readonly isSameAddress: boolean;
}

/** Shorter texts, such as the first sentence in a feed, can be equal by chance. */
const MIN_LENGTH = 200;
/** Older items are compared by their address and their exact text only. */
const COMPARED_FOR = '60 days';
/** The most items that are compared with an arrival, the latest ones. */
const MAX_COMPARED = 200;

/** Finds the item with the same text, or else the one with the most similar text. */
export async function findSimilar(
  tx: Transaction,
  article: {
    readonly text: string;
    readonly contentHash: string;
    readonly signature: readonly number[];
  },
): Promise<Known | undefined> {
  if (article.text.length < MIN_LENGTH) return undefined;
  const [same] = await read<Known>(
    tx,
    sql`
      SELECT ${COLUMNS} FROM inbox_item
      WHERE content_hash = ${article.contentHash}
         OR id IN (SELECT item_id FROM inbox_version WHERE content_hash = ${article.contentHash})
      ORDER BY id LIMIT 1`,
  );
  if (same || article.signature.length === 0) return same;
  const candidates = await read<Known & { readonly signature: readonly number[] }>(
    tx,
    sql`
      SELECT ${COLUMNS}, signature FROM inbox_item
      WHERE bands && ${bandsOf(article.signature)}::int[] AND received_at > now() - ${COMPARED_FOR}::interval
      ORDER BY received_at DESC, id LIMIT ${MAX_COMPARED}`,
  );
  const [best] = candidates
    .filter(({ signature }) => isNearDuplicate(signature, article.signature))
    .sort((a, b) => similarity(b.signature, article.signature) - similarity(a.signature, article.signature));
  return best;
}

const COLUMNS = sql`
  id::text AS id, content_hash AS "contentHash", versions, coalesce(length(text), 0) AS length,
  false AS "isSameAddress"`;
