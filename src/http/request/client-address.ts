import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import proxyaddr from 'proxy-addr';

/** Returns the client's address, by which limits count. */
export type AddressOf = (request: IncomingMessage) => string;

/**
 * Creates the look-up of a client's address: the peer of the connection, or the value of `X-Forwarded-For` from trusted
 * proxies. IPv6 addresses count by their /64 network, because one client has all addresses of it.
 *
 * @param trusted Addresses and subnets of proxies, e.g. `10.0.0.0/8`, `loopback`.
 * @throws {TypeError} For an invalid address or subnet.
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
