import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findNames } from '../../src/intake/extract/names/find-names.js';
import { Gazetteer, type GazetteerEntry } from '../../src/intake/extract/names/gazetteer.js';

interface Passage {
  readonly name: string;
  /** The text, with each name of the record and its slug: `[Moscow](russia) denies it`. */
  readonly marked: string;
}

const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`names/${file}.json`, import.meta.url), 'utf8'));
const gazetteer = new Gazetteer(read('gazetteer') as GazetteerEntry[]);
const passages = read('passages') as Passage[];

/** Passages that are read wrongly. They count in the benchmark. One that is read rightly some day fails here. */
const LIMITS = new Set(['ru-frost', 'ru-family', 'new-names-of-other-things', 'new-half-a-designation']);

/** Writes the names that are found into the text, as they are marked. */
function mark(text: string): string {
  let marked = '';
  let at = 0;
  for (const { start, end, slug } of findNames(text, gazetteer)) {
    if (slug === null) continue;
    marked += `${text.slice(at, start)}[${text.slice(start, end)}](${slug})`;
    at = end;
  }
  return marked + text.slice(at);
}

describe('finds the names of the record, and no other words, in', () => {
  const isRead = ({ marked }: Passage) =>
    expect(mark(marked.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1'))).toBe(marked);
  test.each(passages.filter(({ name }) => !LIMITS.has(name)))('$name', isRead);
  test.fails.each(passages.filter(({ name }) => LIMITS.has(name)))('$name', isRead);
});
