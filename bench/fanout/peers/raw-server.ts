// The upper limit: a server that writes prepared bytes to every socket or stream.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execute, parse } from 'graphql';
import { createSchema } from 'graphql-yoga';
import { type WebSocket, WebSocketServer } from 'ws';
import { answerCalls } from '../../process.js';
import { makeChanges } from '../changes.js';
import { itemOf, typeDefs } from './peer-schema.js';
import { type Publication, publishEach } from './publish.js';

interface Line {
  readonly sockets: Set<WebSocket>;
  readonly streams: Set<ServerResponse>;
}

const schema = createSchema({ typeDefs, resolvers: {} });
/** Connections by query. */
const lines = new Map<string, Line>();
let subscribers = 0;

function lineFor(query: string): Line {
  const known = lines.get(query) ?? { sockets: new Set(), streams: new Set() };
  lines.set(query, known);
  subscribers += 1;
  return known;
}

const http = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':\n\n');
    const { streams } = lineFor(JSON.parse(body).query);
    streams.add(response);
    response.on('close', () => streams.delete(response));
  });
});

new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket) => {
  socket.on('message', (message) => {
    const { type, payload } = JSON.parse(String(message));
    if (type === 'connection_init') return socket.send('{"type":"connection_ack"}');
    const { sockets } = lineFor(payload.query);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
});

/** The bytes to send for each change, framed for each transport. */
function prepare({ name, count }: Publication) {
  const items = makeChanges(name, count).map(itemOf);
  return [...lines].map(([query, line]) => {
    const document = parse(query);
    const results = items.map((item) => {
      const result = JSON.stringify(execute({ schema, document: document, rootValue: { feed: item } }));
      return {
        message: Buffer.from(`{"id":"1","type":"next","payload":${result}}`),
        event: Buffer.from(`event: next\nid: ${item.cursor}\ndata: ${result}\n\n`),
      };
    });
    return { line, results };
  });
}

answerCalls({
  url: () => `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`,
  subscribers: () => subscribers,
  forget: () => {
    subscribers = 0;
    lines.clear();
  },
  publish: (publication: Publication) => {
    const prepared = prepare(publication);
    return publishEach(publication, (index) => {
      for (const { line, results } of prepared) {
        const { message, event } = results[index] ?? {};
        if (!message || !event) continue;
        for (const socket of line.sockets) socket.send(message, { binary: false });
        for (const stream of line.streams) stream.write(event);
      }
    });
  },
});

http.listen(0, '127.0.0.1', () => process.stdout.write('listening\n'));
process.once('SIGTERM', () => process.exit(0));
