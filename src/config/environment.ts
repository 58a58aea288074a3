import { z } from 'zod';
import type { Role } from '../generated/prisma/client.js';
import { LIMITS } from '../http/limits/limits.js';
import {
  algorithms,
  allowedAddresses,
  busUrl,
  clockTolerance,
  flag,
  hosts,
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

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const limitVariables = Object.fromEntries(
  Object.values(LIMITS).map(({ variable, unit, max, byDefault }) => [
    variable,
    wholeNumber(unit, max).default(byDefault),
  ]),
);

/** The variables, each with what it may be and its default. */
export const Environment = z.object({
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

/** The validated variables. */
export type Variables = z.output<typeof Environment>;
