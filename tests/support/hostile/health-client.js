// Sends health checks one after the other, on a thread of its own, and reports what each took: `ms` by the
// clock, and `busy`, the milliseconds in which the server's main thread had a core meanwhile.
// Plain JavaScript, because Node 20 runs no TypeScript.
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const PAUSE = 2;
const { url, pid } = workerData;

/** The first figure of Linux's schedstat is the time on a core, in nanoseconds. */
function timeOnCore() {
  const [nanoseconds] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'latin1').split(' ');
  return Number(nanoseconds) / 1e6;
}

async function check() {
  const start = performance.now();
  const before = timeOnCore();
  const response = await fetch(url);
  await response.text();
  if (response.status !== 200) throw new Error(`Answered with ${response.status}.`);
  parentPort.postMessage({ ms: performance.now() - start, busy: timeOnCore() - before });
  setTimeout(check, PAUSE);
}

await check();
