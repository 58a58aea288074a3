import { createHash } from 'node:crypto';

/** Returns the SHA-256 of a text in hexadecimal. Its white space and the form of its accents do not count. */
export function contentHash(text: string): string {
  return createHash('sha256').update(text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()).digest('hex');
}
