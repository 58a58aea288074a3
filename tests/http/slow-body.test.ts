import { randomBytes } from 'node:crypto';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { test as base, describe, expect } from 'vitest';
import { SlowBody } from '../../src/http/links/slow-body.js';
import type { Encoding } from '../../src/http/response/content-encoding.js';

/** 1 MB that can hardly be compressed. */
const PART = randomBytes(750_000).toString('base64url');
/** More than fits into the buffers between a server and its client. */
const PARTS = 40;

/** A download that is being sent. */
interface Sending {
  /** Parts that have been written so far. */
  written: number;
  /** Resolves when nothing more is written: with whether the client has all of it. */
  readonly over: Promise<boolean>;
}

interface Fixtures {
  /** Begins a download. Nothing of its body is taken before it is read. */
  begin(
    encoding: Encoding | undefined,
    parts?: number,
  ): Promise<{ response: IncomingMessage; sending: Sending }>;
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
  begin: async ({}, use) => {
    let started: (sending: Sending) => void = () => {};
    let wanted = PARTS;
    const server = createServer((request, response) => {
      const encoding = (request.headers['accept-encoding'] as Encoding) || undefined;
      const body = new SlowBody(response, encoding);
      const parts = wanted;
      const send = async () => {
        while (await body.write(PART)) {
          sending.written += 1;
          if (sending.written < parts) continue;
          body.end('the end');
          return true;
        }
        return false;
      };
      const sending: Sending = { written: 0, over: Promise.resolve().then(send) };
      started(sending);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await use(async (encoding, parts = PARTS) => {
      wanted = parts;
      const sending = new Promise<Sending>((resolve) => {
        started = resolve;
      });
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const headers = { 'accept-encoding': encoding ?? '' };
        get({ port, headers, agent: false }, resolve).on('error', reject);
      });
      return { response, sending: await sending };
    });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

async function readAll(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('a long body', () => {
  test.for([undefined, 'gzip', 'br'] as const)(
    'waits for a client that takes nothing, and ends with it: %s',
    async (encoding, { begin }) => {
      const slow = await begin(encoding);
      const fast = await begin(encoding); // Takes everything meanwhile.
      await readAll(fast.response);
      expect(await fast.sending.over).toBe(true);
      expect(slow.sending.written).toBeLessThan(PARTS);
      slow.response.destroy();
      expect(await slow.sending.over).toBe(false);
      expect(slow.sending.written).toBeLessThan(PARTS);
    },
  );

  test('is the same in every encoding', async ({ begin }) => {
    const text = Buffer.from(`${PART.repeat(3)}the end`);
    const decoded = [
      await readAll((await begin(undefined, 3)).response),
      gunzipSync(await readAll((await begin('gzip', 3)).response)),
      brotliDecompressSync(await readAll((await begin('br', 3)).response)),
    ];
    for (const body of decoded) expect(body.equals(text)).toBe(true);
  });
});
