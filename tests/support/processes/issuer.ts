import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';

const AUDIENCE = 'doctrine-wire';

/** Claims that differ from those of a valid JWT. Times are in seconds from now. */
export interface Claims {
  sub?: string | null;
  role?: unknown;
  iss?: string;
  aud?: string | string[];
  expiresIn?: number | null;
  validFrom?: number;
  kid?: string;
  /** Further claims. */
  more?: object;
}

/** An issuer of JWTs with a JWKS over HTTP. */
export interface Issuer extends AsyncDisposable {
  /** The environment of a server that accepts its JWTs. */
  readonly env: Record<string, string>;
  /** The number of times the keys were fetched. */
  readonly fetched: number;
  /** Whether the JWKS is answered with 500. */
  isAway: boolean;
  /** Whether the JWKS is never answered. */
  hangs: boolean;
  /** Signs a JWT for the editor "ann" that is valid for a minute, with `claims` as overrides. */
  sign(claims?: Claims): Promise<string>;
  /** Signs a JWT by HS256, with the text of the public key as the shared secret. */
  signWithPublicKey(): Promise<string>;
  /** Replaces the signing key with a new one. */
  rotate(): Promise<void>;
}

export async function startIssuer(): Promise<Issuer> {
  let made = 0;
  let pair: Awaited<ReturnType<typeof makeKey>>;
  const makeKey = async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    made += 1;
    const kid = `key-${made}`;
    const jwk: JWK = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' };
    return { kid, jwk, publicKey, privateKey };
  };
  pair = await makeKey();

  const http = createServer((_request, response) => {
    issuer.fetched += 1;
    if (issuer.hangs) return;
    if (issuer.isAway) response.writeHead(500).end('away');
    else
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ keys: [pair.jwk] }));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;

  const signAs = (
    { sub, iss, aud, expiresIn, validFrom, kid, more, ...claims }: Claims,
    alg: string,
    key: CryptoKey | Uint8Array,
  ) => {
    const now = Math.floor(Date.now() / 1_000);
    const role = 'role' in claims ? claims.role : 'EDITOR';
    const payload = {
      ...(role !== undefined && { role }),
      ...(sub !== null && { sub: sub ?? 'ann' }),
      ...(expiresIn !== null && { exp: now + (expiresIn ?? 60) }),
      ...(validFrom !== undefined && { nbf: now + validFrom }),
      iss: iss ?? url,
      aud: aud ?? AUDIENCE,
      ...more,
    };
    return new SignJWT(payload).setProtectedHeader({ alg, kid: kid ?? pair.kid }).sign(key);
  };

  const issuer = {
    env: { JWT_JWKS_URL: `${url}/keys`, JWT_ISSUER: url, JWT_AUDIENCE: AUDIENCE },
    fetched: 0,
    isAway: false,
    hangs: false,
    sign: (claims: Claims = {}) => signAs(claims, 'ES256', pair.privateKey),
    signWithPublicKey: async () =>
      signAs({}, 'HS256', new TextEncoder().encode(await exportSPKI(pair.publicKey))),
    rotate: async () => {
      pair = await makeKey();
    },
    [Symbol.asyncDispose]: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return issuer;
}
