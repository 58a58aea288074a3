import { GraphQLError } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { ANONYMOUS, type Viewer } from '../../domain/access.js';

/** What a viewer's rights rest on, where they can end before the process does. */
interface Grant {
  /** The row of an API token, which can be revoked and given another role; undefined for a JWT. */
  readonly tokenId?: string;
  /** From when on it is nothing worth, in milliseconds since 1970; undefined where it does not expire. */
  readonly expiresAt: number | undefined;
}

/** Who asks, and for how long that holds. */
export interface Identity {
  readonly viewer: Viewer;
  /** Undefined for whoever sent no token, and for ADMIN_TOKEN, which is as old as the process. */
  readonly grant?: Grant;
}

export const NOBODY: Identity = { viewer: ANONYMOUS };

/** What closes a WebSocket on whose client's behalf nothing can be decided now; the standard's "try again later". */
const TRY_AGAIN_LATER = 1013;

const CASES = {
  /** No token where one is needed, or one that was good once: another helps. */
  UNAUTHENTICATED: { code: 'UNAUTHENTICATED', status: 401, closeCode: CloseCode.Unauthorized },
  /** A token that never was one of this server's. */
  UNKNOWN: { code: 'UNAUTHENTICATED', status: 401, closeCode: CloseCode.Forbidden },
  /** A good token that gives no right here. */
  FORBIDDEN: { code: 'FORBIDDEN', status: 403, closeCode: CloseCode.Forbidden },
  /** Not the client's fault: the token cannot be judged now. */
  UNAVAILABLE: { code: 'SERVICE_UNAVAILABLE', status: 503, closeCode: TRY_AGAIN_LATER },
} as const;

/** Why a request or a socket is not let in. */
export class IdentityRefusedError extends GraphQLError {
  /** What a WebSocket is closed with. */
  readonly closeCode: number;

  constructor(kind: keyof typeof CASES, message: string) {
    const { code, status, closeCode } = CASES[kind];
    const headers = status === 401 && { headers: { 'WWW-Authenticate': 'Bearer' } };
    super(message, { extensions: { code, http: { status, ...headers } } });
    this.closeCode = closeCode;
  }
}

/** What a WebSocket is closed with when what it was opened with no longer holds. */
export const ENDINGS = {
  EXPIRED: { closeCode: CloseCode.Unauthorized, message: 'The token has expired' },
  REVOKED: { closeCode: CloseCode.Unauthorized, message: 'The token was revoked' },
  DOWNGRADED: { closeCode: CloseCode.Forbidden, message: 'The token allows less than before' },
} as const;

/** The close code for an error of `connection_init`. */
export const closeCodeOf = (error: unknown): number =>
  error instanceof IdentityRefusedError ? error.closeCode : TRY_AGAIN_LATER;
