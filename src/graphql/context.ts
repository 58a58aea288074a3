import type { KeyObject } from 'node:crypto';
import DataLoader from 'dataloader';
import type { Database } from '../database/open.js';
import type { Viewer } from '../domain/access.js';
import type { At } from '../domain/development/read/view.js';
import type { UnknownSlugError } from '../domain/errors.js';
import type { ReferenceCache } from '../domain/references/cache.js';
import type { DeskWake } from '../feed/bus/bus.js';
import type { Intake } from '../intake/intake.js';

/** What is left of a client's budget for this minute. */
export interface Budget {
  readonly remaining: number;
  readonly resetsAt: Date;
}

/** The context of resolvers: one for each request, and one for each change sent to a group of subscribers. */
export interface Context {
  readonly db: Database;
  readonly viewer: Viewer;
  /** When the viewer's token expires, in milliseconds since the epoch; undefined for never. */
  readonly tokenExpiresAt: number | undefined;
  /** The viewer's budget after this request; undefined until it has paid. */
  readonly budget: Budget | undefined;
  /** The feed position that counts as now: that of an item of the feed. Undefined: the newest state. */
  readonly present: At;
  /** Cached rows of actors, sources and so on; undefined in mutations, which must see their own writes. */
  readonly references: ReferenceCache | undefined;
  /** The version of those rows that the request has found current. */
  referencesVersion: bigint | undefined;
  /** The address of the pages about developments, from `PUBLIC_URL`. */
  readonly publicUrl: string | undefined;
  /** Signs proofs; undefined without `SIGNING_KEY`. */
  readonly signingKey: KeyObject | undefined;
  /** State shared by requests about articles. Undefined without a request. */
  readonly intake: Intake | undefined;
  /** The cursor from `Last-Event-ID`, which takes precedence over the document's `after`. */
  readonly resumeFrom: string | undefined;
  readonly loaders: Loaders;
  /** Reports a slug of a filter that is not in the record, as a warning beside the data. */
  warn(unknown: UnknownSlugError): void;
  /** Returns a promise to wait for before more work, so that one answer does not hold up the event loop. */
  takeTurn(): Promise<void> | undefined;
  /** How many developments the answer shows so far: see types/budget.ts. */
  shownDevelopments: number;
  /** Wakes the readers of the feed, here and on other instances, up to a position. */
  wake(position?: bigint | DeskWake): void;
}

/** Creates a context without a request: for one change of the feed. */
export function createContext(
  given: Pick<Context, 'db' | 'viewer' | 'publicUrl' | 'present' | 'wake' | 'takeTurn'>,
): Context {
  return {
    ...given,
    tokenExpiresAt: undefined,
    budget: undefined,
    references: undefined,
    signingKey: undefined,
    intake: undefined,
    referencesVersion: undefined,
    resumeFrom: undefined,
    loaders: new Loaders(),
    warn: () => {}, // Items of the feed carry no extensions.
    shownDevelopments: 0,
  };
}

/** @throws {Error} Without a request: articles are not in the feed. */
export function intakeOf({ intake }: Context): Intake {
  if (!intake) throw new Error('Articles are read by requests only.');
  return intake;
}

type Load<Key, Value> = (context: Context, keys: readonly Key[]) => Promise<readonly Value[]>;

/** The data loaders of one context, each created on first use. */
export class Loaders {
  readonly #loaders = new Map<unknown, DataLoader<unknown, unknown>>();
  /** How many loaded values wait for a turn. */
  #waiting = 0;

  /** Returns the loader of this context for `load`. */
  of<Key, Value>(context: Context, load: Load<Key, Value>, maxBatchSize: number): DataLoader<Key, Value> {
    const known = this.#loaders.get(load) as DataLoader<Key, Value> | undefined;
    if (known) return known;
    const loader = new DataLoader<Key, Value>((keys) => load(context, keys) as Promise<Value[]>, {
      cache: false, // A key that is asked for again is loaded again.
      maxBatchSize,
      batchScheduleFn: (dispatch) => this.#schedule(dispatch),
    });
    this.#loaders.set(load, loader as DataLoader<unknown, unknown>);
    return loader;
  }

  /** Gives a value to its resolver, which goes on with all that is below it. */
  resume<Value>(context: Context, value: Value): Value | Promise<Value> {
    const turn = context.takeTurn();
    if (!turn) return value;
    this.#waiting += 1;
    return turn.then(() => {
      this.#waiting -= 1;
      return value;
    });
  }

  /** Dispatches a batch when the other resolvers have run, those that wait for a turn included. */
  #schedule(dispatch: () => void): void {
    setImmediate(() => (this.#waiting === 0 ? dispatch() : this.#schedule(dispatch)));
  }
}

/**
 * Creates a function that batches what the resolvers of a context ask for in one turn of the event loop.
 *
 * @param size The most keys in one call of `load`.
 * @param load Returns the values in the order of the keys.
 */
export function batched<Key, Value>(
  size: number,
  load: Load<Key, Value>,
): (context: Context, key: Key) => Promise<Value> {
  return (context, key) => {
    const { loaders } = context;
    const loaded = loaders.of(context, load, size).load(key);
    return loaded.then((value) => loaders.resume(context, value));
  };
}
