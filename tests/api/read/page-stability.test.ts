import fc from 'fast-check';
import { expect } from 'vitest';
import { recordInputs } from '../../../src/domain/development/content/input.js';
import { recordMany } from '../../../src/domain/development/write/record.js';
import { retractDevelopment, reviseDevelopment } from '../../../src/domain/development/write/revise.js';
import { parseInput } from '../../../src/domain/input.js';
import { upsertTopic } from '../../../src/domain/references/topic.js';
import { appendToFeed } from '../../../src/feed/position.js';
import { CITED } from '../../support/example-source.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { runs } from '../../support/random/runs.js';
import type { TestServer } from '../../support/server.js';
import { test } from '../../support/shared.js';

/** Few dates, so that most developments share their first or last day with others. */
const dates = fc.constantFrom('2020-05-01', '2020-05', '2020', '201X', '../2020', '2020/..', 'XXXX');

/** A write to the record between two pages. */
type Write =
  | { readonly does: 'record'; readonly lot: readonly string[] }
  | { readonly does: 'reword'; readonly which: number }
  | { readonly does: 'retract'; readonly which: number }
  | { readonly does: 'move'; readonly which: number; readonly to: string };

const lots = fc.array(dates, { minLength: 5, maxLength: 25 });
const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ does: fc.constant('record' as const), lot: fc.array(dates, { minLength: 1, maxLength: 3 }) }),
  fc.record({ does: fc.constant('reword' as const), which: fc.nat() }),
  fc.record({ does: fc.constant('retract' as const), which: fc.nat() }),
  fc.record({ does: fc.constant('move' as const), which: fc.nat(), to: dates }),
);
const pageSizes = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 10 }) },
  { weight: 1, arbitrary: fc.integer({ min: 11, max: 100 }) },
);

const walks = fc.record({
  before: fc.array(lots, { minLength: 1, maxLength: 3 }),
  orderBy: fc.record({
    field: fc.constantFrom('EARLIEST' as const, 'LATEST' as const, 'RECORDED' as const),
    direction: fc.constantFrom('ASC', 'DESC'),
  }),
  backwards: fc.boolean(),
  inThePast: fc.constantFrom(true, false, false),
  sizes: fc.array(pageSizes, { minLength: 1, maxLength: 4 }),
  between: fc.array(fc.array(write, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 8 }),
});

type Walk = typeof walks extends fc.Arbitrary<infer T> ? T : never;

