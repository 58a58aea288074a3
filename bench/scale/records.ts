import { keepEmbedded, keepRecord } from '../kept.js';
import type { Child } from '../process.js';
import { ask } from '../query/ask.js';
import { startOurs, urlOfServer } from '../server.js';

/** A record of one size with our server. */
export interface Served extends AsyncDisposable {
  readonly database: 'PostgreSQL' | 'embedded';
  readonly count: number;
  readonly url: string;
  /** The cursor before page 10,000, or before the last page of a smaller record. */
  readonly deep: string;
}

type Log = (line: string) => void;

// No cache and no timeout, because every query must be executed to its end.
const ENV = { RESPONSE_CACHE: '0', REQUEST_TIMEOUT: '120', MAX_COST: '10000000' };

export async function servePostgres(count: number, log: Log): Promise<Served> {
  const { url } = await keepRecord(count, log);
  return served(await startOurs({ ...ENV, DATABASE_URL: url }), 'PostgreSQL', count);
}

export async function serveEmbedded(count: number, log: Log): Promise<Served> {
  const directory = await keepEmbedded(count, log);
  return served(await startOurs({ ...ENV, DATA_DIR: directory }), 'embedded', count);
}

async function served(server: Child, database: Served['database'], count: number): Promise<Served> {
  const url = urlOfServer(server);
  return {
    database,
    count,
    url,
    deep: await cursorAt(url, Math.min(20 * 9_999, count - 40)),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Returns a cursor in the list of all, newest first, at most a few rows before the given place: at the start of a day. */
async function cursorAt(url: string, place: number): Promise<string> {
  const { timeline } = await ask(url, '{ timeline(interval: DAY) { from count } }');
  let before = 0;
  for (const { from, count } of timeline.reverse()) {
    before += count;
    if (before < place) continue;
    const { developments } = await ask(
      url,
      'query ($within: String!) { developments(first: 1, filter: { occurred: { within: $within } }) { edges { cursor } } }',
      { within: from },
    );
    return developments.edges[0].cursor;
  }
  throw new Error(`The record has fewer than ${place} developments.`);
}
