import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import { type AllowedAddresses, addressesExcept, publicAddresses } from '../files/fetch/allowed-addresses.js';
import type { Role } from '../generated/prisma/client.js';
import { createAddressOf } from '../http/request/client-address.js';
import { parseUrl } from '../parse-url.js';

// Parsers of environment variables. Each reports what it expected.

export const port = z
  .string()
  .regex(/^\d{1,5}$/, 'expected a port from 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'expected a port from 0 to 65535');

export const flag = z
  .enum(['1', '0', 'true', 'false'], 'expected true or false')
  .transform((value) => value === '1' || value === 'true');

export const origins = z.string().transform((value, context) => {
  const list = value.split(',').map((origin) => origin.trim());
  for (const origin of list) {
    if (origin !== '*' && parseUrl(origin)?.origin !== origin) {
      context.addIssue({
        code: 'custom',
        message: `expected origins such as https://example.org, separated by commas, or *; got "${origin}"`,
      });
    }
  }
  return list;
});

const ALLOW_HINT = 'Only the operator can allow it, with INTAKE_ALLOW.';

export const NO_EXCEPTIONS: AllowedAddresses = publicAddresses(false, ALLOW_HINT);

/** Private addresses that the intake may fetch. */
export const allowedAddresses = z.string().transform((value, context): AllowedAddresses => {
  const allowed = addressesExcept(value.split(','), ALLOW_HINT);
  if (allowed) return allowed;
  context.addIssue({
    code: 'custom',
    message:
      'expected host names, addresses or subnets, separated by commas, such as feeds.internal, 10.1.2.3:8080, 10.0.0.0/8 or [fd00::]/8',
  });
  return z.NEVER;
});

const HOST_NAME = /^(\[[\da-f:.]+\]|[a-z\d._-]+)(:\d{1,5})?$/i;

export const hosts = z.string().transform((value, context) => {
  const list = value.split(',').map((host) => host.trim());
  for (const host of list) {
    if (host !== '*' && !HOST_NAME.test(host)) {
      context.addIssue({
        code: 'custom',
        message: `expected hosts such as example.org, localhost:4000 or [::1], separated by commas, or *; got "${host}"`,
      });
    }
  }
  return list;
});

/** Returns whether only this machine reaches a server that listens on the host. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);

export const wholeNumber = (unit: string, max: number, min = 1) =>
  z
    .string()
    .regex(/^\d{1,12}$/, `expected a whole number of ${unit}, ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `expected a whole number of ${unit}, ${min} to ${max}`);

export const busUrl = z.string().refine((value) => {
  const url = parseUrl(value);
  return (
    /^(nats|tls):$/.test(url?.protocol ?? '') && url?.hostname !== '' && /^\/?$/.test(url?.pathname ?? '')
  );
}, 'expected nats://host:port or tls://host:port');

/** The address of a web site, without a slash at the end. */
export const publicUrl = z
  .string()
  .refine((value) => {
    const url = parseUrl(value);
    if (!url) return false;
    const { protocol, username, password, search, hash } = url;
    return /^https?:$/.test(protocol) && username + password + search + hash === '';
  }, 'expected https://host/path, without a password, a query or a fragment')
  .transform((value) => new URL(value).href.replace(/\/+$/, ''));

// Over plain http somebody could replace the keys in transit, and so forge an admin.
export const jwksUrl = z
  .string()
  .refine((value) => {
    const url = parseUrl(value);
    if (!url) return false;
    if (url.username !== '' || url.password !== '') return false;
    const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
    return url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
  }, 'expected https://host/path without a password, or http:// on this machine')
  .transform((value) => new URL(value));

/** The address of a language model. It is the operator's own, so it may be private. */
export const modelUrl = z.string().refine((value) => {
  const url = parseUrl(value);
  return (
    url !== null && url !== undefined && /^https?:$/.test(url.protocol) && url.username + url.password === ''
  );
}, 'expected http://host/path or https://host/path without a password');

/** A private key in PEM, with line ends or with `\\n` in their place. */
export const signingKey = z.string().transform((value, context) => {
  try {
    const key = createPrivateKey(value.replaceAll('\\n', '\n'));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // The message must not contain the key.
  }
  context.addIssue({
    code: 'custom',
    message: 'expected an Ed25519 private key in PEM, as `openssl genpkey -algorithm ed25519` makes it',
  });
  return z.NEVER;
});

const ALGORITHMS = ['RS', 'PS', 'ES'].flatMap((family) => ['256', '384', '512'].map((bits) => family + bits));
const ASYMMETRIC: readonly string[] = [...ALGORITHMS, 'EdDSA', 'Ed25519'];

export const algorithms = z.string().transform((value, context) => {
  const list = value.split(',').map((algorithm) => algorithm.trim());
  for (const algorithm of list) {
    if (!ASYMMETRIC.includes(algorithm)) {
      const message = `expected asymmetric algorithms (${ASYMMETRIC.join(', ')}), separated by commas; got "${algorithm}"`;
      context.addIssue({ code: 'custom', message });
    }
  }
  return list;
});

const ROLES: Readonly<Record<string, Role>> = {
  READER: 'READER',
  CONTRIBUTOR: 'CONTRIBUTOR',
  EDITOR: 'EDITOR',
  ADMIN: 'ADMIN',
};

/** Maps each role's name, in upper and lower case, to the role. */
export const OWN_ROLES: ReadonlyMap<string, Role> = new Map(
  Object.values(ROLES).flatMap((role) => [[role, role] as const, [role.toLowerCase(), role] as const]),
);

export const roles = z.string().transform((value, context) => {
  const mapping = new Map<string, Role>();
  for (const pair of value.split(',')) {
    // Split at the last colon, because values such as urn:example:editor contain colons.
    const [, claimed, name = ''] = /^(.+):(\w+)$/.exec(pair.trim()) ?? [];
    const role = Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
    if (claimed && role) mapping.set(claimed, role);
    else {
      const message = `expected value:ROLE with one of ${Object.keys(ROLES).join(', ')}, separated by commas; got "${pair}"`;
      context.addIssue({ code: 'custom', message });
    }
  }
  return mapping;
});

export const clockTolerance = z
  .string()
  .regex(/^([1-5]?\d|60)$/, 'expected a whole number of seconds, 0 to 60')
  .transform(Number);

export const proxies = z.string().transform((value, context) => {
  const list = value.split(',').map((proxy) => proxy.trim());
  try {
    createAddressOf(list);
  } catch {
    context.addIssue({
      code: 'custom',
      message: `expected addresses and subnets separated by commas, e.g. 10.0.0.0/8,loopback; got "${value}"`,
    });
  }
  return list;
});
