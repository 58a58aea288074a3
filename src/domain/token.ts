import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../database/open.js';
import { InvalidInputError } from '../errors.js';
import type { Role } from '../generated/prisma/client.js';
import type { Viewer } from './access.js';
import { parseInput, shown, text } from './input.js';

/** What every token of the record begins with, so that one found in a log or a repository is known for what it is. */
const PREFIX = 'dw_';

/**
 * Makes a token. Only its hash is kept: what is returned cannot be shown again.
 *
 * @param expiresAt When it stops working; never, where left out.
 * @throws {InvalidInputError} When the name is not free.
 */
export async function createToken(
  db: Database,
  { name, role, expiresAt }: { name: string; role: Role; expiresAt?: Date },
): Promise<string> {
  parseInput(text(100), name, 'name');
  if (await db.apiToken.findUnique({ where: { name } })) {
    throw InvalidInputError.at('name', `Expected a name that no token has; got ${shown(name)}.`);
  }
  const token = PREFIX + randomBytes(32).toString('base64url');
  await db.apiToken.create({ data: { name, role, hash: hashToken(token), expiresAt: expiresAt ?? null } });
  return token;
}

/** All tokens, in the order in which they were made; never the tokens themselves. */
export function listTokens(db: Database) {
  return db.apiToken.findMany({
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { name: true, role: true, createdAt: true, expiresAt: true, revokedAt: true, lastUsedAt: true },
  });
}

/** @throws {InvalidInputError} When no working token has the name. */
export async function revokeToken(db: Database, name: string): Promise<void> {
  const { count } = await db.apiToken.updateMany({
    where: { name, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  if (count === 0) {
    throw InvalidInputError.at('name', `Expected the name of a working token; got ${shown(name)}.`);
  }
}

/** Who holds the token; undefined where it is unknown, expired or revoked. */
export async function findViewer(db: Database, token: string): Promise<Viewer | undefined> {
  const now = new Date();
  const found = await db.apiToken.findFirst({
    where: {
      hash: hashToken(token),
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    },
  });
  if (!found) return undefined;
  if (!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() > 60_000) {
    await db.apiToken.update({ where: { id: found.id }, data: { lastUsedAt: now } });
  }
  return { role: found.role, name: found.name };
}

/** Tokens are 256 random bits, so a plain hash cannot be searched back. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
