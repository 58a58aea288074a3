import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Database } from '../database/open.js';
import { ANONYMOUS, type Viewer } from '../domain/access.js';
import type { UnknownSlugError } from '../domain/errors.js';
import type { ReferenceCache } from '../domain/references/cache.js';
import type { Outlet } from '../feed/fan-out/outlet.js';
import { type Context, Loaders } from '../graphql/context.js';
import { REQUEST_COST } from '../graphql/cost.js';
import type { Call } from '../observe/call.js';
import { Lifetime } from './execution/lifetime.js';
import { requestDatabase } from './execution/request-database.js';
import type { Slots } from './execution/slots.js';
import type { Turns } from './execution/turns.js';
import { Work } from './execution/work.js';
import type { OperationParams } from './request/params.js';
import type { Answer } from './response/answer.js';
import { MAX_WARNINGS, type Warning, warningOf } from './response/warnings.js';

/** The parts shared by all requests. */
export interface Shared {
  readonly db: Database;
  readonly references: ReferenceCache;
  readonly turns: Turns;
  readonly slots: Slots;
  /** How long a request may take, in seconds. */
  readonly requestTimeout: number;
  /** Charges a client after a request. Must not be waited for. */
  charge(client: string, spending: Spending): void;
  readonly signingKey: Context['signingKey'];
  readonly publicUrl: Context['publicUrl'];
  readonly intake: Context['intake'];
  wake: Context['wake'];
}

/** The properties of a request that its transport sets. */
export interface Arrival {
  readonly call: Call;
  readonly address: string;
  /** Whether it may only read: a GET or HEAD. */
  readonly isReadOnly: boolean;
  readonly resumeFrom: string | undefined;
  /**
   * Opens the outlet of a subscription's payloads.
   *
   * @param hasIds Whether payloads carry cursors with which the client resumes.
   */
  openOutlet(hasIds: boolean): Outlet;
}

/** The points and the time that a client has used. */
export interface Spending {
  readonly points: number;
  /** Work, in milliseconds. */
  readonly milliseconds: number;
}

/** The cost of a request, sent as `extensions.cost`. */
interface CostReport {
  /** Its price, by the rule in the description of `Query`. */
  readonly requested: number;
  /** Its price and its work until now. */
  readonly actual: number;
  readonly limit: number;
  /** The points of the client's budget that are left in this minute. */
  readonly remaining: number;
}

/** Names the client that a viewer belongs to: a token's name, or an address without one. */
export const clientOf = ({ name }: Viewer, address: string): string =>
  name === null ? `address ${address}` : `token ${name}`;

/**
 * One request: an HTTP request, or one operation on a WebSocket. Each step of the pipeline fills in its fields.
 *
 * It is also the context of resolvers.
 */
export type RequestContext = Pick<PipelineContext, keyof PipelineContext>;

export const createRequestContext = (shared: Shared, arrival: Arrival): RequestContext =>
  new PipelineContext(shared, arrival);

/**
 * Creates the context of an operation that the server executes for a request: a page, for example. It has the viewer,
 * the time and the work of the request, and a price of its own.
 */
export const createPartContext = (shared: Shared, request: RequestContext): RequestContext => {
  const context = new PipelineContext(shared, request, request);
  context.setViewer(request.viewer, request.tokenExpiresAt);
  return context;
};

/** A Yoga plugin that knows the context of each request. */
export type RequestPlugin = Plugin<RequestContext>;

