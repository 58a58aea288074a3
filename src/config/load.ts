import type { JwtOptions } from '../http/auth/json-web-token.js';
import type { AllowedOrigins } from '../http/cross-origin/origin-check.js';
import { LIMITS, type Limits } from '../http/limits/limits.js';
import { StartError } from '../start-error.js';
import type { Config } from './config.js';
import { Environment, type Variables } from './environment.js';
import { isLoopback } from './values.js';

/** Invalid environment variables. The message names all of them. */
export class ConfigError extends StartError {
  override readonly name = 'ConfigError';
}

const REVIEW_MODES = { required: 'REQUIRED', optional: 'OPTIONAL', off: 'OFF' } as const;

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

function toConfig(env: Variables): Config {
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
function allowedOrigins({ CORS_ORIGINS: given, HOST: host }: Variables): AllowedOrigins {
  return {
    listed: given?.filter((origin) => origin !== '*') ?? [],
    loopback: given === undefined && isLoopback(host),
    reading: given?.includes('*') ?? false,
  };
}

/** Without ALLOWED_HOSTS, a server on loopback takes loopback's names only, and one for others cannot know its names. */
function allowedHosts({ ALLOWED_HOSTS: given, HOST: host }: Variables) {
  if (given) return given.includes('*') ? undefined : given;
  return isLoopback(host) ? ['localhost', '127.0.0.1', '[::1]', host] : undefined;
}

/** Follows OpenTelemetry's specification, except that traces need an endpoint. */
function wantsTraces(env: Variables): boolean {
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const isOff = env.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || env.OTEL_TRACES_EXPORTER === 'none';
  return endpoint !== undefined && !isOff;
}

function jwtOptions(env: Variables): JwtOptions | undefined {
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
