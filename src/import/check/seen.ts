import { hash } from 'node:crypto';
import type { Defect, Row } from '../read/row.js';

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

/** Finds ids that repeat within the files. */
export class SeenIds {
  readonly #files: readonly string[];
  readonly #seen = new SeenKeys();

  constructor(files: readonly string[]) {
    this.#files = files;
  }

  /** Records the id of a row. Returns a defect if an earlier row has it. */
  note(id: string, { file, line }: Row): Defect[] {
    const first = this.#seen.add(id, line * this.#files.length + this.#files.indexOf(file));
    if (first === undefined) return [];
    const known = this.#files[first % this.#files.length];
    const place = `${known}, line ${Math.floor(first / this.#files.length)}`;
    const reason = `The id stands in ${place} already; that row is kept.`;
    return [{ field: 'id', value: id, reason, kind: 'REPEATED_ID' }];
  }
}

/** A set of row numbers, from 0, with a bit each. */
export class RowMarks {
  #bits = new Uint8Array(1024);
  #count = 0;

  /** How many rows are marked. */
  get count(): number {
    return this.#count;
  }

  add(row: number): void {
    if (this.has(row)) return;
    const at = row >> 3;
    if (at >= this.#bits.length) {
      const grown = new Uint8Array(Math.max(at + 1, this.#bits.length * 2));
      grown.set(this.#bits);
      this.#bits = grown;
    }
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (row & 7));
    this.#count += 1;
  }

  has(row: number): boolean {
    return ((this.#bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
  }
}
