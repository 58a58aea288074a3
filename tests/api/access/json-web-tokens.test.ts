import { UnsecuredJWT } from 'jose';
import { test as base, expect, vi } from 'vitest';
import { createToken } from '../../../src/domain/token.js';
import { createDatabase } from '../../support/database.js';
import { describeWithDatabase, test as withoutJwts } from '../../support/fixtures.js';
import { type Claims, type Issuer, startIssuer } from '../../support/processes/issuer.js';
import { startTestServer, type TestServer } from '../../support/server.js';

interface Fixtures {
  issuer: Issuer;
  /** A server that accepts the issuer's JWTs. */
  server: TestServer;
}

/** A server that accepts the issuer's JWTs, with extra variables: one for each test, or one for the file. */
const withEnvironment = (env: Record<string, string>, scope: 'test' | 'file' = 'test') =>
  base.extend<Fixtures>({
    issuer: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that it needs off the pattern.
      async ({}, use) => {
        await using issuer = await startIssuer();
        await use(issuer);
      },
      { scope },
    ],
    server: [
      async ({ issuer }, use) => {
        await using database = await createDatabase();
        await using server = await startTestServer(database.location, { ...issuer.env, ...env });
        await use(server);
      },
      { scope },
    ],
  });
const test = withEnvironment({});
const sharing = withEnvironment({}, 'file');

const READ = '{ __typename }';
const WRITE =
  'mutation { recordStatement(input: { headline: "By JWT", occurred: "2020" }) { ... on RecordStatementSuccess { development { revisions { nodes { editor } } } } } }';

const codeOf = ({ status, errors }: { status: number; errors?: { extensions?: object }[] }) => ({
  status,
  ...errors?.[0]?.extensions,
});

