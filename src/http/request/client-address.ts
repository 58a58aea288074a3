import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import proxyaddr from 'proxy-addr';

/** Who sends a request, as limits count it. */
export type AddressOf = (request: IncomingMessage) => string;

/**
 * The address of the client: that of the connection, or what trusted proxies say in `X-Forwarded-For`.
 * Of IPv6 only the network (/64): a client has all the addresses of its own.
 *
 * @param trusted Addresses and subnets of proxies, e.g. `10.0.0.0/8`, `loopback`.
 * @throws {TypeError} For what is no address, subnet or name of one.
 */
export function createAddressOf(trusted: readonly string[]): AddressOf {
  const trust = proxyaddr.compile([...trusted]);
  const known = new LRUCache<string, string>({ max: 10_000, memoMethod: networkOf });
  return (request) => known.memo(proxyaddr(request, trust) ?? '');
}

function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address); // IPv4 in IPv6 becomes IPv4.
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`)}/64`;
}
