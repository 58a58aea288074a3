import type { GraphQLError } from 'graphql';
import { refuse } from '../response/refusal.js';
import { tooSlow } from './deadline.js';

/**
 * How long a request may go on: from its arrival until its time is over, or its client has gone. Dispose of it when the
 * request is answered.
 */
export class Lifetime implements Disposable {
  readonly #timer: NodeJS.Timeout;
  #listeners: Set<(error: GraphQLError) => void> | undefined;
  #error: GraphQLError | undefined;

  constructor(seconds: number) {
    this.#timer = setTimeout(() => this.#end(tooSlow(seconds)), seconds * 1_000);
  }

  /** Whether the client has gone or the time is over. */
  get isOver(): boolean {
    return this.#error !== undefined;
  }

  /** @throws {GraphQLError} If it is over: no further work may begin. */
  check(): void {
    if (this.#error) throw this.#error;
  }

  /**
   * Calls the listener once when it is over, at once if it already is.
   *
   * @returns A function that removes the listener.
   */
  onEnd(listener: (error: GraphQLError) => void): () => void {
    if (this.#error) {
      listener(this.#error);
      return () => {};
    }
    this.#listeners ??= new Set();
    const listeners = this.#listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Ends it because the client has gone: it closed the connection, or completed the operation. */
  leave(): void {
    this.#end(refuse('The client has gone.', { code: 'CLIENT_GONE' }, { status: 499 }));
  }

  /**
   * Returns the result of the work, or rejects as soon as it is over. The work itself goes on until its next statement
   * or turn, where `check` stops it.
   */
  within<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = this.onEnd(reject);
      work.then(resolve, reject).finally(stop);
    });
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #end(error: GraphQLError): void {
    if (this.#error) return;
    clearTimeout(this.#timer);
    this.#error = error;
    const listeners = this.#listeners;
    this.#listeners = undefined;
    for (const listener of listeners ?? []) listener(error);
  }
}
