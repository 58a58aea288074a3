// A thread of a reader's process (see child.ts), which needs a file of its own. It ends the process within a second after its
// parent, whose id it is given, even while a document holds the event loop. A killed parent cannot do so itself.

import { workerData } from 'node:worker_threads';

const CHECK = 500;

// `process.exit()` would end the thread only.
setInterval(() => {
  if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL');
}, CHECK);