describeWithDatabase('a JWT', () => {
  test('writes under the name of its subject, and API tokens still work', async ({ server, issuer }) => {
    const byJwt = await server.request(WRITE, { token: await issuer.sign() });
    expect(byJwt).toMatchObject({
      data: { recordStatement: { development: { revisions: { nodes: [{ editor: 'jwt:ann' }] } } } },
    });
    const token = await createToken(server.db, { name: 'bob', role: 'EDITOR' });
    const byToken = await server.request(WRITE, { token });
    expect(byToken).toMatchObject({
      data: { recordStatement: { development: { revisions: { nodes: [{ editor: 'bob' }] } } } },
    });
    expect(issuer.fetched).toBe(1); // The keys are cached.
  });

  const TAKEN: [string, Claims][] = [
    ['that expired within the tolerance', { expiresIn: -5 }],
    ['that becomes valid within the tolerance', { validFrom: 5 }],
    ['for several audiences', { aud: ['others', 'doctrine-wire'] }],
    ['whose subject has 96 characters', { sub: 'a'.repeat(96) }],
    ['with its role among others in a list', { role: ['viewer', 'READER', 'EDITOR', 7] }],
    ['with its role in lower case', { role: 'editor' }],
  ];
  for (const [what, claims] of TAKEN) {
    sharing(`${what} is accepted`, async ({ server, issuer }) => {
      const answer = await server.request(WRITE, { token: await issuer.sign(claims) });
      expect(answer.errors).toBeUndefined();
    });
  }

  const REFUSED: [what: string, Claims, status: number, message: RegExp][] = [
    ['of another issuer', { iss: 'https://elsewhere.example' }, 401, /"iss" is not JWT_ISSUER/],
    ['for another audience', { aud: 'others' }, 401, /"aud" is not JWT_AUDIENCE/],
    ['that has expired', { expiresIn: -40 }, 401, /The JWT has expired/],
    ['that is not valid yet', { validFrom: 40 }, 401, /not valid yet/],
    ['that never expires', { expiresIn: null }, 401, /lacks the claim "exp"/],
    ['without a subject', { sub: null }, 401, /lacks the claim "sub"/],
    ['signed with an unknown key', { kid: 'key-of-others' }, 401, /its issuer has no such key/],
    [
      'without a role',
      { role: undefined },
      403,
      /claim "role".*it has no such claim.*Have the issuer add one/,
    ],
    ['with an unknown role', { role: 'OWNER' }, 403, /the claim has none/],
    ['with a role that is not a string', { role: { EDITOR: true } }, 403, /the claim has none/],
    ['whose subject is too long', { sub: 'a'.repeat(97) }, 401, /at most 96 characters/],
    ['whose subject is empty', { sub: '' }, 401, /has an invalid subject/],
    ['whose subject cannot be stored', { sub: 'a\u0000b' }, 401, /without NUL/],
    ['whose subject has two lines', { sub: 'ann\nADMIN_TOKEN' }, 401, /invalid subject.*without line breaks/],
    ['whose subject turns the text around', { sub: 'ann\u202enna' }, 401, /bidi controls/],
    ['whose subject ends with a blank', { sub: 'ann ' }, 401, /without blanks/],
    ['whose subject is reserved', { sub: 'Import' }, 401, /other than ADMIN_TOKEN, dossier, import/],
  ];
  for (const [what, claims, status, message] of REFUSED) {
    sharing(`${what} is refused, even for reading`, async ({ server, issuer }) => {
      const answer = await server.request(READ, { token: await issuer.sign(claims) });
      expect(codeOf(answer)).toEqual({ status, code: status === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN' });
      expect(answer.errors?.[0]?.message).toMatch(message);
      expect(server.logged).toEqual([]);
    });
  }

  sharing(
    'that is unsigned, malformed or signed with the public key is refused',
    async ({ server, issuer }) => {
      const good = await issuer.sign();
      const [header, payload = '', signature] = good.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
      const forged = Buffer.from(JSON.stringify({ ...claims, role: 'ADMIN' })).toString('base64url');
      const tokens = {
        'no algorithm': new UnsecuredJWT(claims).encode(),
        HS256: await issuer.signWithPublicKey(),
        'another payload': `${header}.${forged}.${signature}`,
        'no signature': `${header}.${payload}.`,
        'half a signature': good.slice(0, -20),
        garbage: 'aaaa.bbbb.cccc',
        empties: 'a..',
        'a header that is no object': `${Buffer.from('[]').toString('base64url')}.${payload}.${signature}`,
        'four parts': `${good}.x`,
        'a long one': `${'a'.repeat(4_000)}.b.c`,
      };
      for (const [what, token] of Object.entries(tokens)) {
        const answer = await server.request(READ, { token });
        expect(codeOf(answer), what).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
      }
      expect(server.logged).toEqual([]);
      expect((await server.request(READ, { token: good })).status).toBe(200);
    },
  );

  test('signed with a new key is accepted after the issuer rotates its keys, and one with the old key is not', async ({
    server,
    issuer,
  }) => {
    const old = await issuer.sign();
    expect((await server.request(READ, { token: old })).status).toBe(200);
    await issuer.rotate();
    const token = await issuer.sign();
    // Not at once: fetches are limited, so that tokens with invented keys do not cause one each.
    await vi.waitUntil(async () => (await server.request(READ, { token })).status === 200, {
      timeout: 30_000,
      interval: 200,
    });
    expect(issuer.fetched).toBe(2);
    expect((await server.request(READ, { token: old })).status).toBe(401);
  });

  test('is answered with 503 while its keys cannot be fetched, and other requests work', async ({
    server,
    issuer,
  }) => {
    issuer.isAway = true;
    const token = await issuer.sign();
    for (let times = 0; times < 2; times += 1) {
      const answer = await server.request(READ, { token });
      expect(codeOf(answer)).toEqual({ status: 503, code: 'SERVICE_UNAVAILABLE' });
      expect(answer.errors?.[0]?.message).toMatch(/keys of the issuer cannot be fetched. Try again later/);
    }
    expect(server.logged.map(({ msg }) => msg)).toEqual(['the keys for JWTs cannot be fetched']);
    const closed = vi.fn();
    const client = server.client({ authorization: `Bearer ${token}` });
    client.on('closed', closed);
    client.subscribe({ query: READ }, { next: () => {}, error: () => {}, complete: () => {} });
    await vi.waitUntil(() => closed.mock.calls.length > 0, 30_000);
    expect(closed.mock.calls[0]?.[0]).toMatchObject({ code: 1013 });

    expect((await server.request(READ, { token: null })).status).toBe(200);
    expect((await server.request(READ)).status).toBe(200);
    issuer.isAway = false;
    // Not at once: failed fetches are followed by a pause.
    await vi.waitUntil(async () => (await server.request(READ, { token })).status === 200, {
      timeout: 30_000,
      interval: 100,
    });
  });

  test('causes one fetch at a time, and a pause after each failure, however many are sent', async ({
    server,
    issuer,
  }) => {
    const token = await issuer.sign();
    const sendMany = (count: number) =>
      Promise.all(Array.from({ length: count }, () => server.request(READ, { token }).then(codeOf)));
    issuer.hangs = true;
    const unavailable = { status: 503, code: 'SERVICE_UNAVAILABLE' };
    expect(await sendMany(20)).toEqual(Array.from({ length: 20 }, () => unavailable));
    expect(issuer.fetched).toBe(1);
    issuer.hangs = false;
    issuer.isAway = true;
    const began = performance.now();
    for (let times = 0; times < 20; times += 1) await sendMany(5);
    const seconds = (performance.now() - began) / 1_000;
    expect(issuer.fetched).toBeLessThanOrEqual(2 + seconds);
  });
});

describeWithDatabase('JWT_ROLES', () => {
  const mapped = withEnvironment({
    JWT_ROLE_CLAIM: 'realm_access.roles',
    JWT_ROLES: 'desk:EDITOR, urn:example:chief:ADMIN',
    JWT_CLOCK_TOLERANCE: '0',
  });

  mapped(
    'grants the highest role that a nested claim maps to, and nothing else grants a role',
    async ({ server, issuer }) => {
      const send = async (roles: unknown, claims: Claims = {}) =>
        server.request(WRITE, {
          token: await issuer.sign({ role: undefined, more: { realm_access: { roles } }, ...claims }),
        });
      expect((await send('desk')).errors).toBeUndefined();
      expect((await send(['offline', 'urn:example:chief'])).errors).toBeUndefined();
      for (const roles of [['offline'], 'EDITOR', ['ADMIN'], [], 'toString', null]) {
        expect(codeOf(await send(roles)), String(roles)).toEqual({ status: 403, code: 'FORBIDDEN' });
      }
      expect(codeOf(await send('desk', { expiresIn: -2 }))).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    },
  );
});

describeWithDatabase('a server without JWT settings', () => {
  withoutJwts('refuses JWTs as unknown tokens', async ({ server }) => {
    await using issuer = await startIssuer();
    const answer = await server.request(READ, { token: await issuer.sign() });
    expect(codeOf(answer)).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    expect(issuer.fetched).toBe(0);
  });
});

describeWithDatabase('the name of a token', () => {
  withoutJwts('cannot be one that stands for others', async ({ server }) => {
    for (const name of [
      'jwt:ann',
      'JWT:ann',
      'ADMIN_TOKEN',
      'admin_Token',
      'DOSSIER',
      'import',
      'ｉｍｐｏｒｔ',
      'Anonymous',
    ]) {
      const made = createToken(server.db, { name, role: 'EDITOR' });
      await expect(made, name).rejects.toThrow(/^The input is not valid. name: .*does not begin with "jwt:"/);
    }
  });

  withoutJwts('cannot change the text around it', async ({ server }) => {
    for (const name of [
      'a\nb',
      'a\r',
      'a\u0085b',
      'a\u2028b',
      'a\u0007b',
      'a\u202eb',
      'a\u2066b',
      'a\u200eb',
      'a\u200bb',
      '\ufeffa',
    ]) {
      const made = createToken(server.db, { name, role: 'EDITOR' });
      await expect(made, JSON.stringify(name)).rejects.toThrow(
        /without line breaks, control characters, bidi/,
      );
    }
    for (const name of [' a', 'a ', '\u00a0a', 'a\u3000']) {
      const made = createToken(server.db, { name, role: 'EDITOR' });
      await expect(made, JSON.stringify(name)).rejects.toThrow(/without blanks at its ends/);
    }
  });

  withoutJwts('can be in any script', async ({ server }) => {
    for (const name of ['Олена Зеркаль', 'محمد', 'می\u200cخواهم', '外交部', 'importer', 'Ann O’Neil-Ünlü']) {
      expect(await createToken(server.db, { name, role: 'EDITOR' })).toMatch(/^dw_/);
    }
  });
});
