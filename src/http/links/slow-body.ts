import type { ServerResponse } from 'node:http';
import {
  type BrotliCompress,
  createBrotliCompress,
  createGzip,
  type Gzip,
  constants as zlib,
} from 'node:zlib';
import type { Encoding } from '../response/content-encoding.js';

/** How long a client may take nothing, in milliseconds. Then its connection is cut. */
const PATIENCE = 60_000;

/** Low levels and small windows, as for answers: at most 1 MB of memory for a body. */
const GZIP = { level: 1 };
const BROTLI = {
  params: { [zlib.BROTLI_PARAM_QUALITY]: 3, [zlib.BROTLI_PARAM_LGWIN]: 18 },
};

/** A body of any length, which is written as fast as its client takes it. */
export class SlowBody {
  readonly #response: ServerResponse;
  readonly #compressor: BrotliCompress | Gzip | undefined;

  /** @param encoding How to compress the body. The head must say the same. */
  constructor(response: ServerResponse, encoding: Encoding | undefined) {
    this.#response = response;
    if (!encoding) return;
    const compressor = encoding === 'br' ? createBrotliCompress(BROTLI) : createGzip(GZIP);
    compressor.pipe(response, { end: false });
    response.once('close', () => compressor.destroy());
    this.#compressor = compressor;
  }

  /**
   * Writes a part, and resolves when the client has taken so much that there is room for the next one.
   *
   * @returns False if the client has gone.
   */
  async write(text: string): Promise<boolean> {
    const sink = this.#compressor ?? this.#response;
    if (this.#response.destroyed) return false;
    if (sink.write(text)) return true;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => this.#response.destroy(), PATIENCE);
      const settle = () => {
        clearTimeout(timer);
        sink.off('drain', settle);
        this.#response.off('close', settle);
        resolve();
      };
      sink.once('drain', settle);
      this.#response.once('close', settle);
    });
    return !this.#response.destroyed;
  }

  end(text: string): void {
    this.#write(text, () => this.#response.end());
  }

  /** Writes a last part and cuts the connection, so that HTTP clients report an incomplete body. */
  cut(text: string): void {
    this.#write(text, () => this.#response.write('', () => this.#response.destroy()));
  }

  /** Writes the last part. The response has all of it when `then` is called. */
  #write(text: string, then: () => void): void {
    if (this.#compressor) this.#compressor.once('end', then).end(text);
    else if (text === '') then();
    else this.#response.write(text, then);
  }
}
