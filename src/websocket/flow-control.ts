import { waitForRoom } from '../feed/slow-subscriber.js';
import type { Connection } from './connection.js';
import { WebSocketOutlet } from './outlet.js';

export interface FlowControlOptions {
  /** Bytes that may wait for a client before nothing more is read from it. One answer may exceed it. */
  readonly maxBuffered: number;
  /** How long a client may take nothing while bytes wait for it, in milliseconds. */
  readonly patience: number;
  /** Bytes of messages that may wait for a turn. One message may exceed it. */
  readonly maxWaiting: number;
  /** Called with a socket whose client has made no progress. It must be closed. */
  onStuck(connection: Connection): void;
}

/** What a waiting message takes beside its bytes. */
const MESSAGE = 512;

/**
 * Bounds the bytes that wait for the client of each socket, and the messages of the client that wait for a turn.
 *
 * Every answer counts: results, errors, completions and pongs. Above a bound the socket is no longer read from, so that
 * TCP makes the client wait. One object for all sockets: an idle socket has no part of it.
 */
export class FlowControl {
  readonly #options: FlowControlOptions;
  /** The sockets whose clients have bytes to read first. */
  readonly #paused = new Map<Connection, Promise<void>>();

  constructor(options: FlowControlOptions) {
    this.#options = options;
  }

  /** Call it after each write. Stops reading if too many bytes wait. */
  check(connection: Connection): void {
    if (connection.bufferedAmount <= this.#options.maxBuffered) return;
    if (connection.readyState !== connection.OPEN || this.#paused.has(connection)) return;
    connection.pause();
    const buffer = new WebSocketOutlet(connection, connection.stream, '');
    this.#paused.set(connection, this.#drain(connection, buffer));
  }

  async #drain(connection: Connection, buffer: WebSocketOutlet): Promise<void> {
    const hasRoom = await waitForRoom(buffer, this.#options);
    this.#paused.delete(connection);
    if (hasRoom) this.#resume(connection);
    else this.#options.onStuck(connection);
  }

  /** Waits until a message may be worked on. Messages go on in the order in which they came. */
  async admit(connection: Connection, bytes: number, turn: () => Promise<void> | undefined): Promise<void> {
    const size = bytes + MESSAGE;
    connection.waiting += size;
    this.check(connection);
    if (connection.waiting > this.#options.maxWaiting) connection.pause();
    await this.#paused.get(connection);
    await turn();
    connection.waiting -= size;
    if (connection.isPaused) this.#resume(connection);
  }

  #resume(connection: Connection): void {
    if (this.#paused.has(connection) || connection.waiting > this.#options.maxWaiting) return;
    connection.resume();
  }
}
