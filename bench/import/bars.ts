import type { Bar } from '../bars.js';

export const IMPORT = 'PostgreSQL / doctrine-wire import / rows/s';
export const REVISE = 'PostgreSQL / the same rows again, existing: revise / rows/s';
export const MEMORY = 'PostgreSQL / doctrine-wire import / MB at most';
export const COPY = 'PostgreSQL / COPY / rows/s';
export const EMBEDDED = 'embedded / doctrine-wire import / rows/s';

export const BARS: readonly Bar[] = [
  { what: 'rows a second, to COPY into the same tables', of: IMPORT, to: COPY, atLeast: 0.4 },
  {
    what: 'rows a second of unchanged rows with `existing: revise`, to their import',
    of: REVISE,
    to: IMPORT,
    atLeast: 1,
  },
  { what: 'memory of the import, in MB', of: MEMORY, atMost: 400 },
];
