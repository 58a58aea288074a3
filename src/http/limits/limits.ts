/** A bound on requests or connections. */
interface Limit {
  /** The environment variable that sets it. */
  readonly variable: string;
  readonly unit: string;
  readonly byDefault: number;
  /** The largest value that can be set. */
  readonly max: number;
  /** Describes what it bounds, for the documentation. */
  readonly about: string;
}

/** All limits on one client. A test compares them with the table in docs/security.md. */
export const LIMITS = {
  tokens: {
    variable: 'MAX_TOKENS',
    unit: 'tokens',
    byDefault: 2_000,
    max: 100_000,
    about: 'Tokens of a document. At most 200 of its brackets may be open at once.',
  },
  depth: {
    variable: 'MAX_DEPTH',
    unit: 'levels',
    byDefault: 15,
    max: 100,
    about: 'Fields within fields. Introspection has its own limit.',
  },
  aliases: {
    variable: 'MAX_ALIASES',
    unit: 'aliases',
    byDefault: 100,
    max: 10_000,
    about: 'Aliases in a document, those of `__typename` included.',
  },
  directives: {
    variable: 'MAX_DIRECTIVES',
    unit: 'directives',
    byDefault: 20,
    max: 10_000,
    about: 'Directives in a document.',
  },
  rootFields: {
    variable: 'MAX_ROOT_FIELDS',
    unit: 'fields',
    byDefault: 20,
    max: 1_000,
    about: 'Fields of the operation itself.',
  },
  cost: {
    variable: 'MAX_COST',
    unit: 'points',
    byDefault: 100_000,
    max: 10_000_000,
    about: 'The cost of a request, by the rule in the description of `Query`.',
  },
  budget: {
    variable: 'BUDGET_PER_MINUTE',
    unit: 'points',
    byDefault: 1_000_000,
    max: 2_000_000_000,
    about: 'The cost of all requests of a client in a minute.',
  },
  requestsPerClient: {
    variable: 'MAX_REQUESTS_PER_CLIENT',
    unit: 'requests',
    byDefault: 8,
    max: 100_000,
    about: 'Queries and mutations of a client that are executed at once.',
  },
  waitingPerClient: {
    variable: 'MAX_WAITING_PER_CLIENT',
    unit: 'requests',
    byDefault: 32,
    max: 100_000,
    about: 'Queries and mutations of a client that wait for its other requests.',
  },
  budgetSeconds: {
    variable: 'BUDGET_SECONDS_PER_MINUTE',
    unit: 'seconds',
    byDefault: 20,
    max: 6_000,
    about: 'The work in a minute that uses up the whole budget of a client.',
  },
  bodyBytes: {
    variable: 'MAX_BODY_BYTES',
    unit: 'bytes',
    byDefault: 256 * 1024,
    max: 16 * 1024 * 1024,
    about: 'The body of a request.',
  },
  uploadBytes: {
    variable: 'MAX_UPLOAD_BYTES',
    unit: 'bytes',
    byDefault: 14 * 1024 * 1024,
    max: 16 * 1024 * 1024,
    about: 'The body of a request of an editor, for articles. By default a PDF of 10 MB in base64 fits.',
  },
  messageBytes: {
    variable: 'MAX_MESSAGE_BYTES',
    unit: 'bytes',
    byDefault: 256 * 1024,
    max: 16 * 1024 * 1024,
    about: 'A message over WebSocket.',
  },
  requestTimeout: {
    variable: 'REQUEST_TIMEOUT',
    unit: 'seconds',
    byDefault: 10,
    max: 3_600,
    about: 'The time from the head of a request to its answer, and for each SQL statement on PostgreSQL.',
  },
  receiveTimeout: {
    variable: 'RECEIVE_TIMEOUT',
    unit: 'seconds',
    byDefault: 10,
    max: 3_600,
    about: 'The time within which the server must have received the whole request.',
  },
  socketsPerAddress: {
    variable: 'MAX_SOCKETS_PER_ADDRESS',
    unit: 'sockets',
    byDefault: 100,
    max: 1_000_000,
    about: 'WebSockets and event streams that are open at once from an address.',
  },
  subscriptionsPerSocket: {
    variable: 'MAX_SUBSCRIPTIONS_PER_SOCKET',
    unit: 'operations',
    byDefault: 50,
    max: 100_000,
    about: 'Operations that run at once on a WebSocket.',
  },
  subscriptionBytes: {
    variable: 'MAX_SUBSCRIPTION_BYTES',
    unit: 'bytes',
    byDefault: 8 * 1024 * 1024,
    max: 1024 ** 3,
    about:
      "The estimated memory of a client's different subscriptions: documents, variables and filters. A condition of a filter counts 1,024.",
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

/** The values of all limits. Times are in seconds. */
export type Limits = { readonly [Name in LimitName]: number };
