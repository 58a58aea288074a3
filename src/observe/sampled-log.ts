import type { Logger } from 'pino';

/** Facts that requests of one kind share. Their values come from the server, so the number of kinds is bounded. */
export type RequestKind = Readonly<Record<'transport' | 'outcome', string>> & {
  /** The limit or check that refused it. */
  readonly refusal: string | undefined;
};

/** How many lines of a kind are written in full each second. */
const IN_FULL = 10;
const SECOND = 1_000;

/** Writes the lines of requests that were not answered well. In a flood, most are counted in one line a second. */
export class SampledLog implements Disposable {
  readonly #log: Logger;
  readonly #kinds = new Map<string, { readonly kind: RequestKind; count: number }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  write(kind: RequestKind, line: object): void {
    const key = `${kind.transport} ${kind.outcome} ${kind.refusal}`;
    const seen = this.#kinds.get(key) ?? { kind, count: 0 };
    this.#kinds.set(key, seen);
    seen.count += 1;
    this.#timer ??= setTimeout(() => this.#flush(), SECOND).unref();
    if (seen.count <= IN_FULL) this.#log.info(line, 'request');
  }

  /** Writes the counts that are due. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#flush();
  }

  #flush(): void {
    this.#timer = undefined;
    for (const { kind, count } of this.#kinds.values()) {
      if (count > IN_FULL) this.#log.info({ ...kind, count: count - IN_FULL }, 'more requests of this kind');
    }
    this.#kinds.clear();
  }
}
