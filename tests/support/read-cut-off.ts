import { get } from 'node:http';

/** Reads a response as far as it came. `isComplete` is false if the body was cut off. */
export function readCutOff(
  url: URL,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string; isComplete: boolean }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', () => {}); // Told by `complete`.
      response.on('close', () =>
        resolve({ status: response.statusCode ?? 0, text, isComplete: response.complete }),
      );
    });
    request.on('error', reject);
  });
}
