import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import type { FullHead } from './head.js';

/** The kind of statement, so that a signature under it cannot be taken for one of another kind. */
const TYPE = 'doctrine-wire/proof/1';

/** A statement about the record that can be checked later. */
export interface Proof {
  readonly position: number;
  readonly epoch: string;
  /** In hexadecimal. */
  readonly hash: string;
  readonly recordedAt: Date | null;
  /** The statement as canonical JSON (RFC 8785). */
  readonly text: string;
  /** The Ed25519 signature (RFC 8032) of the text in base64; null without a key. */
  readonly signature: string | null;
  /** The public key in PEM; null without a key. */
  readonly publicKey: string | null;
}

/** Makes the proof of a head, signed if there is a key. */
export function proofOf(
  { position: last, epoch, hash, recordedAt }: FullHead,
  key: KeyObject | undefined,
): Proof {
  const position = Number(last);
  const text = canonicalJson({ type: TYPE, position, epoch, hash, recordedAt });
  return {
    ...{ position, epoch, hash, recordedAt, text },
    signature: key ? sign(null, Buffer.from(text), key).toString('base64') : null,
    publicKey: key ? createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString() : null,
  };
}

/** Returns whether a signature of a text is that of the key. */
export function isSigned(text: string, signature: string, publicKey: KeyObject): boolean {
  return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'));
}
