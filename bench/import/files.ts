import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Kind } from '../../src/domain/development/content/input.js';
import { developmentAt } from '../record/development.js';

/** A file of generated rows, and its mapping. */
export interface RowsFile {
  readonly file: string;
  readonly mapping: string;
}

const MAPPINGS: Readonly<Record<Kind, string>> = {
  EVENT: 'event',
  STATEMENT: 'statement',
  DOCTRINE_CHANGE: 'doctrine-change',
};

/** Writes generated developments to a folder as NDJSON, one file for each kind, because a mapping covers one kind. */
export async function writeRows(folder: string, count: number): Promise<RowsFile[]> {
  const kinds = Object.keys(MAPPINGS) as Kind[];
  const files = kinds.map((kind) => join(folder, `${MAPPINGS[kind]}.ndjson`));
  const streams = files.map((file) => createWriteStream(file));
  for (let index = 0; index < count; index += 1) {
    const { kind, input } = developmentAt(index);
    const stream = streams[kinds.indexOf(kind)];
    if (stream && !stream.write(`${JSON.stringify({ id: String(index), ...input })}\n`)) {
      await once(stream, 'drain');
    }
  }
  for (const stream of streams) {
    stream.end();
    await finished(stream);
  }
  return kinds.map((kind, at) => ({
    file: files[at] ?? '',
    mapping: new URL(`../../bench/import/mappings/${MAPPINGS[kind]}.yaml`, import.meta.url).pathname,
  }));
}

/** Returns the files with copies of their mappings that revise what the record has. */
export function revising(files: readonly RowsFile[], folder: string): Promise<RowsFile[]> {
  return Promise.all(
    files.map(async ({ file, mapping }) => {
      const copy = join(folder, `revise-${basename(mapping)}`);
      await writeFile(copy, `${await readFile(mapping, 'utf8')}\nexisting: revise\n`);
      return { file, mapping: copy };
    }),
  );
}
