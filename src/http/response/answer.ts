import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type CompressedStart, type Encoding, WORTH_COMPRESSING } from './content-encoding.js';
import { WARNING_BYTES, type Warning } from './warnings.js';

/** The serialized result of a query without errors, or another text, shared by all identical requests. */
export interface Answer {
  /** The text without its end, which may differ between requests: of a result `{"data":…`, up to its extensions. */
  readonly body: Buffer;
  /** The same as text, as long as nobody has asked for the bytes: Node sends a text once in less time. */
  readonly text: string | undefined;
  readonly warnings: readonly Warning[];
  /** Equal for equal data and warnings. Weak, because `extensions.cost` differs between answers (RFC 9110). */
  readonly etag: string;
  /** The memory that it takes, in bytes. */
  readonly size: number;
  /** Whether it is long enough to be compressed. */
  readonly isLong: boolean;
  /** Returns the compressed body, if it has been made. */
  compressed(encoding: Encoding): CompressedStart | undefined;
  /**
   * Makes the compressed body and keeps it. Concurrent requests share one run of `make`.
   *
   * @returns Undefined if `make` returned undefined.
   */
  compress(encoding: Encoding, make: MakeStart): Promise<CompressedStart | undefined>;
}

type MakeStart = (body: Buffer) => Promise<CompressedStart | undefined>;

/** Creates the answer with a result's data. Its end comes from {@link endOfBody}. */
export const createAnswer = (data: unknown, warnings: readonly Warning[]): Answer =>
  new SharedText(`{"data":${JSON.stringify(data)}`, warnings);

/** Creates an answer that is the same text for all. Its end is the last character. */
export const createTextAnswer = (text: string): Answer => new SharedText(text.slice(0, -1), []);

/** A class, so that its bytes and its ETag are computed on first use: a POST that is not cached needs neither. */
class SharedText implements Answer {
  #text: string | undefined;
  #body: Buffer | undefined;
  #etag: string | undefined;
  readonly #compressed = new Map<Encoding, CompressedStart>();
  readonly #compressing = new Map<Encoding, Promise<CompressedStart | undefined>>();
  readonly warnings: readonly Warning[];

  constructor(text: string, warnings: readonly Warning[]) {
    this.#text = text;
    this.warnings = warnings;
  }

  get text(): string | undefined {
    return this.#text;
  }

  get body(): Buffer {
    if (!this.#body) {
      this.#body = Buffer.from(this.#text ?? '');
      this.#text = undefined;
    }
    return this.#body;
  }

  get etag(): string {
    if (this.#etag === undefined) {
      const hash = createHash('sha1').update(this.body);
      if (this.warnings.length > 0) hash.update(JSON.stringify(this.warnings));
      this.#etag = `W/"${hash.digest('base64url')}"`;
    }
    return this.#etag;
  }

  get size(): number {
    let size = this.body.length + WARNING_BYTES * this.warnings.length;
    for (const { bytes } of this.#compressed.values()) size += bytes.length;
    return size;
  }

  get isLong(): boolean {
    return (this.#text ?? this.body).length > WORTH_COMPRESSING;
  }

  compressed(encoding: Encoding): CompressedStart | undefined {
    return this.#compressed.get(encoding);
  }

  compress(encoding: Encoding, make: MakeStart): Promise<CompressedStart | undefined> {
    const running = this.#compressing.get(encoding) ?? this.#run(encoding, make);
    this.#compressing.set(encoding, running);
    return running;
  }

  async #run(encoding: Encoding, make: MakeStart): Promise<CompressedStart | undefined> {
    try {
      const start = await make(this.body);
      if (start) this.#compressed.set(encoding, start);
      return start;
    } finally {
      this.#compressing.delete(encoding);
    }
  }
}

/** Returns the end of a body, after the data. */
export const endOfBody = (extensions: object): string => `,"extensions":${JSON.stringify(extensions)}}`;

/**
 * Returns whether the client has this answer, by its `If-None-Match`, or without one by its `If-Modified-Since`.
 *
 * @param lastModified In milliseconds since the epoch. Undefined if only the ETag tells.
 */
export function isKnownToClient(
  headers: IncomingHttpHeaders,
  { etag }: Answer,
  lastModified: number | undefined,
): boolean {
  const { 'if-none-match': tags, 'if-modified-since': since } = headers;
  if (tags === undefined) {
    if (lastModified === undefined || since === undefined) return false;
    return Math.floor(lastModified / 1_000) * 1_000 <= Date.parse(since); // The header has whole seconds.
  }
  // Weak comparison, as RFC 9110 requires for If-None-Match: proxies that compress weaken strong tags.
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return tags.trim() === '*' || tags.split(',').some((tag) => opaque(tag) === opaque(etag));
}
