import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { BadArgumentError } from '../../../domain/errors.js';
import { shown } from '../../../domain/input.js';
import { Prisma } from '../../../generated/prisma/client.js';
import { addressKey, canonicalUrl } from './canonical-url.js';

/**
 * Returns whether the inbox has an article with the address, or the record a source. Another scheme, `www.`, a slash at the
 * end, tracking parameters and fragments do not matter.
 *
 * @throws {BadArgumentError} For anything but an http or https address.
 */
export async function isKnown(db: Transaction, url: string): Promise<boolean> {
  const address = addressKey(url);
  const canonical = canonicalUrl(url);
  const isStorable = url.isWellFormed() && !url.includes('\0');
  if (address === null || canonical === null || !isStorable)
    throw new BadArgumentError('url', `Expected an http or https address; got ${shown(url)}.`);
  const { host, pathname, search } = new URL(canonical);
  const page = `${host.replace(/^www\./, '')}${pathname.replace(/\/+$/, '')}`;
  const variants = ['http://', 'https://'].flatMap((scheme) =>
    ['', 'www.'].flatMap((www) => ['', '/'].map((slash) => `${scheme}${www}${page}${slash}${search}`)),
  );
  const [row] = await read<{ known: boolean }>(
    db,
    Prisma.sql`
      SELECT EXISTS (SELECT FROM inbox_item WHERE address = ${address})
          OR EXISTS (SELECT FROM inbox_version WHERE address = ${address})
          OR EXISTS (SELECT FROM source WHERE url = ANY (${[...new Set([url, ...variants])]}::text[])) AS known`,
  );
  return row?.known ?? false;
}
