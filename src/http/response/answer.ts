import { createHash } from 'node:crypto';

/** The serialized result of a query without errors, shared by all identical requests. */
export interface Answer {
  /** `{"data":…`, without the last brace: extensions differ between requests. */
  readonly body: Buffer;
  /** The same as text, as long as nobody has asked for the bytes: Node sends a text once in less time. */
  readonly text: string | undefined;
  /** Equal for equal data. Weak, because `extensions.cost` differs between answers (RFC 9110). */
  readonly etag: string;
}

export const createAnswer = (data: unknown): Answer => new SerializedAnswer(data);

/** A class, so that its bytes and its ETag are computed on first use: a POST that is not cached needs neither. */
class SerializedAnswer implements Answer {
  #text: string | undefined;
  #body: Buffer | undefined;
  #etag: string | undefined;

  constructor(data: unknown) {
    this.#text = `{"data":${JSON.stringify(data)}`;
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
    this.#etag ??= `W/"${createHash('sha1').update(this.body).digest('base64url')}"`;
    return this.#etag;
  }
}

/** Returns the end of a body, after the data. */
export const endOfBody = (extensions: object): string => `,"extensions":${JSON.stringify(extensions)}}`;

/** Returns whether the client has this answer, by its `If-None-Match`. */
export function isKnownToClient(ifNoneMatch: string | undefined, { etag }: Answer): boolean {
  if (ifNoneMatch === undefined) return false;
  // Weak comparison, as RFC 9110 requires for If-None-Match: proxies that compress weaken strong tags.
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag));
}
