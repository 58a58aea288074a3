import { timingSafeEqual } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Database } from '../database/open.js';
import { ANONYMOUS, type Viewer } from '../domain/access.js';
import { findViewer, hashToken } from '../domain/token.js';

/** Says who sends an `Authorization` value; nobody's is an anonymous reader. */
export type Authenticate = (authorization: string | null | undefined) => Promise<Viewer>;

/** @throws {GraphQLError} `UNAUTHENTICATED`, from the returned function, for a value that names nobody. */
export function createAuthenticate(db: Database, adminToken: string | undefined): Authenticate {
  const adminHash = adminToken === undefined ? undefined : Buffer.from(hashToken(adminToken));
  return async (authorization) => {
    if (authorization == null) return ANONYMOUS;
    const token = /^Bearer +([\x21-\x7e]{1,500})$/i.exec(authorization.trim())?.[1];
    if (token === undefined) throw refuse('Expected "Authorization: Bearer <token>".');
    if (adminHash && timingSafeEqual(Buffer.from(hashToken(token)), adminHash)) {
      return { role: 'ADMIN', name: 'ADMIN_TOKEN' };
    }
    const viewer = await findViewer(db, token);
    if (!viewer) throw refuse('The token is unknown, expired or revoked. Send a valid one, or none to read.');
    return viewer;
  };
}

function refuse(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
}
