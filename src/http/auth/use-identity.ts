import type { Plugin } from 'graphql-yoga';
import type { Authenticate } from './authenticate.js';
import type { Identity } from './identity.js';

/** Says once for each HTTP request who sends it. */
export interface Identification {
  readonly plugin: Plugin;
  /** @throws {IdentityRefusedError} For a request that names nobody. */
  identify(request: Request): Promise<Identity>;
}

/** Asks before the document is looked at: whoever is not let in is told nothing of the schema. */
export function createIdentification(authenticate: Authenticate): Identification {
  const identities = new WeakMap<Request, Promise<Identity>>();
  const identify = (request: Request) => {
    const known = identities.get(request);
    if (known) return known;
    const identity = authenticate(request.headers.get('authorization'));
    identities.set(request, identity);
    return identity;
  };
  return {
    plugin: { onParams: async ({ request }) => void (await identify(request)) },
    identify,
  };
}
