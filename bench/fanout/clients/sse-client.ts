import { request } from 'node:http';
import type { Client, ClientOptions } from './websocket-client.js';

/** Reads Server-Sent Events over node:http. */
export function subscribeOverSse({ url, query, variables, onItem }: ClientOptions): Client {
  const outgoing = request(url, {
    method: 'POST',
    agent: false,
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
  });
  let isOver = false;
  let rest: Buffer = Buffer.alloc(0);
  const take = (chunk: Buffer) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let from = 0;
    for (let to = bytes.indexOf('\n\n'); to !== -1; to = bytes.indexOf('\n\n', from)) {
      if (bytes[from] !== 58) onItem(bytes.subarray(from, to)); // Skip comments, which begin with a colon.
      from = to + 2;
    }
    rest = bytes.subarray(from);
  };
  const subscribed = new Promise<void>((resolve, reject) => {
    outgoing.on('response', (response) => {
      if (response.statusCode !== 200) reject(new Error(`The server answered ${response.statusCode}.`));
      response.on('data', take);
      response.on('close', () => {
        if (!isOver) throw new Error('An event stream ended.');
      });
      response.on('error', () => {}); // close() causes it.
      resolve();
    });
    outgoing.on('error', (error) => {
      if (!isOver) reject(error);
    });
  });
  outgoing.end(JSON.stringify({ query, variables }));
  return {
    subscribed,
    close: () => {
      isOver = true;
      outgoing.destroy();
    },
  };
}
