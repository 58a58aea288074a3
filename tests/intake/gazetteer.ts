import { readFileSync } from 'node:fs';
import { Gazetteer, type GazetteerEntry } from '../../src/intake/extract/names/gazetteer.js';

/** The names of the example record that the dossier’s article needs, and invented ones for the other articles. */
const ENTRIES = JSON.parse(
  readFileSync(new URL('articles/gazetteer.json', import.meta.url), 'utf8'),
) as GazetteerEntry[];

export const GAZETTEER = new Gazetteer(ENTRIES);
