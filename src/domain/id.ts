import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** The bytes of so many ids are drawn at once: to draw them takes ten times as long as all else. */
const DRAWN = 256;
const BYTES = 16;

const bytes = new Uint8Array(DRAWN * BYTES);
let used = DRAWN;
let msecs = 0;
let seq = 0;

/** A new UUIDv7: sorts by the time it was made, also among those that one process made in a millisecond. */
export function newId(): string {
  if (used === DRAWN) {
    randomFillSync(bytes);
    used = 0;
  }
  const random = bytes.subarray(used * BYTES, (used + 1) * BYTES);
  used += 1;
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    seq = ((random[0] ?? 0) << 23) | ((random[1] ?? 0) << 16) | ((random[2] ?? 0) << 8) | (random[3] ?? 0);
    seq &= 0x7fff_ffff; // Half of the numbers are left to count on.
  } else {
    seq = (seq + 1) | 0;
    if (seq === 0) msecs += 1;
  }
  return v7({ random, msecs, seq });
}
