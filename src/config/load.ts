import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { DatabaseLocation } from '../database/open.js';
import type { SlowSubscriberPolicy } from '../feed/fan-out/slow-subscriber.js';
import type { AllowedAddresses } from '../files/fetch/allowed-addresses.js';
import type { ReviewMode, Role } from '../generated/prisma/client.js';
import type { JwtOptions } from '../http/auth/json-web-token.js';
import type { AllowedOrigins } from '../http/cross-origin/origin-check.js';
import { LIMITS, type Limits } from '../http/limits/limits.js';
import { StartError } from '../start-error.js';
import {
  algorithms,
  allowedAddresses,
  busUrl,
  clockTolerance,
  flag,
  hosts,
  isLoopback,
  jwksUrl,
  modelUrl,
  NO_EXCEPTIONS,
  OWN_ROLES,
  origins,
  port,
  proxies,
  publicUrl,
  roles,
  signingKey,
  wholeNumber,
} from './values.js';

/** The server's configuration, read from the environment. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly database: DatabaseLocation;
  /** The NATS server that carries wake-ups between instances, e.g. `nats://127.0.0.1:4222`. */
  readonly busUrl: string | undefined;
  /** The hosts that requests may name; undefined: all. */
  readonly allowedHosts: readonly string[] | undefined;
  /** The address of the pages about developments, without a slash at the end. Undefined: there are none. */
  readonly publicUrl: string | undefined;
  /** Other origins whose pages may use the API. */
  readonly corsOrigins: AllowedOrigins;
  /** Origins whose pages may frame the list of `/embed`; `*` for all. */
  readonly embedOrigins: readonly string[];
  readonly graphiql: boolean;
  /** Whether the public page is served. */
  readonly page: boolean;
  /** Whether the editors' desk is served. */
  readonly desk: boolean;
  readonly introspection: boolean;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Whether to fill an empty record with the example dossier. */
  readonly seed: 'dossier' | 'none';
  readonly adminToken: string | undefined;
  /** Whether a second person must approve what is published. */
  readonly review: ReviewMode;
  /** Whether reading needs a token too. */
  readonly readRequiresToken: boolean;
  /** The issuer whose JWTs are accepted; undefined if none. */
  readonly jwt: JwtOptions | undefined;
  /** The private key that signs proofs; undefined if they are not signed. */
  readonly signingKey: KeyObject | undefined;
  readonly slowSubscribers: SlowSubscriberPolicy;
  readonly intake: {
    /** Whether this server fetches watched feeds, unless another instance does. */
    readonly watch: boolean;
    /** The addresses that may be fetched. */
    readonly allowed: AllowedAddresses;
    /** The least time between two requests to a host, in milliseconds. */
    readonly pause: number;
    /** How long the texts of articles are kept, in days. */
    readonly textDays: number;
    /** The address of the operator's language model, which gets the texts of articles. Undefined: there is none. */
    readonly modelUrl: string | undefined;
  };
  /** Limits on the requests of one client. */
  readonly limits: Limits;
  readonly persistedDocuments: {
    /** The manifest of trusted documents. */
    readonly file: string | undefined;
    /** Whether all other documents are refused. */
    readonly isExclusive: boolean;
    /** How long HTTP caches may reuse the response to a GET by id, in seconds. */
    readonly maxAge: number;
  };
  /** The response cache's size in bytes; 0 turns it off. */
  readonly responseCache: number;
  /** Proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** Whether errors omit suggestions of names from the schema. */
  readonly isProduction: boolean;
  /** Whether to send traces. OpenTelemetry's SDK reads its other variables itself. */
  readonly traces: boolean;
  /** How long an HTTP connection may be idle between two requests, in milliseconds. */
  readonly keepAliveTimeout: number;
  /** How long running requests may take after the signal to stop, in milliseconds. */
  readonly shutdownTimeout: number;
}

