import { z } from 'zod';
import type { DatabaseLocation } from './database/open.js';
import type { SlowSubscriberPolicy } from './feed/slow-subscriber.js';

/** What the process was told by its environment. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly database: DatabaseLocation;
  /** The NATS server that carries wake-ups between instances, e.g. `nats://127.0.0.1:4222`. */
  readonly busUrl: string | undefined;
  /** Origins whose pages may read answers; none where empty. */
  readonly corsOrigins: readonly string[];
  readonly graphiql: boolean;
  readonly introspection: boolean;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Whether an empty record is filled with the example dossier. */
  readonly seed: 'dossier' | 'none';
  readonly adminToken: string | undefined;
  readonly slowSubscribers: SlowSubscriberPolicy;
  /** How long running requests may take once the process is told to end, in milliseconds. */
  readonly shutdownTimeout: number;
}

/** The environment holds values that cannot be used; the message names all of them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'expected a port from 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'expected a port from 0 to 65535');

const flag = z
  .enum(['1', '0', 'true', 'false'], 'expected true or false')
  .transform((value) => value === '1' || value === 'true');

const origins = z.string().transform((value, context) => {
  const list = value.split(',').map((origin) => origin.trim());
  for (const origin of list) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      context.addIssue({
        code: 'custom',
        message: `expected origins such as https://example.org, separated by commas; got "${origin}"`,
      });
    }
  }
  return list;
});

const wholeNumber = (unit: string, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, `expected a whole number of ${unit}, 1 to ${max}`)
    .transform(Number)
    .refine((value) => value >= 1 && value <= max, `expected a whole number of ${unit}, 1 to ${max}`);

const busUrl = z.string().refine((value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return (
    /^(nats|tls):$/.test(url?.protocol ?? '') && url?.hostname !== '' && /^\/?$/.test(url?.pathname ?? '')
  );
}, 'expected nats://host:port or tls://host:port');

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
  CORS_ORIGINS: origins.default([]),
  GRAPHIQL: flag.default(true),
  INTROSPECTION: flag.default(true),
  LOG_LEVEL: z.enum(LOG_LEVELS, `expected one of ${LOG_LEVELS.join(', ')}`).default('info'),
  SEED: z.enum(['dossier', 'none'], 'expected dossier or none').optional(),
  FEED_BUFFER: wholeNumber('bytes', 1024 ** 3).default(1024 ** 2),
  FEED_PATIENCE: wholeNumber('seconds', 3_600).default(30),
  SHUTDOWN_TIMEOUT: wholeNumber('seconds', 3_600).default(10),
  ADMIN_TOKEN: z.string().min(32, 'expected at least 32 characters').optional(),
});

// Names that belong to this server but that this version does not read: ignoring them would mislead.
const UNSUPPORTED = /^(JWT_.+|READ_REQUIRES_TOKEN|PERSISTED_DOCUMENTS)$/;

/**
 * Reads the environment; an empty variable counts as unset.
 *
 * @throws {ConfigError} That names every variable that cannot be used, with what was expected.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const unsupported = Object.keys(set).filter((name) => UNSUPPORTED.test(name));
  const parsed = Environment.safeParse(set);
  const problems = [
    ...(parsed.success
      ? []
      : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)),
    ...unsupported.map((name) => `${name}: this version does not support it; unset it`),
  ];
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(
      `The environment cannot be used.\n${problems.map((line) => `  ${line}`).join('\n')}`,
    );
  }
  return toConfig(parsed.data);
}

function toConfig(env: z.output<typeof Environment>): Config {
  return {
    host: env.HOST,
    port: env.PORT,
    database: env.DATABASE_URL
      ? { kind: 'postgres', url: env.DATABASE_URL, poolSize: env.DATABASE_POOL }
      : { kind: 'embedded', directory: env.DATA_DIR },
    busUrl: env.BUS_URL,
    corsOrigins: env.CORS_ORIGINS,
    graphiql: env.GRAPHIQL,
    introspection: env.INTROSPECTION,
    logLevel: env.LOG_LEVEL,
    seed: env.SEED ?? (env.DATABASE_URL ? 'none' : 'dossier'),
    adminToken: env.ADMIN_TOKEN,
    slowSubscribers: { maxBuffered: env.FEED_BUFFER, patience: env.FEED_PATIENCE * 1_000 },
    shutdownTimeout: env.SHUTDOWN_TIMEOUT * 1_000,
  };
}
