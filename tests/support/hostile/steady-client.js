// A well-behaved client on its own thread, so that only the server's work delays it. It sends one query after
// the other, and reports each duration in milliseconds on request.
// Plain JavaScript, because Node 20 cannot run TypeScript.
import { parentPort, workerData } from 'node:worker_threads';

const PAUSE = 5;
const body = JSON.stringify({ query: '{ developments(first: 5) { nodes { slug headline } } }' });
let taken = [];

async function query() {
  const response = await fetch(workerData.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const { data } = await response.json();
  if (data?.developments.nodes.length !== 5) throw new Error(`Refused with ${response.status}.`);
}

async function ask() {
  const start = performance.now();
  await query();
  taken.push(performance.now() - start);
  setTimeout(ask, PAUSE);
}

parentPort.on('message', () => {
  parentPort.postMessage(taken);
  taken = [];
});
await ask();
