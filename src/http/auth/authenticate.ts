import { timingSafeEqual } from 'node:crypto';
import type { Logger } from 'pino';
import type { Database } from '../../database/open.js';
import { ADMIN_NAME } from '../../domain/editor-name.js';
import { findToken, hashToken, isWorking } from '../../domain/token.js';
import { type Identity, IdentityRefusedError, NOBODY } from './identity.js';
import type { JwtOptions } from './json-web-token.js';

/** Identifies the sender of an `Authorization` header. */
export type Authenticate = (authorization: string | null | undefined) => Promise<Identity>;

export interface AuthenticateOptions {
  readonly db: Database;
  readonly adminToken: string | undefined;
  /** The issuer whose JWTs are accepted besides API tokens. Undefined: none. */
  readonly jwt: JwtOptions | undefined;
  /** Whether requests without a token are refused. Otherwise they come from an anonymous reader. */
  readonly readRequiresToken: boolean;
  readonly log: Logger;
}

// JWTs that list many groups are long. Node accepts 16 KB of headers.
const BEARER = /^Bearer +([\x21-\x7e]{1,8192})$/i;

/**
 * Creates the authentication. Imports the JWT library only if JWTs are accepted.
 *
 * @throws {IdentityRefusedError} From the returned function, for a missing, malformed or invalid token.
 */
export async function openAuthenticate({
  db,
  adminToken,
  jwt,
  readRequiresToken,
  log,
}: AuthenticateOptions): Promise<Authenticate> {
  const adminHash = adminToken === undefined ? undefined : Buffer.from(hashToken(adminToken));
  const advice = `Send a valid one${readRequiresToken ? '' : ', or none to read'}.`;
  const jwtModule = jwt && (await import('./json-web-token.js'));
  const verifyJwt = jwt && jwtModule?.createVerifyJwt(jwt, advice, log);

  return async (authorization) => {
    if (authorization == null) {
      if (!readRequiresToken) return NOBODY;
      throw new IdentityRefusedError(
        'UNAUTHENTICATED',
        'Reading this record requires a token: send "Authorization: Bearer …", or "authorization" in connectionParams.',
      );
    }
    const token = BEARER.exec(authorization.trim())?.[1];
    if (token === undefined) {
      throw new IdentityRefusedError('UNKNOWN', 'Expected "Authorization: Bearer <token>".');
    }
    if (adminHash && timingSafeEqual(Buffer.from(hashToken(token)), adminHash)) {
      return { viewer: { role: 'ADMIN', name: ADMIN_NAME } };
    }
    if (verifyJwt && jwtModule?.looksLikeJwt(token)) return verifyJwt(token);
    const found = await findToken(db, token);
    if (!found || !isWorking(found)) {
      throw new IdentityRefusedError(
        found ? 'UNAUTHENTICATED' : 'UNKNOWN',
        `The token is unknown, expired or revoked. ${advice}`,
      );
    }
    const { id, role, name, expiresAt } = found;
    return { viewer: { role, name }, grant: { tokenId: id, expiresAt: expiresAt?.getTime() } };
  };
}
