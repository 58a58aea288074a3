import type { Bar } from '../bars.js';

/** Returns a server's requests a second in a scenario. */
export const rateOf = (scenario: string, server: string): string => `${scenario} / ${server} / requests/s`;

const toPeer = (scenario: string, title: string): Bar => ({
  what: `${title}: requests a second, to PostGraphile`,
  of: rateOf(scenario, 'ours'),
  to: rateOf(scenario, 'PostGraphile'),
  atLeast: 1,
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
  toPeer('participant', 'filter by participant and year'),
  toPeer('search', 'full-text search, newest first'),
  toPeer('relevance', 'full-text search, most relevant first'),
  toPeer('timeline', 'timeline by month'),
  toPeer('facets', 'facets of a year'),
  toPeer('facets of all', 'facets of all'),
];
