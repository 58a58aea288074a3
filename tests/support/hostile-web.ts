import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

export interface ScratchWeb extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** The path of each request, in order. */
  readonly requests: string[];
}

/** Serves on loopback. */
export async function serveWeb(listener: RequestListener, host = '127.0.0.1'): Promise<ScratchWeb> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    listener(request, response);
  });
  await new Promise<void>((done) => server.listen(0, host, done));
  return {
    ...addressOf(server),
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Answers each connection with raw bytes, which need not be HTTP. */
export async function serveRaw(answer: (socket: Socket) => void): Promise<ScratchWeb> {
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.once('data', () => answer(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    ...addressOf(server),
    requests: [],
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

function addressOf(server: Server) {
  const { address, port, family } = server.address() as AddressInfo;
  return { url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`, port };
}

/** 50 MB of zeros in 50 kB. */
const GZIP_BOMB = gzipSync(Buffer.alloc(50_000_000));

/** Tries each thing that an address from outside can do to its reader. */
export const hostile: RequestListener = (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://hostile.invalid');
  const redirect = (location: string) => response.writeHead(302, { location }).end();
  switch (pathname) {
    case '/to':
      return redirect(searchParams.get('url') ?? '');
    case '/loop':
      return redirect('/loop');
    case '/bomb':
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end(GZIP_BOMB);
    case '/double':
      return response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(gzipSync(GZIP_BOMB));
    case '/damaged':
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end(GZIP_BOMB.subarray(0, 20_000));
    case '/no-gzip':
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end('<rss/>');
    case '/endless': {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      return more();
    }
    case '/announced':
      return response.writeHead(200, { 'content-length': '99999999999' }).write('x');
    case '/drip': {
      const timer = setInterval(() => response.write('x'), 20);
      return response.on('close', () => clearInterval(timer));
    }
    case '/silent':
      return undefined;
    case '/headers':
      return response.writeHead(200, { 'x-large': 'x'.repeat(60_000) }).end('<rss/>');
    case '/cut':
      response.writeHead(200, { 'content-length': '1000' }).write('<rss>');
      return setImmediate(() => response.destroy());
    default:
      return response.writeHead(404).end();
  }
};
