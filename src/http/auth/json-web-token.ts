import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Logger } from 'pino';
import { isLower } from '../../domain/access.js';
import { InvalidInputError } from '../../domain/errors.js';
import { parseInput, text } from '../../domain/input.js';
import { JWT_PREFIX } from '../../domain/token.js';
import type { Role } from '../../generated/prisma/client.js';
import { type Identity, IdentityRefusedError } from './identity.js';

/** Whose JWTs are taken, and what they allow. */
export interface JwtOptions {
  /** Where the issuer publishes its keys. */
  readonly jwksUrl: URL;
  /** What `iss` must be, to the letter. */
  readonly issuer: string;
  /** What `aud` must be, or hold. */
  readonly audience: string;
  /** Asymmetric ones alone: with a symmetric one, who knows the public key could sign. */
  readonly algorithms: readonly string[];
  /**
   * The claim that holds the role: its name, or where no claim has that name the path to it with dots, as in
   * `realm_access.roles`. A text or a list of texts.
   */
  readonly roleClaim: string;
  /**
   * Which values of the claim give which role; any other gives none. Of several values the highest role
   * counts. A JWT whose claim is missing or gives no role is refused with FORBIDDEN.
   */
  readonly roles: ReadonlyMap<string, Role>;
  /** How far the issuer's clock and ours may differ, in seconds. */
  readonly clockTolerance: number;
}

/** Who a JWT says that its bearer is. @throws {IdentityRefusedError} From the returned function. */
export type VerifyJwt = (token: string) => Promise<Identity>;

/** How long the issuer's keys are taken for current, in milliseconds: how long a withdrawn one lives on. */
const KEYS_LAST = 10 * 60_000;
/** How soon the keys are fetched again for a token of an unknown key, in milliseconds. */
const KEYS_COOL_DOWN = 5_000;
/** How long the issuer may take to answer, in milliseconds. */
const FETCH_TIMEOUT = 5_000;

/** A token that is a JWT by its form; an API token has no dots. */
export const looksLikeJwt = (token: string): boolean => /^[\w-]+\.[\w-]*\.[\w-]*$/.test(token);

/**
 * Verifies JWTs: signature, algorithm, issuer, audience, times and role. `exp` and `sub` must be there; the
 * viewer's name is `jwt:<sub>`, at most 100 characters.
 *
 * The keys are fetched at the first JWT. While they cannot be, JWTs are refused with SERVICE_UNAVAILABLE, and
 * the log says so once.
 *
 * @param advice What to do in place of sending that token.
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
    // jwtVerify has seen to it that there is a number.
    const expiresAt = ((payload.exp ?? 0) + clockTolerance) * 1_000;
    return { viewer: { role, name }, grant: { expiresAt } };
  };
}

function createFindKey(url: URL, log: Logger): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(url, {
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
        'JWTs cannot be judged now: the keys of their issuer cannot be fetched. Try again later.',
      );
    }
  };
}

function refusalOf(error: errors.JOSEError, advice: string): IdentityRefusedError {
  if (error instanceof errors.JWTExpired) {
    return new IdentityRefusedError('UNAUTHENTICATED', `The JWT has expired. ${advice}`);
  }
  return new IdentityRefusedError('UNKNOWN', `The JWT is not taken: ${reasonOf(error)}. ${advice}`);
}

/** Names the variables, not what they hold: whoever asks is nobody yet. */
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
  if (error instanceof errors.JWKSNoMatchingKey) return 'its key is not one of its issuer’s';
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return 'it does not say (kid) which of its issuer’s keys it is signed with';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature is not right';
  return 'it cannot be read as one';
}

function nameIn({ sub }: JWTPayload): string {
  try {
    parseInput(text(100 - JWT_PREFIX.length), sub, 'sub');
    return JWT_PREFIX + sub;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw new IdentityRefusedError('FORBIDDEN', `The JWT cannot name anybody. ${error.message}`);
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
    `The JWT gives no role here: expected its claim ${JSON.stringify(roleClaim)} to be, or to list, a value that has one (JWT_ROLES); ` +
      `${claim === undefined ? 'it is not there' : 'none of its values has'}. Have the issuer add one.`,
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