/** A class, because there may be many at once. Its loaders and its log are created on first use. */
class PipelineContext implements Context {
  readonly call: Call;
  readonly address: string;
  readonly isReadOnly: boolean;
  readonly resumeFrom: string | undefined;
  readonly openOutlet: Arrival['openOutlet'];
  /** Begins with the request. */
  readonly lifetime: Lifetime;
  readonly wake: Context['wake'];
  /** Set from the body or the URL. */
  params: OperationParams = {};
  /** The text of the document, sent or persisted. */
  query = '';
  /** The parsed and validated document. */
  document: DocumentNode | undefined;
  operation: OperationDefinitionNode | undefined;
  /** The points that the operation costs. Undefined until it is priced. */
  price: number | undefined;
  /** The points that are still to be taken if the request ends now. */
  unpaid = REQUEST_COST;
  readonly work: Work;
  budget: Context['budget'];
  tokenExpiresAt: number | undefined;
  /** The cost to report to the client. */
  cost: CostReport | undefined;
  /** The key in the response cache. Undefined if the result is not cached. */
  cacheKey: string | undefined;
  /** The serialized result, if the response cache has it. */
  answer: Answer | undefined;
  /** What the client should know about the answer, sent as `extensions.warnings`. */
  readonly warnings: Warning[] = [];
  referencesVersion: bigint | undefined;
  shownDevelopments = 0;
  /** Requests read the newest state. */
  readonly present = undefined;
  readonly #shared: Shared;
  #viewer: Viewer = ANONYMOUS;
  #db: Database | undefined;
  #loaders: Loaders | undefined;

  /** @param whole The request that this is a part of. It settles what its parts have used. */
  constructor(shared: Shared, arrival: Arrival, whole?: RequestContext) {
    this.#shared = shared;
    this.call = arrival.call;
    this.address = arrival.address;
    this.isReadOnly = arrival.isReadOnly;
    this.resumeFrom = arrival.resumeFrom;
    this.openOutlet = arrival.openOutlet;
    this.lifetime = whole?.lifetime ?? new Lifetime(shared.requestTimeout);
    this.work = whole?.work ?? new Work();
    this.wake = shared.wake;
    if (!whole) this.call.onceEnded(() => this.#settle());
  }

  get id(): string {
    return this.call.requestId;
  }

  get log(): Logger {
    return this.call.log;
  }

  /** The client whose limits the request counts for: the token's name, else the address. */
  get client(): string {
    return clientOf(this.#viewer, this.address);
  }

  /** Charges the request's work to its client, and its price if it has not been paid. */
  #settle(): void {
    const { client, unpaid } = this;
    const { charge } = this.#shared;
    if (unpaid > 0) charge(client, { points: unpaid, milliseconds: 0 });
    this.work.chargeBy((milliseconds) => charge(client, { points: 0, milliseconds }));
  }

  /** Anonymous until authentication. */
  get viewer(): Viewer {
    return this.#viewer;
  }

  setViewer(viewer: Viewer, tokenExpiresAt: number | undefined): void {
    this.#viewer = viewer;
    this.tokenExpiresAt = tokenExpiresAt;
    this.call.viewer = viewer.name;
  }

  /** @throws {GraphQLError} When the request is over. */
  get db(): Database {
    this.lifetime.check();
    this.#db ??= requestDatabase(this.#shared.db, this.#shared.slots, this);
    return this.call.trace(this.#db);
  }

  /** For queries only: a mutation must see its own writes. */
  get references(): ReferenceCache | undefined {
    return this.operation?.operation === 'query' ? this.#shared.references : undefined;
  }

  get publicUrl(): Context['publicUrl'] {
    return this.#shared.publicUrl;
  }

  get intake(): Context['intake'] {
    return this.#shared.intake;
  }

  get signingKey(): Context['signingKey'] {
    return this.#shared.signingKey;
  }

  /** @throws {GraphQLError} When the request is over. */
  takeTurn(): Promise<void> | undefined {
    this.lifetime.check();
    return this.#shared.turns.take(this.client, this.work);
  }

  warn(unknown: UnknownSlugError): void {
    if (this.warnings.length < MAX_WARNINGS) this.warnings.push(warningOf(unknown));
  }

  get loaders(): Loaders {
    this.#loaders ??= new Loaders();
    return this.#loaders;
  }
}
