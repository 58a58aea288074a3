// The clients, in a separate process: several connections with one request at a time each.
import autocannon from 'autocannon';
import { percentile } from '../figures.js';
import { answerCalls } from '../process.js';

export interface Load {
  readonly url: string;
  /** The queries. Every connection starts with another one. */
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly seconds: number;
}

/** The result; times in milliseconds. */
export interface Borne {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** The share of a core that the clients used, 0 to 1. Near 1 they limited the server. */
  readonly busy: number;
  /** Failed responses, which make the run invalid. */
  readonly failed: number;
}

async function put({ url, bodies, connections, seconds }: Load): Promise<Borne> {
  const times: number[] = [];
  let clients = 0;
  const start = performance.now();
  const before = process.cpuUsage();
  let last = start;
  const { errors, non2xx, timeouts } = await new Promise<autocannon.Result>((resolve, reject) => {
    const options: autocannon.Options = {
      url,
      connections,
      duration: seconds,
      timeout: 120,
      setupClient: (client) => {
        const from = Math.floor((clients * bodies.length) / connections);
        clients += 1;
        client.setRequests([...bodies.slice(from), ...bodies.slice(0, from)].map(post));
      },
    };
    const run = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
    run.on('response', (_client, _status, _bytes, took) => {
      times.push(took);
      last = performance.now();
    });
  });
  const { user, system } = process.cpuUsage(before);
  const sorted = Float64Array.from(times).sort();
  return {
    perSecond: (times.length * 1_000) / (last - start),
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    busy: (user + system) / 1_000 / (performance.now() - start),
    failed: errors + non2xx + timeouts,
  };
}

const post = (body: string) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'application/json' },
  body,
});

answerCalls({ put });
