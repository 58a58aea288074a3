import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import { badRequest, refuse } from '../response/refusal.js';

/** Returns the refusal of a request by its Host header, if any. */
export type CheckHost = (request: IncomingMessage) => GraphQLError | undefined;

/** Pages that probes and scrapers ask for by address. They hold nothing that a page of another site could use. */
const BY_ADDRESS = /^\/(?:health\/|metrics(?:\?|$))/;

const HOST = /^(\[[\da-f:.]+\]|[^\s:/?#@\\[\]]+?)\.?(?::(\d{1,5}))?$/i;

/**
 * Creates the check against DNS rebinding: another site's page whose name leads to this server has the site's name in
 * Host, so that its origin looks like the server's own.
 *
 * @param allowed Names and addresses, with a port or for any port, e.g. `localhost`, `[::1]`, `example.org:8443`.
 *   Undefined: all.
 */
export function createHostCheck(allowed: readonly string[] | undefined): CheckHost {
  const names = new Set(allowed?.map((name) => name.toLowerCase()));
  const verdicts = new LRUCache<string, boolean>({ max: 1_000, memoMethod: (host) => isIn(names, host) });
  return ({ rawHeaders, headers: { host }, url = '' }) => {
    if (hasTwo(rawHeaders)) return badRequest('Expected one Host header; got more.');
    if (!allowed || host === undefined) return undefined; // Browsers always send it.
    if (!HOST.test(host))
      return badRequest('Expected a Host header with a name or an address, and a port or none.');
    if (verdicts.memo(host) || (BY_ADDRESS.test(url) && isAddress(host))) return undefined;
    return refuse(
      `Expected a Host that ALLOWED_HOSTS names; got ${JSON.stringify(host.slice(0, 80))}. Use another name for this server, or add this one to ALLOWED_HOSTS.`,
      { code: 'FORBIDDEN_HOST' },
      { status: 421 },
    );
  };
}

/** Returns whether there are two: Node keeps the first, and a proxy in front may have checked the other. */
function hasTwo(rawHeaders: readonly string[]): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count > 1;
}

function isIn(names: ReadonlySet<string>, host: string): boolean {
  const [, name = '', port] = HOST.exec(host.toLowerCase()) ?? [];
  return names.has(name) || (port !== undefined && names.has(`${name}:${port}`));
}

function isAddress(host: string): boolean {
  const [, name = ''] = HOST.exec(host) ?? [];
  return name.startsWith('[')
    ? ipaddr.IPv6.isValid(name.slice(1, -1))
    : ipaddr.IPv4.isValidFourPartDecimal(name);
}
