// Follows the feed and stores its resume point in a file, until it is killed. It writes each handled item to another
// file before it finishes the item. Plain JavaScript on dist/, because Node 20 cannot run TypeScript.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import WebSocket from 'ws';
import { followFeed } from '../../packages/client/dist/index.js';

const [url = '', directory = '', transport, after] = process.argv.slice(2);
const cursors = join(directory, 'cursors');
const handled = join(directory, 'handled');

const store = {
  load: () => (existsSync(cursors) ? readFileSync(cursors, 'utf8').trimEnd().split('\n').at(-1) : undefined),
  save: (cursor) => appendFileSync(cursors, `${cursor}\n`),
};

appendFileSync(handled, 'start\n');
const backOff = { min: 10, max: 100 };
for await (const item of followFeed({ url, after, store, transport, webSocketImpl: WebSocket, backOff })) {
  if (item.__typename === 'FeedReset') appendFileSync(handled, 'reset\n');
  if ('development' in item) appendFileSync(handled, `${item.cursor} ${item.development.slug}\n`);
}
