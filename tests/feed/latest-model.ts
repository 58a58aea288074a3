import { developmentAt } from './record.js';
import type { Received } from './subscriber.js';

/** What replays of the latest states must send, computed from all positions of a record. */
export class LatestModel {
  readonly #count: number;
  /** The positions of each development, in order. */
  readonly #positions: bigint[][];
  #head = 0n;

  /** @param count The developments of the record: see `openGrowingRecord`. */
  constructor(count: number) {
    this.#count = count;
    this.#positions = Array.from({ length: count }, () => []);
  }

  /** Adds the entries up to a position. */
  advance(head: bigint): void {
    for (let position = this.#head + 1n; position <= head; position += 1n) this.#of(position).push(position);
    if (head > this.#head) this.#head = head;
  }

  /** Returns the earlier positions of the development of an entry, newest first. */
  earlier = (position: bigint): readonly bigint[] => {
    const positions = this.#of(position);
    return positions.slice(0, positions.indexOf(position)).reverse();
  };

  /** The states at a position that a filter for multiples of `every` shows: the newest position of each. */
  shownAt(head: bigint, every: bigint): Map<number, bigint> {
    const newest = this.#newest(head).filter((position) => position % every === 0n);
    return new Map(newest.map((position) => [developmentAt(position, this.#count), position]));
  }

  /** The states that a client shows which showed those at a position, and was then sent more. */
  shownAfter(start: bigint, received: readonly Received[], every: bigint): Map<number, bigint> {
    const shown = this.shownAt(start, every);
    for (const one of received) {
      if (typeof one !== 'bigint') continue;
      const development = developmentAt(one < 0n ? -one : one, this.#count);
      if (one < 0n) shown.delete(development);
      else shown.set(development, one);
    }
    return shown;
  }

  /** What a replay after one position, up to another, sends. */
  replay(after: bigint, edge: bigint, every: bigint): bigint[] {
    return this.#newest(edge)
      .filter((position) => position > after)
      .flatMap((position) => {
        if (position % every === 0n) return [position];
        return this.earlier(position).some((one) => one % every === 0n) ? [-position] : [];
      });
  }

  /** What is sent after FeedCaughtUp: every change that concerns the filter. */
  live(edge: bigint, every: bigint): bigint[] {
    const sent: bigint[] = [];
    for (let position = edge + 1n; position <= this.#head; position += 1n) {
      const [before] = this.earlier(position);
      if (position % every === 0n) sent.push(position);
      else if (before !== undefined && before % every === 0n) sent.push(-position);
    }
    return sent;
  }

  #of(position: bigint): bigint[] {
    return this.#positions[developmentAt(position, this.#count)] ?? [];
  }

  #newest(head: bigint): bigint[] {
    const newest = this.#positions.flatMap((positions) => positions.findLast((one) => one <= head) ?? []);
    return newest.sort((one, other) => Number(one - other));
  }
}
