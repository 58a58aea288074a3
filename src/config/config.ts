import type { KeyObject } from 'node:crypto';
import type { DatabaseLocation } from '../database/open.js';
import type { SlowSubscriberPolicy } from '../feed/fan-out/slow-subscriber.js';
import type { AllowedAddresses } from '../files/fetch/allowed-addresses.js';
import type { ReviewMode } from '../generated/prisma/client.js';
import type { JwtOptions } from '../http/auth/json-web-token.js';
import type { AllowedOrigins } from '../http/cross-origin/origin-check.js';
import type { Limits } from '../http/limits/limits.js';
import type { LOG_LEVELS } from './environment.js';

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