const PAGE = `query ($first: Int, $after: Cursor, $last: Int, $before: Cursor, $orderBy: DevelopmentOrder, $filter: DevelopmentFilter, $asOf: AsOf) {
  developments(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy, filter: $filter, asOf: $asOf) {
    nodes { slug headline occurred { earliest latest } recordedAt }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

interface Node {
  readonly slug: string;
  readonly headline: string;
  readonly occurred: { readonly earliest: string | null; readonly latest: string | null };
  readonly recordedAt: string;
}

interface Page {
  readonly nodes: readonly Node[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const KEYS = {
  EARLIEST: ({ occurred }: Node) => occurred.earliest ?? '0000',
  LATEST: ({ occurred }: Node) => occurred.latest ?? '9999-99',
  RECORDED: ({ recordedAt }: Node) => recordedAt,
};

/** The developments of one walk, in a list of their own by topic. */
class Shelf {
  /** Ids by slug, of all developments that were ever in the list. */
  readonly ids = new Map<string, string>();
  readonly retracted = new Set<string>();
  readonly moved = new Set<string>();
  readonly #topic: string;
  readonly #server: TestServer;
  readonly #writer;

  constructor(server: TestServer, topic: string) {
    this.#server = server;
    this.#topic = topic;
    this.#writer = { db: server.db, editor: 'test', wake: () => {} };
  }

  get filter() {
    return { topic: [this.#topic] };
  }

  async open(lots: readonly (readonly string[])[]): Promise<void> {
    await upsertTopic(this.#writer, { slug: this.#topic, name: this.#topic });
    for (const lot of lots) await this.record(lot);
  }

  /** Records developments at one instant. */
  async record(lot: readonly string[]): Promise<void> {
    const items = lot.map((occurred, index) => ({
      kind: 'STATEMENT' as const,
      fields: parseInput(recordInputs.STATEMENT, {
        slug: `${this.#topic}-${this.ids.size + index}`,
        headline: 'As recorded',
        occurred,
        topics: [this.#topic],
        ...CITED,
      }),
    }));
    const written = await this.#server.db.$transaction(async (tx) => {
      const { result, feed } = await recordMany(tx, items, true, { editor: 'test', reason: null });
      await appendToFeed(tx, feed);
      return result;
    });
    for (const { id } of written) this.ids.set(`${this.#topic}-${this.ids.size}`, id);
  }

  async apply(write: Write): Promise<void> {
    if (write.does === 'record') return this.record(write.lot);
    const standing = [...this.ids.keys()].filter((slug) => !this.retracted.has(slug));
    const slug = standing[write.which % standing.length];
    if (slug === undefined) return;
    if (write.does === 'retract') {
      await retractDevelopment(this.#writer, slug, { reason: 'Not so' });
      this.retracted.add(slug);
    } else if (write.does === 'reword') {
      await reviseDevelopment(this.#writer, 'STATEMENT', slug, { headline: 'Reworded' });
    } else {
      await reviseDevelopment(this.#writer, 'STATEMENT', slug, { occurred: write.to });
      this.moved.add(slug);
    }
  }
}

/** Reads the list page by page and writes between the pages. Returns the rows in list order. */
async function walkList(server: TestServer, shelf: Shelf, walk: Walk, asOf: object | null): Promise<Node[]> {
  const { orderBy, backwards, sizes, between } = walk;
  const read: Node[] = [];
  let at: string | null = null;
  for (let turn = 0; ; turn += 1) {
    const size = sizes[turn % sizes.length];
    const place: object = backwards ? { last: size, before: at } : { first: size, after: at };
    const variables = { ...place, orderBy, filter: shelf.filter, asOf };
    const { developments: page } = await server.data<{ developments: Page }>(PAGE, variables);
    if (backwards) read.unshift(...page.nodes);
    else read.push(...page.nodes);
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    if (!(backwards ? hasPreviousPage : hasNextPage)) return read;
    at = backwards ? startCursor : endCursor;
    for (const write of between[turn] ?? []) await shelf.apply(write);
  }
}

/** Expects each row to sort after the one before it: by its key as read, then by its id. */
function expectInOrder(rows: readonly Node[], { field, direction }: Walk['orderBy'], shelf: Shelf): void {
  const places = rows.map((row) => `${KEYS[field](row)} ${shelf.ids.get(row.slug)}`);
  for (const [index, place] of places.entries()) {
    const next = places[index + 1];
    if (next !== undefined) expect(direction === 'ASC' ? place < next : place > next, next).toBe(true);
  }
}

describeWithDatabase('pages of a list that changes meanwhile', () => {
  test('contain each row that stays in place exactly once, repeat only moved ones, and are in order', async ({
    server,
  }) => {
    let turn = 0;
    const seen = { written: 0, past: 0, moved: 0 };
    const numRuns = runs(24, 10);
    await fc.assert(
      fc.asyncProperty(walks, async (walk) => {
        turn += 1;
        const shelf = new Shelf(server, `shelf-${turn}`);
        await shelf.open(walk.before);
        const before = [...shelf.ids.keys()];
        const { feedHead } = await server.data('{ feedHead }');
        const rows = await walkList(server, shelf, walk, walk.inThePast ? { cursor: feedHead } : null);
        const read = rows.map(({ slug }) => slug);

        expectInOrder(rows, walk.orderBy, shelf);
        if (walk.inThePast) {
          expect([...read].sort()).toEqual([...before].sort());
          expect(rows.every(({ headline }) => headline === 'As recorded')).toBe(true);
          seen.past += 1;
        } else {
          // A development whose date changes meanwhile may appear in both positions, or in neither.
          const isMoved = (slug: string) => walk.orderBy.field !== 'RECORDED' && shelf.moved.has(slug);
          const inPlace = read.filter((slug) => !isMoved(slug));
          expect(new Set(inPlace).size).toBe(inPlace.length);
          const stayed = before.filter((slug) => !shelf.retracted.has(slug) && !isMoved(slug));
          expect(stayed.filter((slug) => !read.includes(slug))).toEqual([]);
          if (shelf.moved.size > 0) seen.moved += 1;
        }
        if (shelf.ids.size > before.length || shelf.retracted.size > 0) seen.written += 1;
      }),
      { seed: 20261125, numRuns },
    );
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(numRuns / 6);
  });
});
