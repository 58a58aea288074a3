import { get } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** Reads a response, compressed or not, as far as it came. `isComplete` is false if the body was cut off. */
export function readCutOff(
  url: URL,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string; isComplete: boolean }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => {}); // Told by `complete`.
      response.on('close', () => {
        const body = Buffer.concat(chunks);
        const isCompressed = response.headers['content-encoding'] === 'gzip';
        const text = String(isCompressed ? gunzipSync(body) : body);
        resolve({ status: response.statusCode ?? 0, text, isComplete: response.complete });
      });
    });
    request.on('error', reject);
  });
}
