import type { IncomingMessage } from 'node:http';

/** Returns the origin of the addresses in an answer: `PUBLIC_URL`, or the one that the request was sent to. */
export const siteOf = (publicUrl: string | undefined, { headers: { host } }: IncomingMessage): string =>
  publicUrl ?? `http://${host ?? 'localhost'}`;
