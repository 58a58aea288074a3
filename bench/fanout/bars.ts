import type { Bar } from '../bars.js';

const RATE = 'burst, deliveries/s';
const P99 = 'paced, p99 ms';
const rateOf = (scenario: string, peer: string) => `${scenario} / ${peer} / ${RATE}`;

export const BARS: readonly Bar[] = [
  {
    what: 'one selection: deliveries a second, to the raw broadcast',
    of: rateOf('one-selection', 'ours'),
    to: rateOf('one-selection', 'raw'),
    atLeast: 1,
  },
  {
    what: 'one selection: deliveries a second, to plain Yoga',
    of: rateOf('one-selection', 'ours'),
    to: rateOf('one-selection', 'plain'),
    atLeast: 4,
  },
  {
    what: 'one selection: p99 from commit to client, to the raw broadcast',
    of: `one-selection / ours / ${P99}`,
    to: `one-selection / raw / ${P99}`,
    atMost: 1.5,
  },
  {
    what: '100 selections: deliveries a second, to the raw broadcast',
    of: rateOf('many-selections', 'ours'),
    to: rateOf('many-selections', 'raw'),
    atLeast: 0.4,
  },
  {
    what: '10,000 idle subscribers: memory of a connection, to a bare ws server',
    of: 'idle / ours / bytes a connection',
    to: 'idle / raw / bytes a connection',
    atMost: 1.5,
  },
  {
    what: '1,000 clients resume: p99 of the others, to the same in quiet',
    of: 'resume / ours / p99 of the others meanwhile, ms',
    to: 'resume / ours / p99 in quiet, ms',
    atMost: 3,
  },
];
