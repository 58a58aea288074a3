import { expect, test } from 'vitest';
import type { Config } from '../src/config/config.js';
import { ConfigError, loadConfig } from '../src/config/load.js';

const ISSUER = {
  JWT_JWKS_URL: 'https://id.example.org/keys',
  JWT_ISSUER: 'https://id.example.org',
  JWT_AUDIENCE: 'doctrine-wire',
};

/** Returns the problems of the environment, one for each line of the error after the first. */
function problemsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message.split('\n').slice(1);
  }
}

test('without settings no JWT is accepted, and reading needs no token', () => {
  expect(loadConfig({})).toMatchObject({
    jwt: undefined,
    readRequiresToken: false,
  } satisfies Partial<Config>);
  expect(loadConfig({ READ_REQUIRES_TOKEN: '1' }).readRequiresToken).toBe(true);
});

test('an issuer, its keys and an audience are enough', () => {
  expect(loadConfig(ISSUER).jwt).toEqual({
    jwksUrl: new URL('https://id.example.org/keys'),
    issuer: 'https://id.example.org',
    audience: 'doctrine-wire',
    algorithms: ['RS256', 'ES256', 'EdDSA'],
    roleClaim: 'role',
    roles: new Map([
      ['READER', 'READER'],
      ['reader', 'READER'],
      ['CONTRIBUTOR', 'CONTRIBUTOR'],
      ['contributor', 'CONTRIBUTOR'],
      ['EDITOR', 'EDITOR'],
      ['editor', 'EDITOR'],
      ['ADMIN', 'ADMIN'],
      ['admin', 'ADMIN'],
    ]),
    clockTolerance: 30,
  });
});

test('JWT_ROLES replaces the names of the roles', () => {
  const { jwt } = loadConfig({ ...ISSUER, JWT_ROLES: 'desk:EDITOR, urn:example:chief:ADMIN' });
  expect(jwt?.roles).toEqual(
    new Map([
      ['desk', 'EDITOR'],
      ['urn:example:chief', 'ADMIN'],
    ]),
  );
});

test('each incomplete JWT setting names the missing variables', () => {
  expect(problemsOf({ JWT_ISSUER: ISSUER.JWT_ISSUER })).toEqual([
    '  JWT_ISSUER: needs JWT_JWKS_URL and JWT_AUDIENCE too',
  ]);
  expect(problemsOf({ ...ISSUER, JWT_AUDIENCE: '' })).toEqual([
    '  JWT_JWKS_URL: needs JWT_AUDIENCE too',
    '  JWT_ISSUER: needs JWT_AUDIENCE too',
  ]);
  expect(problemsOf({ JWT_ROLES: 'desk:EDITOR' })).toHaveLength(1);
});

test('an unknown setting is refused', () => {
  expect(problemsOf({ ...ISSUER, JWT_SECRET: 'secret' })).toEqual([
    '  JWT_SECRET: this version does not support it; unset it',
  ]);
});

for (const [name, value, expected] of [
  ['JWT_JWKS_URL', 'keys', 'expected https://'],
  ['JWT_JWKS_URL', 'http://id.example.org/keys', 'expected https://'],
  ['JWT_JWKS_URL', 'http://127.example.org/keys', 'expected https://'],
  ['JWT_JWKS_URL', 'https://me:secret@id.example.org/keys', 'without a password'],
  ['JWT_ALGORITHMS', 'HS256', 'expected asymmetric algorithms'],
  ['JWT_ALGORITHMS', 'RS256,none', 'got "none"'],
  ['JWT_ROLES', 'desk', 'expected value:ROLE'],
  ['JWT_ROLES', 'desk:OWNER', 'expected value:ROLE with one of READER, CONTRIBUTOR, EDITOR, ADMIN'],
  ['JWT_ROLES', 'desk:toString', 'expected value:ROLE'],
  ['JWT_CLOCK_TOLERANCE', '61', '0 to 60'],
  ['JWT_CLOCK_TOLERANCE', '-1', '0 to 60'],
  ['READ_REQUIRES_TOKEN', 'perhaps', 'expected true or false'],
] as const) {
  test(`${name}=${value} is refused`, () => {
    const problems = problemsOf({ ...ISSUER, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^ {2}${name}: `));
    expect(problems[0]).toContain(expected);
    expect(problems[0]).not.toContain('secret');
  });
}

for (const url of ['http://127.0.0.1:1/keys', 'http://localhost:1/keys', 'http://[::1]:1/keys']) {
  test(`keys can come from ${url} without TLS`, () => {
    expect(problemsOf({ ...ISSUER, JWT_JWKS_URL: url })).toEqual([]);
  });
}

test('PERSISTED_DOCUMENTS_ONLY requires a manifest', () => {
  expect(problemsOf({ PERSISTED_DOCUMENTS_ONLY: '1' })).toEqual([
    '  PERSISTED_DOCUMENTS_ONLY: needs PERSISTED_DOCUMENTS too',
  ]);
  expect(problemsOf({ PERSISTED_DOCUMENTS_ONLY: '0' })).toEqual([]);
});
