import type { Bar } from '../bars.js';
import { PAGES } from './lighthouse.js';

const scores = ['performance', 'accessibility', 'best-practices', 'seo'];

/** The bars of the public page. */
export const BARS: readonly Bar[] = [
  ...PAGES.flatMap((path) => [
    ...scores.map((score) => ({
      what: `${path}: ${score}`,
      of: `lighthouse / ${path} / ${score}`,
      atLeast: 95,
    })),
    { what: `${path}: largest paint, s`, of: `lighthouse / ${path} / largest paint, s`, atMost: 1.5 },
  ]),
  {
    what: 'frames a second while 10,000 developments scroll',
    of: 'scroll / 10,000 developments / frames a second, median',
    atLeast: 59,
  },
  {
    what: 'time between their frames, p95, ms',
    of: 'scroll / 10,000 developments / time between frames, p95, ms',
    atMost: 17.5,
  },
];