/** Invalid environment variables. The message names all of them. */
export class ConfigError extends StartError {
  override readonly name = 'ConfigError';
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const REVIEW_MODES = { required: 'REQUIRED', optional: 'OPTIONAL', off: 'OFF' } as const;

const limitVariables = Object.fromEntries(
  Object.values(LIMITS).map(({ variable, unit, max, byDefault }) => [
    variable,
    wholeNumber(unit, max).default(byDefault),
  ]),
);

const Environment = z.object({
  PORT: port.default(4000),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/./, 'expected postgres://user:password@host:port/database')
    .optional(),
  DATABASE_POOL: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'expected 1 to 999 connections')
    .transform(Number)
    .default(10),
  BUS_URL: busUrl.optional(),
  DATA_DIR: z.string().default('./data'),
  ALLOWED_HOSTS: hosts.optional(),
  PUBLIC_URL: publicUrl.optional(),
  CORS_ORIGINS: origins.optional(),
  EMBED_ORIGINS: origins.default([]),
  GRAPHIQL: flag.default(true),
  PAGE: flag.default(true),
  DESK: flag.default(true),
  INTROSPECTION: flag.default(true),
  LOG_LEVEL: z.enum(LOG_LEVELS, `expected one of ${LOG_LEVELS.join(', ')}`).default('info'),
  SEED: z.enum(['dossier', 'none'], 'expected dossier or none').optional(),
  REVIEW: z.enum(['required', 'optional', 'off'], 'expected required, optional or off').default('optional'),
  WATCH: flag.default(false),
  WATCH_PAUSE: wholeNumber('milliseconds', 60_000, 0).default(1_000),
  INTAKE_TEXT_DAYS: wholeNumber('days', 3_650).default(90),
  SUGGEST_URL: modelUrl.optional(),
  INTAKE_ALLOW: allowedAddresses.default(NO_EXCEPTIONS),
  FEED_BUFFER: wholeNumber('bytes', 1024 ** 3).default(1024 ** 2),
  FEED_PATIENCE: wholeNumber('seconds', 3_600).default(30),
  KEEP_ALIVE_TIMEOUT: wholeNumber('seconds', 3_600).default(75),
  SHUTDOWN_TIMEOUT: wholeNumber('seconds', 3_600).default(10),
  PERSISTED_DOCUMENTS: z.string().optional(),
  PERSISTED_DOCUMENTS_ONLY: flag.default(false),
  PERSISTED_MAX_AGE: wholeNumber('seconds', 86_400, 0).default(0),
  RESPONSE_CACHE: wholeNumber('bytes', 64 * 1024 ** 3, 0).default(64 * 1024 ** 2),
  TRUST_PROXY: proxies.default([]),
  NODE_ENV: z.string().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.string().optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.string().optional(),
  OTEL_TRACES_EXPORTER: z.string().optional(),
  OTEL_SDK_DISABLED: z.string().optional(),
  ...limitVariables,
  ADMIN_TOKEN: z.string().min(32, 'expected at least 32 characters').optional(),
  SIGNING_KEY: signingKey.optional(),
  READ_REQUIRES_TOKEN: flag.default(false),
  JWT_JWKS_URL: jwksUrl.optional(),
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().optional(),
  JWT_ALGORITHMS: algorithms.default(['RS256', 'ES256', 'EdDSA']),
  JWT_ROLE_CLAIM: z.string().default('role'),
  JWT_ROLES: roles.default(OWN_ROLES as Map<string, Role>),
  JWT_CLOCK_TOLERANCE: clockTolerance.default(30),
});

// Prefixes of this server. An unknown variable with one of them is an error, because ignoring it would mislead.
const UNSUPPORTED = /^(JWT_.+|PERSISTED_.+)$/;

/**
 * Reads the environment. An empty variable counts as unset.
 *
 * @throws {ConfigError} Names every invalid variable and what was expected.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const unsupported = Object.keys(set).filter(
    (name) => UNSUPPORTED.test(name) && !Object.hasOwn(Environment.shape, name),
  );
  const parsed = Environment.safeParse(set);
  const problems = [
    ...(parsed.success
      ? []
      : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)),
    ...withoutIssuer(set),
    ...(parsed.data?.PERSISTED_DOCUMENTS_ONLY && !parsed.data.PERSISTED_DOCUMENTS
      ? ['PERSISTED_DOCUMENTS_ONLY: needs PERSISTED_DOCUMENTS too']
      : []),
    ...unsupported.map((name) => `${name}: this version does not support it; unset it`),
  ];
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(
      `The environment cannot be used.\n${problems.map((line) => `  ${line}`).join('\n')}`,
    );
  }
  return toConfig(parsed.data);
}

const ISSUER = ['JWT_JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE'] as const;

/** Reports `JWT_*` variables set without `JWT_JWKS_URL`, `JWT_ISSUER` and `JWT_AUDIENCE`. A partial setup would accept no token, or any. */
function withoutIssuer(set: Readonly<Record<string, string | undefined>>): string[] {
  const missing = ISSUER.filter((name) => set[name] === undefined);
  if (missing.length === 0) return [];
  return Object.keys(set)
    .filter((name) => name.startsWith('JWT_') && Object.hasOwn(Environment.shape, name))
    .map((name) => `${name}: needs ${missing.join(' and ')} too`);
}

