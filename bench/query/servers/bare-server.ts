// The upper limit of any server on node:http: reads the request and sends prepared bytes.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerCalls } from '../../process.js';

let answer = Buffer.alloc(0);

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
    response.end(answer);
  });
});

answerCalls({
  /** The response to every request from now on. */
  answerWith: (bytes: Uint8Array) => {
    answer = Buffer.from(bytes);
  },
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`listening "url":"http://127.0.0.1:${port}/"\n`);
});
process.once('SIGTERM', () => process.exit(0));
