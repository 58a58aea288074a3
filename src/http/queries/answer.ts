import { createHash } from 'node:crypto';

/** An answer without errors, as it is sent but for what the asking cost. */
export interface Answer {
  /** `{"data":…`, without the last brace. */
  readonly body: Buffer;
  /** The same for the same data (RFC 9110: weak, because the cost that is told differs). */
  readonly etag: string;
}

export function createAnswer(data: unknown): Answer {
  const body = Buffer.from(`{"data":${JSON.stringify(data)}`);
  return { body, etag: `W/"${createHash('sha1').update(body).digest('base64url')}"` };
}

/** What stands behind the data. */
export const ending = (extensions: object): string => `,"extensions":${JSON.stringify(extensions)}}`;

/** Whether a client has the answer already, by its `If-None-Match`. */
export function isKnownToClient(ifNoneMatch: string | undefined, { etag }: Answer): boolean {
  if (ifNoneMatch === undefined) return false;
  // Compared weakly, as RFC 9110 has it for If-None-Match: proxies that compress make strong ones weak.
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag));
}
