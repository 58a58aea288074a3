import type { GraphQLField, GraphQLNamedType } from 'graphql';
import { DEFAULT_PAGE, MAX_PAGE } from './page.js';

/** The base cost of a request. */
export const REQUEST_COST = 10;

/** The cost of a request whose token is refused. */
export const SIGN_IN_COST = 50;

/** The cost of a cache hit. */
export const KEPT_COST = 1;

/** The assumed length of a list that is not a page. */
export const LIST_COST = 5;

/** The cost of a statement that reads a page, or what belongs to a development. */
export const READ_COST = 20;

/** The cost of `firstOccurred` and `lastOccurred`, which read one entry of an index and a development. */
export const OCCURRENCE_COST = 5;

/** The cost of a search for names by the beginnings of their words. */
export const NAME_COST = 50;

/** The cost of `related`, which compares up to a thousand developments. */
export const RELATED_COST = 100;

/** The cost of `duplicateSuggestions`, which compares up to two thousand pairs. */
export const DUPLICATES_COST = 500;

/** The price of the suggestions of an article, which are made from its text: some 50 ms a thousand words. */
export const SUGGESTIONS_COST = { points: 200, times: 20 } as const;

/** The cost of a statement that scans a list: a count, a timeline, each facet, the agreement of a source. */
export const SCAN_COST = 100;

/** The factor for mutations, which write and then read back what they wrote. */
export const MUTATION_COST = 10;

/** The cost of `__schema` and `__type`, which can return the whole schema. */
export const INTROSPECTION_COST = 5_000;

/** The cost of `highlights`, which parses the whole text again. */
export const HIGHLIGHT_COST = 10;

/** The cost of the order by relevance, which ranks up to 1,000 developments. */
export const RELEVANCE_COST = 200;

/** The cost of `asOf`, which looks a position up and reads from a larger table. */
export const AS_OF_COST = 20;

/** Stands for the page size of a field above, which has declared it. */
export const PAGE = 'PAGE';

/** The cost of a field beside the values that are selected below it. */
export interface FieldPrice {
  /** The points of the field itself. */
  readonly points: number;
  /** How often its selection counts. By default once, and {@link LIST_COST} times for a list. */
  readonly times?: number | typeof PAGE;
  /** The page size that fields below it count by. */
  readonly size?: number | typeof PAGE;
}

/** Declares the price of a field. A field without one costs 1. */
export const priced = <Args>(price: FieldPrice | ((args: Args) => FieldPrice)) => ({ extensions: { price } });

/** Returns the declared price of a field; undefined if it has none. */
export function declaredPrice(
  { extensions }: GraphQLField<unknown, unknown>,
  args: Readonly<Record<string, unknown>>,
): FieldPrice | undefined {
  // Pothos passes on what `priced` declares, whose function takes the coerced arguments of its own field.
  const price = extensions['price'] as FieldPrice | ((args: unknown) => FieldPrice) | undefined;
  return typeof price === 'function' ? price(args) : price;
}

/** What the value of an argument costs, for input types that have a price. */
export interface InputPrice {
  readonly points: number;
  /** How many values of filters it has. */
  readonly values: number;
  /** The length of the longest list in a filter. */
  readonly longest: number;
}

/** Declares the price of an input type. It counts for each argument of the type. */
export const inputPriced = <Value>(inputPrice: (value: Value) => InputPrice) => ({
  extensions: { inputPrice },
});

/** Returns the function that prices values of an input type; undefined if it has none. */
export const declaredInputPrice = ({ extensions }: GraphQLNamedType) =>
  extensions['inputPrice'] as ((value: unknown) => InputPrice) | undefined;

/** The price of an input that is no filter. */
export const onlyPoints = (points: number): InputPrice => ({ points, values: 0, longest: 0 });

/** The list within a page. */
export const PAGED: FieldPrice = { points: 1, times: PAGE };

/** The nodes and edges of a chain: usually dozens, at most some hundreds. */
export const CHAINED: FieldPrice = { points: READ_COST, times: 10 * LIST_COST };

/** The links of a development, or a development beside it, which a statement reads. */
export const LOADED: FieldPrice = { points: READ_COST };

interface PageSize {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
}

const within = (size: number) => Math.min(Math.max(size, 0), MAX_PAGE);

/** A page, whose nodes and edges count by its size. */
export const pageCost = ({ first, last }: PageSize): FieldPrice => ({
  points: READ_COST,
  size: within(first ?? last ?? DEFAULT_PAGE),
});

/** Facets, whose values count by `first`. */
export const facetsCost = ({ first }: PageSize): FieldPrice => ({
  points: READ_COST,
  size: within(first ?? DEFAULT_PAGE),
});

/** Related developments, which count by `first`. */
export const relatedCost = ({ first }: { readonly first: number }): FieldPrice => ({
  points: RELATED_COST,
  times: Math.max(first, 1),
});

/** A facet, which scans the whole list. */
export const FACET: FieldPrice = { points: SCAN_COST, size: PAGE };
