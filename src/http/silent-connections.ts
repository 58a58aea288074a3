import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Connections that have sent nothing: browsers and HTTP clients open some before they need them. */
export interface SilentConnections {
  /** Cuts them off. Node counts them as busy, so that a server would wait for them while it shuts down. */
  destroy(): void;
}

/** Watches the connections of a server. Call it before the first one comes. */
export function watchSilentConnections(http: Server): SilentConnections {
  const unused = new Set<Socket>();
  // Without a closure for each of thousands of sockets.
  function forget(this: Socket): void {
    unused.delete(this);
  }
  const use = ({ socket }: { readonly socket: Socket }) => {
    if (unused.delete(socket)) socket.off('close', forget);
  };
  http.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', forget);
  });
  http.on('request', use);
  http.on('upgrade', use);
  return {
    destroy: () => {
      for (const socket of unused) if (socket.bytesRead === 0) socket.destroy();
    },
  };
}
