import type { Bar } from '../bars.js';

/** Returns a server's requests a second in a scenario. */
export const rateOf = (scenario: string, server: string): string => `${scenario} / ${server} / requests/s`;

const toPeer = (scenario: string, title: string): Bar => ({
  what: `${title}: requests a second, to PostGraphile`,
  of: rateOf(scenario, 'ours'),
  to: rateOf(scenario, 'PostGraphile'),
  atLeast: 1,
});

/** Returns the median time of a server's responses in a scenario. */
export const medianOf = (scenario: string, server: string): string => `${scenario} / ${server} / p50, ms`;

const aloneToPeer = (scenario: string, title: string): Bar => ({
  what: `${title}, one client alone: p50, to PostGraphile`,
  of: medianOf(scenario, 'ours'),
  to: medianOf(scenario, 'PostGraphile'),
  atMost: 1,
});

export const BARS: readonly Bar[] = [
  toPeer('page', 'nested page'),
  {
    what: 'the same query from the cache: requests a second, to PostGraphile',
    of: rateOf('repeated', 'ours, from the cache'),
    to: rateOf('repeated', 'PostGraphile'),
    atLeast: 10,
  },
  {
    what: 'the same query from the cache: requests a second, to the bare server',
    of: rateOf('repeated', 'ours, from the cache'),
    to: rateOf('repeated', 'bare'),
    atLeast: 0.4,
  },
  aloneToPeer('page alone', 'the first nested page'),
  aloneToPeer('slug alone', 'one by slug'),
  toPeer('participant', 'filter by participant and year'),
  toPeer('search', 'full-text search, newest first'),
  toPeer('relevance', 'full-text search, most relevant first'),
  toPeer('timeline', 'timeline by month'),
  toPeer('facets', 'facets of a year'),
  toPeer('facets of all', 'facets of all'),
];
