import { type SlowSubscriberPolicy, waitForRoom } from '../feed/fan-out/slow-subscriber.js';
import { type Turns, UNMEASURED } from '../http/execution/turns.js';
import type { Connection } from './connection.js';
import { WebSocketOutlet } from './outlet.js';

export interface FlowControlOptions extends SlowSubscriberPolicy {
  /** Bytes of messages that may wait for a turn. One message may exceed it. */
  readonly maxWaiting: number;
  readonly turns: Turns;
  /** Called with each message, in the order in which they came. */
  onMessage(connection: Connection, message: string): void;
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

  /** Has a message worked on, after the earlier ones of its socket. */
  receive(connection: Connection, message: string): void {
    connection.waiting += message.length + MESSAGE;
    this.check(connection);
    if (connection.waiting > this.#options.maxWaiting) connection.pause();
    if (connection.inbox) {
      connection.inbox.push(message);
    } else {
      connection.inbox = [message];
      void this.#work(connection, connection.inbox);
    }
  }

  /** A socket waits for one turn at a time: however much it sends, the turns of others come as soon. */
  async #work(connection: Connection, inbox: string[]): Promise<void> {
    for (let message = inbox[0]; message !== undefined; message = inbox[0]) {
      await this.#paused.get(connection);
      await this.#options.turns.take(`address ${connection.address}`, UNMEASURED);
      inbox.shift();
      connection.waiting -= message.length + MESSAGE;
      this.#options.onMessage(connection, message);
      if (connection.isPaused) this.#resume(connection);
    }
    connection.inbox = undefined;
  }

  #resume(connection: Connection): void {
    if (this.#paused.has(connection) || connection.waiting > this.#options.maxWaiting) return;
    connection.resume();
  }
}
