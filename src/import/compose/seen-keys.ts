import { hash } from 'node:crypto';

const FIRST_SIZE = 1 << 12;
/** The load factor at which the table grows. */
const FULL = 0.7;
/** Hashes have this many numbers of 32 bits: two of a million keys collide in one of 10^17 imports. */
const PARTS = 3;

/** Remembers keys with a number each, by their hashes: about 30 bytes a key, where a million texts would take far more. */
export class SeenKeys {
  #size = FIRST_SIZE;
  #hashes = new Uint32Array(FIRST_SIZE * PARTS);
  #numbers = new Float64Array(FIRST_SIZE);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /**
   * Adds a new key with a number above 0.
   *
   * @returns The number of a known key; undefined for a new one.
   */
  add(key: string, number: number): number | undefined {
    const digest = hash('sha1', key, 'buffer');
    const parts: Parts = [digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8)];
    const slot = this.#find(parts);
    const known = this.#numbers[slot];
    if (known) return known;
    this.#put(slot, parts, number);
    this.#count += 1;
    if (this.#count > this.#size * FULL) this.#grow();
    return undefined;
  }

  has(key: string): boolean {
    const digest = hash('sha1', key, 'buffer');
    const slot = this.#find([digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8)]);
    return this.#numbers[slot] !== 0;
  }

  /** Returns the slot of the key, or the free slot for it. */
  #find(parts: Parts): number {
    let slot = parts[0] & (this.#size - 1);
    while (this.#numbers[slot] !== 0 && !this.#holds(slot, parts)) slot = (slot + 1) & (this.#size - 1);
    return slot;
  }

  #holds(slot: number, parts: Parts): boolean {
    return parts.every((part, index) => this.#hashes[slot * PARTS + index] === part);
  }

  #put(slot: number, parts: Parts, number: number): void {
    this.#hashes.set(parts, slot * PARTS);
    this.#numbers[slot] = number;
  }

  #grow(): void {
    const [hashes, numbers] = [this.#hashes, this.#numbers];
    this.#size *= 2;
    this.#hashes = new Uint32Array(this.#size * PARTS);
    this.#numbers = new Float64Array(this.#size);
    numbers.forEach((number, slot) => {
      if (number === 0) return;
      const [one = 0, two = 0, three = 0] = hashes.subarray(slot * PARTS);
      this.#put(this.#find([one, two, three]), [one, two, three], number);
    });
  }
}

type Parts = readonly [number, number, number];
