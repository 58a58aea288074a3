import type { AsOfInput, FilterInput, OrderInput } from './filter-input.js';
import { FILTER_LISTS, FILTER_SINGLES, readFilter, writeFilter } from './filter-parameters.js';
import { Given } from './given.js';
import { type PageInput, readAsOf, readOrder, readPage, writeAsOf, writeOrder } from './points.js';

/** The developments that a URL selects, for the arguments of `developments`. */
export interface Selection {
  /** Empty for all developments. */
  readonly filter: FilterInput;
  /** Undefined for the default of the list. */
  readonly order?: OrderInput;
  /** Undefined for now. */
  readonly asOf?: AsOfInput;
  readonly page: PageInput;
}

const PAGE = ['first', 'after', 'before'];

/** The parameters that a path takes beside those of the filter. */
export interface Takes {
  /** Parameters that the caller reads itself. Each may be given once. */
  readonly own?: readonly string[];
  /** Parameters that mean nothing here, of `order`, `asOf`, `first`, `after` and `before`. */
  readonly without?: readonly string[];
}

/**
 * Parses the parameters of a URL.
 *
 * @throws {ParameterError} For a parameter that is unknown, given twice or not valid.
 */
export function parseSelection(search: URLSearchParams, { own = [], without = [] }: Takes = {}): Selection {
  const points = ['order', 'asOf', ...PAGE].filter((name) => !without.includes(name));
  const given = new Given(search, FILTER_LISTS, [...FILTER_SINGLES, ...points, ...own]);
  const [order, asOf] = [readOrder(given), readAsOf(given)];
  return {
    filter: readFilter(given),
    ...(order && { order }),
    ...(asOf && { asOf }),
    page: readPage(given),
  };
}

/**
 * Formats a selection as the query string of a URL, without `?`. {@link parseSelection} returns an equal selection.
 *
 * Equal selections have equal texts if their filters list their values in the same order.
 */
export function formatSelection(
  selection: Partial<Selection>,
  own: Readonly<Record<string, string>> = {},
): string {
  const { filter = {}, order, asOf, page = {} } = selection;
  const texts = {
    ...writeFilter(filter),
    ...(order && { order: writeOrder(order) }),
    ...(asOf && { asOf: writeAsOf(asOf) }),
    ...Object.fromEntries(Object.entries(page).map(([name, value]) => [name, String(value)])),
    ...own,
  };
  return Object.entries(texts)
    .map(([name, text]) => `${name}=${readable(text)}`)
    .join('&');
}

/** Encodes a value, but leaves the characters that a query may have as they are (RFC 3986), for links that people read. */
const readable = (text: string): string =>
  encodeURIComponent(text).replace(/%(?:2C|2F|3A|40)/g, (code) => decodeURIComponent(code));
