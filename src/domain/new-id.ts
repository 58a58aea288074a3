import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** Asking the system for 16 bytes takes as long as asking for thousands. */
const POOL = 8_192;

let pool = Buffer.alloc(0);
let used = 0;

/**
 * Returns random bytes, fit for salts. No two calls share a byte.
 *
 * @throws {RangeError} For more than 8,192 bytes.
 */
export function newBytes(count: number): Buffer {
  if (count > POOL) throw new RangeError(`Expected at most ${POOL} bytes; got ${count}.`);
  if (used + count > pool.length) {
    pool = randomBytes(POOL);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}

let msecs = 0;
let seq = 0;

/** Returns a new UUIDv7. Ids of one process ascend, also within a millisecond. */
export function newId(): string {
  const random = newBytes(16);
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    seq = random.readUInt32LE(0) >>> 1;
  } else {
    seq = (seq + 1) | 0;
    if (seq === 0) msecs += 1;
  }
  return v7({ random, msecs, seq });
}
