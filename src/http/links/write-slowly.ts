import type { ServerResponse } from 'node:http';

/** How long a client may take nothing, in milliseconds. Then its connection is cut. */
const PATIENCE = 60_000;

/**
 * Writes a part of a body, and resolves when the client has taken so much that there is room for the next one.
 *
 * @returns False if the client has gone.
 */
export async function writeSlowly(response: ServerResponse, text: string): Promise<boolean> {
  if (response.destroyed) return false;
  if (response.write(text)) return true;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => response.destroy(), PATIENCE);
    const settle = () => {
      clearTimeout(timer);
      response.off('drain', settle);
      response.off('close', settle);
      resolve();
    };
    response.once('drain', settle);
    response.once('close', settle);
  });
  return !response.destroyed;
}
