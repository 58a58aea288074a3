import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { isSigned } from '../feed/proof.js';
import { unreadable } from '../files/errors.js';
import { StartError } from '../start-error.js';

/** A proof or key that cannot be used. */
class ProofError extends StartError {
  override readonly name = 'ProofError';
}

/** The end of the chain that somebody noted. */
export interface NotedProof {
  readonly position: number;
  readonly hash: string;
  /** Whether a signature was checked, and by which key. */
  readonly signed: 'by the given key' | 'by the key in the proof' | 'not signed';
}

const statement = z.object({
  position: z.int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'Expected 64 hexadecimal digits.'),
});
const proof = statement.extend({
  text: z.string().nullish(),
  signature: z.string().nullish(),
  publicKey: z.string().nullish(),
});

/**
 * Reads a proof: the answer to `{ proof { … } }`, or a part of it with `position` and `hash`.
 *
 * @param given A file, or the JSON itself.
 * @param keyFile The public key to trust, in PEM. Then the proof must be signed by it.
 * @throws {ProofError} If the proof is malformed, or its signature is not valid.
 */
export async function readNotedProof(given: string, keyFile: string | undefined): Promise<NotedProof> {
  const isJson = given.trimStart().startsWith('{');
  const parsed = proof.safeParse(unwrapped(isJson ? given : await text(given)));
  if (!parsed.success) {
    throw new ProofError(
      `The proof cannot be read: ${z.prettifyError(parsed.error)}\nExpected the answer to { proof { position hash text signature publicKey } }.`,
    );
  }
  const key = keyFile === undefined ? undefined : keyOf(await text(keyFile), keyFile);
  const { position, hash } = parsed.data;
  return { position, hash, signed: checkSignature(parsed.data, key) };
}

function checkSignature(
  { position, hash, text: signedText, signature, publicKey }: z.output<typeof proof>,
  key: KeyObject | undefined,
): NotedProof['signed'] {
  if (signature != null && signedText == null) {
    throw new ProofError(
      'The proof has a signature and not the text that it signs. Ask for { proof { position hash text signature publicKey } }.',
    );
  }
  if (signature == null || signedText == null) {
    if (key)
      throw new ProofError('The proof is not signed: it needs text and signature to be checked by --key.');
    return 'not signed';
  }
  const trusted = key ?? (publicKey == null ? undefined : keyOf(publicKey, 'the proof'));
  if (!trusted) throw new ProofError('The proof is signed but names no key. Pass the public key with --key.');
  if (!isSigned(signedText, signature, trusted)) {
    throw new ProofError('The signature of the proof is not valid for its text and key.');
  }
  const stated = statement.safeParse(unwrapped(signedText)).data;
  if (stated?.position !== position || stated.hash !== hash) {
    throw new ProofError('The position and hash of the proof are not those of its signed text.');
  }
  return key ? 'by the given key' : 'by the key in the proof';
}

function unwrapped(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    const { data = value } = value as { data?: unknown };
    const { proof: inner = data } = data as { proof?: unknown };
    return inner;
  } catch {
    throw new ProofError('The proof is not JSON.');
  }
}

function keyOf(pem: string, name: string): KeyObject {
  try {
    return createPublicKey(pem);
  } catch {
    throw new ProofError(`Expected a public key in PEM; ${name} has none.`);
  }
}

const text = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadable(path, error);
  });

/** Compares a record with a proof. */
export interface Comparison {
  readonly isContinuation: boolean;
  /** A sentence for people. */
  readonly message: string;
}

/**
 * Tells whether a record continues the history of a proof.
 *
 * @param found The hash at the proof's position; undefined if the record ends before it.
 */
export function compareProof(
  { position, hash, signed }: NotedProof,
  found: string | undefined,
  last: number,
): Comparison {
  if (found === hash) {
    const message = `It continues the proof of position ${position} (${signed}).`;
    return { isContinuation: true, message };
  }
  const message =
    found === undefined
      ? `It does not continue the proof of position ${position}: it ends at position ${last}, so later changes are missing.`
      : `It does not continue the proof of position ${position}: expected the hash ${hash} there; found ${found}. Its ` +
        'history up to this position is another one.';
  return { isContinuation: false, message };
}
