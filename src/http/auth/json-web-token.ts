import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWKSCacheInput,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwksCache,
  jwtVerify,
} from 'jose';
import type { Logger } from 'pino';
import { isLower } from '../../domain/access.js';
import { checkEditorName, JWT_PREFIX } from '../../domain/editor-name.js';
import { InvalidInputError } from '../../domain/errors.js';
import type { Role } from '../../generated/prisma/client.js';
import { createBackOff } from './fetch-back-off.js';
import { type Identity, IdentityRefusedError } from './identity.js';

/** The JWTs to accept, and the roles that they give. */
export interface JwtOptions {
  /** The URL of the issuer's keys. */
  readonly jwksUrl: URL;
  /** The exact value of `iss`. */
  readonly issuer: string;
  /** The value that `aud` must be, or contain. */
  readonly audience: string;
  /** Asymmetric algorithms only: with a symmetric one, anybody with the public key could sign. */
  readonly algorithms: readonly string[];
  /**
   * The claim that contains the role: its name, or its path with dots, such as `realm_access.roles`. A claim with
   * dots in its name takes precedence. Its value is a string or a list of strings.
   */
  readonly roleClaim: string;
  /**
   * Maps values of the claim to roles. The highest role of several values counts. A JWT without a role is refused
   * with FORBIDDEN.
   */
  readonly roles: ReadonlyMap<string, Role>;
  /** The difference allowed between the issuer's clock and ours, in seconds. */
  readonly clockTolerance: number;
}

/** Verifies a JWT and returns the identity of its bearer. @throws {IdentityRefusedError} */
export type VerifyJwt = (token: string) => Promise<Identity>;

/** How long the issuer's keys are cached, in milliseconds. A withdrawn key stays valid for as long. */
const KEYS_LAST = 10 * 60_000;
/** The pause between two fetches for tokens with an unknown key, in milliseconds. */
const KEYS_COOL_DOWN = 5_000;
/** The timeout of a fetch, in milliseconds. */
const FETCH_TIMEOUT = 5_000;

/** Returns whether a token has the format of a JWT. API tokens have no dots. */
export const looksLikeJwt = (token: string): boolean => /^[\w-]+\.[\w-]*\.[\w-]*$/.test(token);

/**
 * Creates the verification of JWTs: signature, algorithm, issuer, audience, times and role. `exp` and `sub` are
 * required. The viewer's name is `jwt:<sub>`, at most 100 characters; a subject that is no safe name is refused.
 *
 * Fetches the keys with the first JWT. While that fails, refuses JWTs with SERVICE_UNAVAILABLE and logs it once. One fetch
 * is in flight at a time, and a failed one is followed by a pause of 1 to 30 s.
 *
 * @param advice Ends the messages about tokens that are not accepted.
 */
export function createVerifyJwt(options: JwtOptions, advice: string, log: Logger): VerifyJwt {
  const { issuer, audience, algorithms, clockTolerance } = options;
  const findKey = createFindKey(options.jwksUrl, log);
  const checks = {
    issuer,
    audience,
    algorithms: [...algorithms],
    clockTolerance,
    requiredClaims: ['exp', 'sub'],
  };
  return async (token) => {
    const { payload } = await jwtVerify(token, findKey, checks).catch((error: unknown) => {
      throw error instanceof errors.JOSEError ? refusalOf(error, advice) : error;
    });
    const name = nameIn(payload);
    const role = roleIn(payload, options);
    // jwtVerify has checked that it is a number.
    const expiresAt = ((payload.exp ?? 0) + clockTolerance) * 1_000;
    return { viewer: { role, name }, grant: { expiresAt } };
  };
}

function createFindKey(url: URL, log: Logger): JWTVerifyGetKey {
  const cache: JWKSCacheInput = {};
  const keys = createRemoteJWKSet(url, {
    [customFetch]: createBackOff(cache),
    [jwksCache]: cache,
    cacheMaxAge: KEYS_LAST,
    cooldownDuration: KEYS_COOL_DOWN,
    timeoutDuration: FETCH_TIMEOUT,
  });
  let isAway = false;
  return async (header, token) => {
    try {
      const key = await keys(header, token);
      if (isAway) log.info('the keys for JWTs can be fetched again');
      isAway = false;
      return key;
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
        throw error;
      if (!isAway) log.error({ err: error, url: url.href }, 'the keys for JWTs cannot be fetched');
      isAway = true;
      throw new IdentityRefusedError(
        'UNAVAILABLE',
        'JWTs cannot be verified now, because the keys of the issuer cannot be fetched. Try again later.',
      );
    }
  };
}

function refusalOf(error: errors.JOSEError, advice: string): IdentityRefusedError {
  if (error instanceof errors.JWTExpired) {
    return new IdentityRefusedError('UNAUTHENTICATED', `The JWT has expired. ${advice}`);
  }
  return new IdentityRefusedError('UNKNOWN', `The JWT is not accepted: ${reasonOf(error)}. ${advice}`);
}

/** Names the variables but not their values, because the client is not authenticated. */
function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.reason === 'missing') return `it lacks the claim "${error.claim}"`;
    const settings: Readonly<Record<string, string>> = {
      iss: 'its "iss" is not JWT_ISSUER',
      aud: 'its "aud" is not JWT_AUDIENCE',
      nbf: 'it is not valid yet',
    };
    return settings[error.claim] ?? `its claim "${error.claim}" is not valid`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'its algorithm is not one of JWT_ALGORITHMS';
  if (error instanceof errors.JWKSNoMatchingKey) return 'its issuer has no such key';
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return 'it has no "kid", and its issuer has several keys';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature is invalid';
  return 'it is malformed';
}

function nameIn({ sub }: JWTPayload): string {
  try {
    return JWT_PREFIX + checkEditorName(sub, 'sub', 100 - JWT_PREFIX.length);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw new IdentityRefusedError('UNKNOWN', `The JWT has an invalid subject. ${error.message}`);
  }
}

function roleIn(payload: JWTPayload, { roleClaim, roles }: JwtOptions): Role {
  const claim = claimIn(payload, roleClaim);
  const values: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  let highest: Role | undefined;
  for (const value of values) {
    const role = typeof value === 'string' ? roles.get(value) : undefined;
    if (role && (!highest || isLower(highest, role))) highest = role;
  }
  if (highest) return highest;
  throw new IdentityRefusedError(
    'FORBIDDEN',
    `Expected a value of JWT_ROLES in the claim ${JSON.stringify(roleClaim)} of the JWT; ` +
      `${claim === undefined ? 'it has no such claim' : 'the claim has none'}. Have the issuer add one.`,
  );
}

function claimIn(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  let value: unknown = payload;
  for (const step of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}
