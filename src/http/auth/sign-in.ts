import type { IncomingMessage } from 'node:http';
import { REQUEST_COST, SIGN_IN_COST } from '../../graphql/cost.js';
import type { RequestContext } from '../context.js';
import type { Authenticate } from './authenticate.js';
import type { Identity } from './identity.js';
import { asReader, type ReadingCookie } from './reading-cookie.js';

/** Identifies the sender of a request by its `Authorization` header, else by its cookie. */
export type AuthenticateRequest = (request: IncomingMessage) => Promise<Identity>;

/** @param cookie Undefined where readers need no token. */
export const createAuthenticateRequest =
  (authenticate: Authenticate, cookie: ReadingCookie | undefined): AuthenticateRequest =>
  async (request) => {
    const { authorization } = request.headers;
    const kept = authorization === undefined ? cookie?.authorizationIn(request) : undefined;
    return kept === undefined ? authenticate(authorization) : asReader(await authenticate(kept));
  };

/** Finds out who sends a request. A refused token costs more than a request. */
export async function signIn(context: RequestContext, identify: () => Promise<Identity>): Promise<Identity> {
  context.unpaid = SIGN_IN_COST;
  const identity = await identify();
  context.unpaid = REQUEST_COST;
  context.setViewer(identity.viewer, identity.grant?.expiresAt);
  return identity;
}
