import { encodeCursor } from '../feed/cursor.js';
import type { EndReason, Outlet, Payload } from '../feed/outlet.js';

/** A response of server-sent events that a subscription writes to. */
export interface EventStream {
  readonly outlet: Outlet;
  /** The response's body. */
  readonly body: ReadableStream<Uint8Array>;
  /** Called when the client has gone, or the stream was ended. */
  onClose(listener: () => void): void;
}

export interface EventStreamOptions {
  /** Whether events carry their cursors as ids, with which a client resumes. */
  readonly hasIds: boolean;
  /** How often a comment is sent, so that nothing in between takes the connection for dead, in milliseconds. */
  readonly heartbeat: number;
  /** Cuts the connection, where ending the body would wait for a client that takes nothing. */
  cut(): void;
}

// A comment carries no id: it must not move the place from which a client resumes.
const COMMENT = Buffer.from(':\n\n');

/** Events in the format of the distinct connections mode of graphql-sse. */
export function createEventStream({ hasIds, heartbeat, cut }: EventStreamOptions): EventStream {
  let queue: Buffer[] = [COMMENT]; // Some browsers show nothing of a response before its first bytes.
  let buffered = COMMENT.length;
  let isClosed = false;
  let wake = () => {};
  const waiting = new Set<() => void>();
  const listeners = new Set<() => void>();

  const push = (bytes: Buffer) => {
    queue.push(bytes);
    buffered += bytes.length;
    wake();
  };
  const settle = () => {
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    clearInterval(beat);
    settle();
    wake();
    for (const listener of listeners) listener();
  };
  const beat = setInterval(() => {
    if (queue.length === 0) push(COMMENT);
  }, heartbeat);
  beat.unref();

  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        if (queue.length === 0 && !isClosed) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        if (queue.length > 0) controller.enqueue(Buffer.concat(queue));
        else controller.close();
        queue = [];
        buffered = 0;
        settle();
      },
      cancel: close,
    },
    { highWaterMark: 0 }, // Nothing is taken from the queue before somebody reads.
  );

  const outlet: Outlet = {
    get buffered() {
      return buffered;
    },
    write: (payloads, limit) => {
      let written = 0;
      for (const payload of payloads) {
        if (buffered > limit) break;
        push(eventOf(payload, hasIds));
        written += 1;
      }
      return written;
    },
    drained: () =>
      new Promise((resolve) => {
        if (buffered === 0 || isClosed) resolve();
        else waiting.add(resolve);
      }),
    // Without a `complete` event: the client is to come back, with the id of the last event.
    end: (reason: EndReason) => {
      close();
      if (reason === 'TOO_SLOW') cut();
    },
  };
  return { outlet, body, onClose: (listener) => listeners.add(listener) };
}

/** The bytes of payloads as events: made once for all streams that they go to. */
const events = new WeakMap<Payload, Buffer>();

function eventOf(payload: Payload, hasIds: boolean): Buffer {
  const known = events.get(payload);
  if (known) return known;
  const id = hasIds ? `id: ${encodeCursor(payload.at)}\n` : '';
  const event = Buffer.from(`event: next\n${id}data: ${payload.json.toString()}\n\n`);
  events.set(payload, event);
  return event;
}
