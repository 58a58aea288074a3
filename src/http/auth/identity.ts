import { GraphQLError } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { ANONYMOUS, type Viewer } from '../../domain/access.js';

/** The token that a viewer's rights come from. */
interface Grant {
  /** The id of an API token, which can be revoked or get another role. Undefined for a JWT. */
  readonly tokenId?: string;
  /** When it expires, in milliseconds since the epoch. Undefined: never. */
  readonly expiresAt: number | undefined;
  /** Whether it permits only reading here, whatever its role. */
  readonly isReadOnly?: boolean;
}

/** The sender of a request, and the token that identified it. */
export interface Identity {
  readonly viewer: Viewer;
  /** Undefined without a token, and for ADMIN_TOKEN, which is valid as long as the process runs. */
  readonly grant?: Grant;
}

export const NOBODY: Identity = { viewer: ANONYMOUS };

/** The WebSocket close code "try again later": the token cannot be checked now. */
const TRY_AGAIN_LATER = 1013;

const CASES = {
  /** A token is missing, or was valid once. Another token helps. */
  UNAUTHENTICATED: { code: 'UNAUTHENTICATED', status: 401, closeCode: CloseCode.Unauthorized },
  /** This server never issued the token. */
  UNKNOWN: { code: 'UNAUTHENTICATED', status: 401, closeCode: CloseCode.Forbidden },
  /** The token is valid but permits nothing here. */
  FORBIDDEN: { code: 'FORBIDDEN', status: 403, closeCode: CloseCode.Forbidden },
  /** The token cannot be checked now, which is not the client's fault. */
  UNAVAILABLE: { code: 'SERVICE_UNAVAILABLE', status: 503, closeCode: TRY_AGAIN_LATER },
} as const;

/** A request or a WebSocket failed to authenticate. */
export class IdentityRefusedError extends GraphQLError {
  /** The code that a WebSocket is closed with. */
  readonly closeCode: number;

  constructor(kind: keyof typeof CASES, message: string) {
    const { code, status, closeCode } = CASES[kind];
    const headers = status === 401 && { headers: { 'WWW-Authenticate': 'Bearer' } };
    super(message, { extensions: { code, http: { status, ...headers } } });
    this.closeCode = closeCode;
  }
}

/**
 * The code that a WebSocket is closed with when its token expires, is revoked or gets a lower role. After 4401
 * graphql-ws gives up, but after this one it connects again, with the token that connectionParams returns then.
 */
export const SESSION_ENDED = CloseCode.Forbidden;

/** The reasons that are sent with it. */
export const ENDINGS = {
  EXPIRED: 'The token has expired',
  REVOKED: 'The token was revoked',
  DOWNGRADED: 'The token allows less than before',
} as const;

/** The close code for an error of `connection_init`. */
export const closeCodeOf = (error: unknown): number =>
  error instanceof IdentityRefusedError ? error.closeCode : TRY_AGAIN_LATER;
