import type { DocumentNode, GraphQLError, OperationDefinitionNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Database } from '../database/open.js';
import { ANONYMOUS, type Viewer } from '../domain/access.js';
import type { ReferenceCache } from '../domain/references/cache.js';
import type { Outlet } from '../feed/outlet.js';
import { type Context, Loaders } from '../graphql/context.js';
import type { Call } from '../observe/call.js';
import type { Turns } from './execution/turns.js';
import type { OperationParams } from './request/params.js';
import type { Answer } from './response/answer.js';

/** The parts shared by all requests. */
export interface Shared {
  readonly db: Database;
  readonly references: ReferenceCache;
  readonly turns: Turns;
  readonly signingKey: Context['signingKey'];
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

/** The points that an operation takes from its client's budget. */
export interface Charge {
  readonly points: number;
  /** The error if it is too expensive to execute. It is charged nevertheless, because counting is work. */
  readonly refusal: GraphQLError | undefined;
}

/** The cost of a request, sent as `extensions.cost`. */
interface CostReport {
  readonly requested: number;
  readonly limit: number;
  /** The points of the client's budget that are left in this minute. */
  readonly remaining: number;
}

/** The time by which a request must be answered. */
export interface Deadline {
  /** @throws {GraphQLError} When the time is over: no further statement may begin. */
  check(): void;
}

/**
 * One request: an HTTP request, or one operation on a WebSocket. Each step of the pipeline fills in its fields.
 *
 * It is also the context of resolvers.
 */
export type RequestContext = Pick<PipelineContext, keyof PipelineContext>;

export const createRequestContext = (shared: Shared, arrival: Arrival): RequestContext =>
  new PipelineContext(shared, arrival);

/** A Yoga plugin that knows the context of each request. */
export type RequestPlugin = Plugin<RequestContext>;

/** A class, because there may be many at once. Its loaders and its log are created on first use. */
class PipelineContext implements Context {
  readonly call: Call;
  readonly address: string;
  readonly isReadOnly: boolean;
  readonly resumeFrom: string | undefined;
  readonly openOutlet: Arrival['openOutlet'];
  readonly wake: Context['wake'];
  /** Set from the body or the URL. */
  params: OperationParams = {};
  /** The text of the document, sent or persisted. */
  query = '';
  /** The parsed and validated document. */
  document: DocumentNode | undefined;
  operation: OperationDefinitionNode | undefined;
  charge: Charge | undefined;
  /** The cost to report to the client. */
  cost: CostReport | undefined;
  deadline: Deadline | undefined;
  /** The key in the response cache. Undefined if the result is not cached. */
  cacheKey: string | undefined;
  /** The serialized result, if the response cache has it. */
  answer: Answer | undefined;
  referencesVersion: bigint | undefined;
  shownDevelopments = 0;
  readonly #shared: Shared;
  #viewer: Viewer = ANONYMOUS;
  #loaders: Loaders | undefined;

  constructor(shared: Shared, arrival: Arrival) {
    this.#shared = shared;
    this.call = arrival.call;
    this.address = arrival.address;
    this.isReadOnly = arrival.isReadOnly;
    this.resumeFrom = arrival.resumeFrom;
    this.openOutlet = arrival.openOutlet;
    this.wake = shared.wake;
  }

  get id(): string {
    return this.call.requestId;
  }

  get log(): Logger {
    return this.call.log;
  }

  /** Anonymous until authentication. */
  get viewer(): Viewer {
    return this.#viewer;
  }

  setViewer(viewer: Viewer): void {
    this.#viewer = viewer;
    this.call.viewer = viewer.name;
  }

  /** @throws {GraphQLError} After the deadline. */
  get db(): Database {
    this.deadline?.check();
    return this.call.trace(this.#shared.db);
  }

  /** For queries only: a mutation must see its own writes. */
  get references(): ReferenceCache | undefined {
    return this.operation?.operation === 'query' ? this.#shared.references : undefined;
  }

  get signingKey(): Context['signingKey'] {
    return this.#shared.signingKey;
  }

  takeTurn(): Promise<void> | undefined {
    return this.#shared.turns.take();
  }

  get loaders(): Loaders {
    this.#loaders ??= new Loaders();
    return this.#loaders;
  }
}
