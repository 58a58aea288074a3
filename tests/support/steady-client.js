// A well-behaved client on a thread of its own, so that nobody's work but the server's delays it: asks one
// query after the other, a moment apart, and tells how long each took, in milliseconds, when it is asked to.
// Plain JavaScript, because Node 20 runs no TypeScript.
import { parentPort, workerData } from 'node:worker_threads';

const PAUSE = 5;
const body = JSON.stringify({ query: '{ developments(first: 5) { nodes { slug headline } } }' });
let taken = [];

async function ask() {
  const start = performance.now();
  const response = await fetch(workerData.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const { data } = await response.json();
  if (data?.developments.nodes.length !== 5) throw new Error(`Refused with ${response.status}.`);
  taken.push(performance.now() - start);
  setTimeout(ask, PAUSE);
}

parentPort.on('message', () => {
  parentPort.postMessage(taken);
  taken = [];
});
await ask();
