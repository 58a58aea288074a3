import { createHash, randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import type { Database } from '../database/open.js';
import { read } from '../database/read.js';
import { Prisma, type Role } from '../generated/prisma/client.js';
import { AUDIT_COLUMNS, auditRow, COMMAND_LINE } from './audit/audit.js';
import { checkEditorName } from './editor-name.js';
import { InvalidInputError } from './errors.js';
import { shown } from './input.js';

/** The prefix of all tokens, so that leaked ones are recognised in logs and repositories. */
const PREFIX = 'dw_';

/** The columns that decide whether a token is valid, and its role. */
export interface TokenState {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/**
 * Creates a token and returns it. Only its hash is stored, so it cannot be shown again.
 *
 * @param expiresAt The expiry time. By default, it does not expire.
 * @throws {InvalidInputError} If the name is taken, reserved, or cannot be shown safely.
 */
export async function createToken(
  db: Database,
  { name, role, expiresAt }: { name: string; role: Role; expiresAt?: Date },
): Promise<string> {
  checkEditorName(name, 'name', 100);
  const token = PREFIX + randomBytes(32).toString('base64url');
  const detail = { role, expiresAt: expiresAt?.toISOString() ?? null };
  // In SQL: Prisma would load its compiler at the first start, which creates a token.
  const created = await read(
    db,
    Prisma.sql`
      WITH created AS (
        INSERT INTO api_token (id, name, role, hash, expires_at)
        VALUES (${newId()}::uuid, ${name}, ${role}::"Role", ${hashToken(token)}, ${expiresAt ?? null}::timestamptz)
        ON CONFLICT (name) DO NOTHING RETURNING id
      ), audited AS (
        INSERT INTO audit_entry (${AUDIT_COLUMNS})
        SELECT ${auditRow({ act: 'TOKEN_CREATED', actor: COMMAND_LINE, subject: name, detail })} FROM created
      )
      SELECT id FROM created`,
  );
  if (created.length === 0) {
    throw InvalidInputError.at(
      'name',
      `Another token, valid or revoked, has the name ${shown(name)}. Choose another name.`,
    );
  }
  return token;
}

/** Lists all tokens in the order of their creation, without their secrets. */
export function listTokens(db: Database) {
  return db.apiToken.findMany({
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { name: true, role: true, createdAt: true, expiresAt: true, revokedAt: true, lastUsedAt: true },
  });
}

/** @throws {InvalidInputError} If no valid token has the name. */
export async function revokeToken(db: Database, name: string): Promise<void> {
  const revoked = await read(
    db,
    Prisma.sql`
      WITH revoked AS (
        UPDATE api_token SET revoked_at = ${new Date()}::timestamptz WHERE name = ${name} AND revoked_at IS NULL
        RETURNING id
      ), audited AS (
        INSERT INTO audit_entry (${AUDIT_COLUMNS})
        SELECT ${auditRow({ act: 'TOKEN_REVOKED', actor: COMMAND_LINE, subject: name })} FROM revoked
      )
      SELECT id FROM revoked`,
  );
  if (revoked.length === 0) {
    throw InvalidInputError.at(
      'name',
      `No valid token has the name ${shown(name)}. List them with: doctrine-wire token list.`,
    );
  }
}

/** Finds a token by its text, valid or not. */
export const findToken = (db: Database, token: string): Promise<TokenState | undefined> =>
  useToken(db, Prisma.sql`hash = ${hashToken(token)}`);

/** Finds a token by its id, valid or not. */
export const findTokenById = (db: Database, id: string): Promise<TokenState | undefined> =>
  useToken(db, Prisma.sql`id = ${id}::uuid`);

/** Finds tokens by id. One SQL statement, whose text never varies. */
export async function readTokens(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TokenState>> {
  const tokens = await read<TokenState>(
    db,
    Prisma.sql`
    SELECT id::text AS id, name, role::text AS role, expires_at AS "expiresAt", revoked_at AS "revokedAt"
    FROM api_token WHERE id = ANY (${[...ids]}::uuid[])`,
  );
  return new Map(tokens.map((token) => [token.id, token]));
}

/** Returns whether the token is neither revoked nor expired. */
export const isWorking = ({ revokedAt, expiresAt }: TokenState, now = new Date()): boolean =>
  revokedAt === null && (expiresAt === null || expiresAt > now);

/** The resolution of a token's last use, in milliseconds. */
const USE_NOTED_EVERY = 60_000;

async function useToken(db: Database, where: Prisma.Sql): Promise<TokenState | undefined> {
  const now = new Date();
  const [found] = await read<TokenState & { lastUsedAt: Date | null }>(
    db,
    Prisma.sql`
      SELECT id::text AS id, name, role::text AS role, expires_at AS "expiresAt", revoked_at AS "revokedAt",
             last_used_at AS "lastUsedAt"
      FROM api_token WHERE ${where}`,
    { prepared: true },
  );
  if (!found) return undefined;
  const noted = found.lastUsedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  if (isWorking(found, now) && now.getTime() - noted > USE_NOTED_EVERY) {
    await read(
      db,
      Prisma.sql`UPDATE api_token SET last_used_at = ${now}::timestamptz WHERE id = ${found.id}::uuid`,
    );
  }
  return found;
}

/** Whether the record has a token, working or not. */
export async function hasTokens(db: Database): Promise<boolean> {
  const [row] = await read<{ found: boolean }>(
    db,
    Prisma.sql`SELECT EXISTS (SELECT FROM api_token) AS found`,
  );
  return row?.found === true;
}

/** Tokens have 256 random bits, so an unsalted hash is safe. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
