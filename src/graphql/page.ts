import { BadArgumentError } from '../domain/errors.js';
import { type Direction, decodePageCursor, encodePageCursor, type Order, type Value } from './page-cursor.js';

/** The arguments of a Relay connection. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** Selects the rows of a page: the first `take` rows within the bounds, in the order of the columns. */
export interface PageQuery {
  readonly columns: readonly { readonly field: string; readonly direction: Direction }[];
  /** Values of the columns that the rows of the page come after, or before. */
  readonly bounds: readonly Bound[];
  readonly take: number;
}

interface Bound {
  readonly values: readonly Value[];
  /** Whether rows come after the values in the order of `columns`, which is reversed for backward pages. */
  readonly isAfter: boolean;
  /** Whether the row with exactly these values is within the bound. */
  readonly isInclusive: boolean;
}

export interface PageSource<Row> {
  readonly args: PageArgs;
  readonly order: Order<Row>;
  /** Reads rows. Called at most twice: for the page, and for the first row on the other side of its cursor. */
  find(page: PageQuery): Promise<Row[]>;
  /** Counts the list up to the limit. Called at most once. */
  count(limit: number): Promise<number>;
}

export const MAX_PAGE = 100;
export const DEFAULT_PAGE = 20;
/** Counts stop here, because they take time in proportion to the list. */
const MAX_COUNTED = 10_000;

/**
 * Creates a page by keyset: inserted rows do not shift pages, and deep pages are as fast as the first.
 *
 * @throws {BadArgumentError} For a page size out of range, `first` with `last`, or a cursor of another list
 *   or order.
 */
export function createPage<Row extends object>({ args, order, find, count }: PageSource<Row>) {
  const { size, backwards } = readSize(args);
  const after = args.after == null ? undefined : decodePageCursor(order, 'after', args.after);
  const before = args.before == null ? undefined : decodePageCursor(order, 'before', args.before);
  const load = once(async () => {
    const rows = await find({
      columns: columnsOf(order, backwards),
      bounds: [
        ...(after ? [{ values: after, isAfter: !backwards, isInclusive: false }] : []),
        ...(before ? [{ values: before, isAfter: backwards, isInclusive: false }] : []),
      ],
      take: size + 1, // One more row shows whether there is a next page.
    });
    const kept = rows.slice(0, size);
    const nodes = backwards ? kept.reverse() : kept;
    return { more: rows.length > size, edges: nodes.map((node) => new Edge(order, node)) };
  });
  // The cursor's own row counts, but it may have left the list.
  const continuesBehind = async () => {
    const values = backwards ? before : after;
    if (!values) return false;
    const bounds = [{ values, isAfter: true, isInclusive: true }];
    const rows = await find({ columns: columnsOf(order, !backwards), bounds, take: 1 });
    return rows.length > 0;
  };
  // GraphQL waits for it, which the plugin's types do not know.
  const behind = () => continuesBehind() as unknown as boolean;
  const counted = once(() => count(MAX_COUNTED + 1));
  return {
    get edges() {
      return load().then(({ edges }) => edges);
    },
    get pageInfo() {
      return load().then(({ edges, more }) => ({
        get hasNextPage() {
          return backwards ? behind() : more;
        },
        get hasPreviousPage() {
          return backwards ? more : behind();
        },
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      }));
    },
    totalCount: async () => Math.min(await counted(), MAX_COUNTED),
    totalCountIsExact: async () => (await counted()) <= MAX_COUNTED,
  };
}

/** Encodes the cursor lazily: most clients only need those of the page's ends. */
class Edge<Row extends object> {
  readonly node: Row;
  readonly #order: Order<Row>;

  constructor(order: Order<Row>, node: Row) {
    this.#order = order;
    this.node = node;
  }

  get cursor(): string {
    return encodePageCursor(this.#order, this.node);
  }
}

function readSize({ first, last }: PageArgs): { size: number; backwards: boolean } {
  if (first != null && last != null) {
    throw new BadArgumentError(
      'first',
      'Expected first or last; got both. Use first to page forwards, last to page backwards.',
    );
  }
  const [name, size] = last != null ? ['last', last] : ['first', first ?? DEFAULT_PAGE];
  if (size < 0 || size > MAX_PAGE) {
    throw new BadArgumentError(name, `Expected ${name} from 0 to ${MAX_PAGE}; got ${size}.`);
  }
  return { size, backwards: last != null };
}

const columnsOf = <Row>({ columns }: Order<Row>, isReversed: boolean): PageQuery['columns'] =>
  columns.map(({ field, direction }) => ({
    field,
    direction: isReversed ? opposite(direction) : direction,
  }));

const opposite = (direction: Direction): Direction => (direction === 'asc' ? 'desc' : 'asc');

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
