import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Says whether a connection to an address may be made. */
export interface AllowedAddresses {
  /**
   * @param host The host of the URL, without brackets.
   * @param address An IP address of this host.
   */
  isAllowed(host: string, address: string, port: number): boolean;
  /** How an operator allows a private address, for messages. */
  readonly hint: string;
}

/** Returns the rule that allows public addresses, and private ones if asked. */
export const publicAddresses = (andPrivate: boolean, hint: string): AllowedAddresses => ({
  isAllowed: (_, address) => andPrivate || isPublic(address),
  hint,
});

/** A host name, an address or a subnet, and a port; without it, all ports. */
const EXCEPTION = /^(?:\[([\da-f:.]+)\](?:\/(\d{1,3}))?|([\w.-]+)(?:\/(\d{1,3}))?)(?::(\d{1,5}))?$/i;

/**
 * Returns the rule that allows public addresses and these exceptions: host names, IP addresses or subnets, each with or
 * without a port, such as `feeds.internal`, `10.1.2.3:8080`, `10.0.0.0/8`, `[fd00::]/8`.
 *
 * @returns Null if an exception cannot be read.
 */
export function addressesExcept(exceptions: readonly string[], hint: string): AllowedAddresses | null {
  const rules = exceptions.map(parseException);
  if (rules.includes(null)) return null;
  return {
    isAllowed: (host, address, port) =>
      isPublic(address) || rules.some((rule) => rule?.(host.toLowerCase(), address, port) ?? false),
    hint,
  };
}

type Rule = (host: string, address: string, port: number) => boolean;

function parseException(text: string): Rule | null {
  const [, six, sixBits, name = '', fourBits, portText] = EXCEPTION.exec(text.trim()) ?? [];
  const subject = six ?? name;
  if (subject === '' || Number(portText ?? 1) > 65_535) return null;
  const fits = (port: number) => portText === undefined || port === Number(portText);
  const bits = sixBits ?? fourBits;
  if (isIP(subject) === 0) {
    if (bits !== undefined || /^[\d.]+$/.test(subject)) return null;
    const wanted = subject.toLowerCase();
    return (host, _, port) => host.replace(/\.$/, '') === wanted && fits(port);
  }
  const range = ipaddr.process(subject);
  const length = Number(bits ?? (range.kind() === 'ipv4' ? 32 : 128));
  if (length > (range.kind() === 'ipv4' ? 32 : 128)) return null;
  return (_, address, port) => {
    const asked = ipaddr.process(address);
    return asked.kind() === range.kind() && asked.match(range, length) && fits(port);
  };
}

/**
 * Everything but unicast addresses of the Internet is private: loopback, local networks, link-local, reserved ones, and
 * IPv6 addresses that contain an IPv4 address.
 */
function isPublic(address: string): boolean {
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || GLOBAL.test(parsed.toNormalizedString());
}

/** 2000::/3, the only block of IPv6 that is assigned to the Internet. */
const GLOBAL = /^[23][\da-f]{3}:/;
