import type { Bar } from '../bars.js';

export const serverOf = (clients: number) => `${clients} at once / doctrine-wire / publishes/s`;
export const sqlOf = (clients: number) => `${clients} at once / SQL / publishes/s`;
export const cpuOf = (clients: number) => `${clients} at once / doctrine-wire / CPU ms a publish`;

export const BARS: readonly Bar[] = [
  { what: 'publishes a second, one at a time', of: serverOf(1), atLeast: 195 },
  { what: 'publishes a second, 16 at once', of: serverOf(16), atLeast: 342 },
  { what: 'publishes a second to the SQL transaction, one at a time', of: serverOf(1), to: sqlOf(1) },
  { what: 'publishes a second to the SQL transaction, 16 at once', of: serverOf(16), to: sqlOf(16) },
  { what: 'CPU of a publish, in ms', of: cpuOf(1), atMost: 4 },
];
