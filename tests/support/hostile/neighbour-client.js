// A well-behaved client on a thread and an address of its own, so that only the server's work delays it. It sends one
// query after the other, each new to the server, and health checks beside them. On request it reports what each took.
// Plain JavaScript, because Node 20 cannot run TypeScript.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const PAUSE = 5;
const { url, pid, localAddress, query } = workerData;
const { hostname: host, port } = new URL(url);
const agent = new Agent({ keepAlive: true, localAddress });
let answers = [];
let checks = [];
let sent = 0;

/** The first figure of Linux's schedstat is the time on a core, in nanoseconds. */
function timeOnCore() {
  const [nanoseconds] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'latin1').split(' ');
  return Number(nanoseconds) / 1e6;
}

function exchange(method, path, body = '') {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const call = request({ host, port, method, path, agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode, text }));
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

async function timed(work) {
  const start = performance.now();
  const before = timeOnCore();
  await work();
  return { ms: performance.now() - start, busy: timeOnCore() - before };
}

async function ask() {
  sent += 1;
  const body = JSON.stringify({ query: `${query} # ${sent}` });
  const { status, text } = await exchange('POST', '/graphql', body);
  if (status !== 200 || JSON.parse(text).errors) throw new Error(`Refused with ${status}: ${text}`);
}

async function check() {
  const { status } = await exchange('GET', '/health/live');
  if (status !== 200) throw new Error(`Not live: ${status}.`);
}

async function keep(work, times) {
  times.push(await timed(work));
  setTimeout(() => void keep(work, work === ask ? answers : checks), PAUSE);
}

parentPort.on('message', () => {
  parentPort.postMessage({ answers, checks });
  answers = [];
  checks = [];
});
await Promise.all([keep(ask, answers), keep(check, checks)]);
