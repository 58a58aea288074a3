import type { ServerResponse } from 'node:http';
import { encodeCursor } from '../../feed/cursor.js';
import type { EndReason, Outlet, OutletPayload } from '../../feed/fan-out/outlet.js';

export interface EventStreamOptions {
  /** Whether events carry their cursors as ids, with which a client resumes. */
  readonly hasIds: boolean;
  /** How often an idle stream sends a comment, so that no proxy takes the connection for dead, in milliseconds. */
  readonly heartbeat: number;
}

// Without an id: it must not move the place from which a client resumes.
const COMMENT = Buffer.from(':\n\n');

/**
 * Writes a subscription's payloads to a response as server-sent events, in the format of graphql-sse's distinct
 * connections mode. The response's head must have been written.
 */
export class EventStream implements Outlet {
  readonly #response: ServerResponse;
  readonly #hasIds: boolean;
  readonly #heartbeat: NodeJS.Timeout;
  #drained: Promise<void> | undefined;

  constructor(response: ServerResponse, { hasIds, heartbeat }: EventStreamOptions) {
    this.#response = response;
    this.#hasIds = hasIds;
    response.write(COMMENT); // Some browsers show nothing of a response before its first bytes.
    this.#heartbeat = setInterval(() => {
      if (this.buffered === 0) response.write(COMMENT);
    }, heartbeat);
    this.#heartbeat.unref();
    response.once('close', () => clearInterval(this.#heartbeat));
  }

  get buffered(): number {
    return this.#response.writableLength;
  }

  write(payloads: readonly OutletPayload[], limit: number): number {
    const response = this.#response;
    if (response.destroyed || response.writableEnded) return payloads.length;
    let written = 0;
    response.cork(); // All of them go to the system at once.
    for (const payload of payloads) {
      if (response.writableLength > limit) break;
      response.write(this.#eventOf(payload));
      written += 1;
    }
    response.uncork();
    return written;
  }

  drained(): Promise<void> {
    const response = this.#response;
    if (response.writableLength === 0 || response.destroyed) return Promise.resolve();
    this.#drained ??= new Promise<void>((resolve) => {
      const finish = () => {
        response.off('drain', finish);
        response.off('close', finish);
        this.#drained = undefined;
        resolve();
      };
      response.on('drain', finish);
      response.on('close', finish);
    });
    return this.#drained;
  }

  /** Ends the response without a `complete` event: the client shall come back, with the id of the last event. */
  end(reason: EndReason): void {
    clearInterval(this.#heartbeat);
    // A client that takes nothing would keep a response that waits for its end.
    if (reason === 'TOO_SLOW') this.#response.destroy();
    else this.#response.end();
  }

  /** Made once for all streams of a group: they have the same document, so either all have ids or none. */
  #eventOf(payload: OutletPayload): Buffer {
    if (payload.event) return payload.event;
    const id = this.#hasIds && payload.at ? `id: ${encodeCursor(payload.at)}\n` : '';
    payload.event = Buffer.from(`event: next\n${id}data: ${payload.json.toString()}\n\n`);
    return payload.event;
  }
}
