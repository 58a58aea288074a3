import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Returns whether a request asks for a WebSocket. HTTP/1.0 has no upgrades. */
export const isWebSocketUpgrade = ({ headers, httpVersion }: IncomingMessage): boolean =>
  httpVersion === '1.1' && headers.upgrade?.toLowerCase() === 'websocket';

/**
 * Answers requests with an `Upgrade` to anything but a WebSocket over HTTP/1.1, as RFC 9110 says. Java's HttpClient and
 * `curl --http2` offer h2c this way.
 *
 * A server that listens for upgrades gets all of them as a bare connection, before the body is read. So the request goes
 * back into its connection without the header, and the server reads it again.
 */
export function answerOtherUpgrades(http: Server): void {
  const last = new Map<Duplex, ServerResponse>();
  http.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    last.set(socket, response);
    response.once('close', () => {
      if (last.get(socket) === response) last.delete(socket);
    });
  });
  http.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    if (isWebSocketUpgrade(request)) return;
    const ignore = () => {}; // Nobody else listens for errors in between. The close is enough.
    const readAgain = () => {
      connection.off('error', ignore);
      if (connection.destroyed) return;
      connection.unshift(Buffer.concat([headWithoutUpgrade(request), head]));
      http.emit('connection', connection);
    };
    connection.on('error', ignore);
    // Node keeps the order of pipelined responses, but only of those that it has read as one sequence.
    const before = last.get(connection);
    if (before) before.once('close', readAgain);
    else readAgain();
  });
}

/** Returns the head as it came. Node has checked it, so that no value can end its line. */
function headWithoutUpgrade({ method, url, httpVersion, rawHeaders }: IncomingMessage): Buffer {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.toLowerCase() !== 'upgrade') lines.push(`${name}: ${rawHeaders[index + 1]}`);
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}