function toConfig(env: z.output<typeof Environment>): Config {
  return {
    host: env.HOST,
    port: env.PORT,
    database: env.DATABASE_URL
      ? { kind: 'postgres', url: env.DATABASE_URL, poolSize: env.DATABASE_POOL }
      : { kind: 'embedded', directory: env.DATA_DIR },
    busUrl: env.BUS_URL,
    allowedHosts: allowedHosts(env),
    publicUrl: env.PUBLIC_URL,
    corsOrigins: allowedOrigins(env),
    embedOrigins: env.EMBED_ORIGINS,
    graphiql: env.GRAPHIQL,
    page: env.PAGE,
    desk: env.DESK,
    introspection: env.INTROSPECTION,
    logLevel: env.LOG_LEVEL,
    seed: env.SEED ?? (env.DATABASE_URL ? 'none' : 'dossier'),
    adminToken: env.ADMIN_TOKEN,
    review: REVIEW_MODES[env.REVIEW],
    readRequiresToken: env.READ_REQUIRES_TOKEN,
    jwt: jwtOptions(env),
    signingKey: env.SIGNING_KEY,
    slowSubscribers: { maxBuffered: env.FEED_BUFFER, patience: env.FEED_PATIENCE * 1_000 },
    intake: {
      watch: env.WATCH,
      allowed: env.INTAKE_ALLOW,
      pause: env.WATCH_PAUSE,
      textDays: env.INTAKE_TEXT_DAYS,
      modelUrl: env.SUGGEST_URL,
    },
    limits: limitsOf(env),
    persistedDocuments: {
      file: env.PERSISTED_DOCUMENTS,
      isExclusive: env.PERSISTED_DOCUMENTS_ONLY,
      maxAge: env.PERSISTED_MAX_AGE,
    },
    responseCache: env.RESPONSE_CACHE,
    trustedProxies: env.TRUST_PROXY,
    isProduction: env.NODE_ENV === 'production',
    traces: wantsTraces(env),
    keepAliveTimeout: env.KEEP_ALIVE_TIMEOUT * 1_000,
    shutdownTimeout: env.SHUTDOWN_TIMEOUT * 1_000,
  };
}

/** Without CORS_ORIGINS, a server on loopback takes pages of the same machine: front ends in development. */
function allowedOrigins({ CORS_ORIGINS: given, HOST: host }: z.output<typeof Environment>): AllowedOrigins {
  return {
    listed: given?.filter((origin) => origin !== '*') ?? [],
    loopback: given === undefined && isLoopback(host),
    reading: given?.includes('*') ?? false,
  };
}

/** Without ALLOWED_HOSTS, a server on loopback takes loopback's names only, and one for others cannot know its names. */
function allowedHosts({ ALLOWED_HOSTS: given, HOST: host }: z.output<typeof Environment>) {
  if (given) return given.includes('*') ? undefined : given;
  return isLoopback(host) ? ['localhost', '127.0.0.1', '[::1]', host] : undefined;
}

/** Follows OpenTelemetry's specification, except that traces need an endpoint. */
function wantsTraces(env: z.output<typeof Environment>): boolean {
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const isOff = env.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || env.OTEL_TRACES_EXPORTER === 'none';
  return endpoint !== undefined && !isOff;
}

function jwtOptions(env: z.output<typeof Environment>): JwtOptions | undefined {
  const { JWT_JWKS_URL: url, JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = env;
  if (url === undefined || issuer === undefined || audience === undefined) return undefined;
  return {
    jwksUrl: url,
    issuer,
    audience,
    algorithms: env.JWT_ALGORITHMS,
    roleClaim: env.JWT_ROLE_CLAIM,
    roles: env.JWT_ROLES,
    clockTolerance: env.JWT_CLOCK_TOLERANCE,
  };
}

function limitsOf(env: Readonly<Record<string, unknown>>): Limits {
  const entries = Object.entries(LIMITS).map(([name, { variable }]) => [name, env[variable]]);
  return Object.fromEntries(entries) as Limits;
}
