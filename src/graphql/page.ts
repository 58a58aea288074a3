import { BadArgumentError } from '../domain/errors.js';
import { shown } from '../domain/input.js';

/** The arguments of a Relay connection. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** A total order. Its cursors contain the name and the values of the columns, the last of which is unique. */
export interface Order<Row> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
}

interface Column<Row> {
  readonly field: string;
  readonly type: 'instant' | 'text' | 'uuid' | 'number';
  readonly direction: Direction;
  value(row: Row): Value;
}

export type Direction = 'asc' | 'desc';

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
}

export interface PageSource<Row> {
  readonly args: PageArgs;
  readonly order: Order<Row>;
  /** Reads rows. Called at most once. */
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
  const after = args.after == null ? undefined : decode(order, 'after', args.after);
  const before = args.before == null ? undefined : decode(order, 'before', args.before);
  const load = once(async () => {
    const rows = await find({
      columns: order.columns.map(({ field, direction }) => ({
        field,
        direction: backwards ? opposite(direction) : direction,
      })),
      bounds: [
        ...(after ? [{ values: after, isAfter: !backwards }] : []),
        ...(before ? [{ values: before, isAfter: backwards }] : []),
      ],
      take: size + 1, // One more row shows whether there is a next page.
    });
    const kept = rows.slice(0, size);
    const nodes = backwards ? kept.reverse() : kept;
    return { more: rows.length > size, edges: nodes.map((node) => new Edge(order, node)) };
  });
  const counted = once(() => count(MAX_COUNTED + 1));
  return {
    get edges() {
      return load().then(({ edges }) => edges);
    },
    get pageInfo() {
      return load().then(({ edges, more }) => ({
        hasNextPage: backwards ? before !== undefined : more,
        hasPreviousPage: backwards ? more : after !== undefined,
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
    return encode(this.#order, this.node);
  }
}

function readSize({ first, last }: PageArgs): { size: number; backwards: boolean } {
  if (first != null && last != null) {
    throw new BadArgumentError(
      'Expected first or last; got both. Use first to page forwards, last to page backwards.',
    );
  }
  const [name, size] = last != null ? ['last', last] : ['first', first ?? DEFAULT_PAGE];
  if (size < 1 || size > MAX_PAGE) {
    throw new BadArgumentError(`Expected ${name} from 1 to ${MAX_PAGE}; got ${size}.`);
  }
  return { size, backwards: last != null };
}

/** Converts a page to arguments of a Prisma query. */
export function prismaPage({ columns, bounds, take }: PageQuery) {
  return {
    where: { AND: bounds.map((bound) => beyond(columns, bound)) },
    orderBy: columns.map(({ field, direction }) => ({ [field]: direction })),
    take,
  };
}

function beyond(columns: PageQuery['columns'], { values, isAfter }: Bound): object {
  const comparison = (direction: Direction) => ((direction === 'asc') === isAfter ? 'gt' : 'lt');
  const alternatives = columns.map(({ field, direction }, index) => {
    const equal = columns.slice(0, index).map((column, at) => ({ [column.field]: values[at] }));
    return { AND: [...equal, { [field]: { [comparison(direction)]: values[index] } }] };
  });
  const [{ field, direction } = { field: '', direction: 'asc' as const }] = columns;
  return { [field]: { [`${comparison(direction)}e`]: values[0] }, OR: alternatives }; // The index uses the first condition.
}

const opposite = (direction: Direction): Direction => (direction === 'asc' ? 'desc' : 'asc');

export type Value = string | number | Date;

function encode<Row>({ name, columns }: Order<Row>, row: Row): string {
  const values = columns.map(({ value }) => value(row));
  return Buffer.from(JSON.stringify([name, ...values])).toString('base64url');
}

function decode<Row>({ name, columns }: Order<Row>, argument: string, cursor: string): Value[] {
  const refuse = (why: string) =>
    new BadArgumentError(`Expected ${argument} to be a cursor of this list; ${why} ${shown(cursor)}.`);
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw refuse('got');
  }
  if (!Array.isArray(content) || content.length !== columns.length + 1) throw refuse('got');
  const [from, ...values] = content;
  if (from !== name) throw refuse('got one of another list or order:');
  return columns.map(({ type }, index) => {
    const value = readValue(type, values[index]);
    if (value === undefined) throw refuse('got');
    return value;
  });
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

// The format of JSON.stringify, in years that PostgreSQL supports.
const INSTANT = /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Returns the value for the database; undefined if its type is wrong. */
function readValue(type: Column<never>['type'], value: unknown): Value | undefined {
  if (type === 'number') return Number.isSafeInteger(value) ? (value as number) : undefined;
  if (typeof value !== 'string') return undefined;
  if (type === 'uuid') return UUID.test(value) ? value : undefined;
  if (type === 'text') {
    return value.includes('\u0000') || !value.isWellFormed() || value.length > 1_000 ? undefined : value;
  }
  const instant = new Date(value);
  return INSTANT.test(value) && !Number.isNaN(instant.getTime()) ? instant : undefined;
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
