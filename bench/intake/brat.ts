import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Span } from '../../src/intake/extract/types.js';
import type { Annotated, GoldText } from './gold.js';

/**
 * Reads a folder of brat standoff files: `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann`, as PolNeAR has them.
 *
 * A text that several people annotated is returned once for each.
 */
export async function readBrat(folder: string): Promise<GoldText[]> {
  const files = (await readdir(join(folder, 'attributions'))).filter((name) => name.endsWith('.ann')).sort();
  return Promise.all(
    files.map(async (file) => {
      const stem = file.replace(/_[^_]*\.ann$/, '');
      const text = await readFile(join(folder, 'text', `${stem}.txt`), 'utf8');
      const annotations = await readFile(join(folder, 'attributions', file), 'utf8');
      return { name: file, language: 'en' as const, text, attributions: parseBrat(annotations, text) };
    }),
  );
}

/** Reads `T` lines (spans) and `E` lines (attributions of spans). Offsets count code points, ours UTF-16 code units. */
function parseBrat(annotations: string, text: string): Annotated[] {
  const toUnits = unitsByCodePoint(text);
  const spans = new Map<string, readonly Span[]>();
  const attributions: Annotated[] = [];
  for (const line of annotations.split('\n')) {
    const [id = '', value = ''] = line.split('\t');
    if (/^T\d+$/.test(id)) {
      const parts = value.slice(value.indexOf(' ') + 1).split(';');
      spans.set(
        id,
        parts.map((part) => {
          const [start = 0, end = 0] = part.split(' ').map(Number);
          return { start: toUnits(start), end: toUnits(end) };
        }),
      );
    }
    if (!/^E\d+$/.test(id)) continue;
    const ofRole = (role: string) =>
      value
        .split(' ')
        .filter((argument) => new RegExp(`^${role}\\d*:`).test(argument))
        .flatMap((argument) => spans.get(argument.slice(argument.indexOf(':') + 1)) ?? []);
    const parts = ofRole('Content');
    const cue = ofRole('Cue').map(({ start, end }) => text.slice(start, end));
    if (parts.length > 0) attributions.push({ parts, source: ofRole('Source'), note: cue.join(' … ') });
  }
  return attributions;
}

function unitsByCodePoint(text: string): (point: number) => number {
  if (!/[\ud800-\udbff]/.test(text)) return (point) => point;
  const units: number[] = [];
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) units.push(at);
  units.push(text.length);
  return (point) => units[point] ?? text.length;
}
