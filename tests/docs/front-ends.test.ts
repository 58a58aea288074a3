import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const page = await readFile(new URL('docs/front-ends.md', ROOT), 'utf8');

/** Snippets whose first line names the file that they are from. */
const snippets = [...page.matchAll(/^```tsx?\n\/\/ (\S+)\n(.*?)^```$/gms)].map(
  ([, file = '', code = '']) => [file, code] as const,
);

test('every snippet of docs/front-ends.md names its file', () => {
  expect(snippets).toHaveLength([...page.matchAll(/^```\w/gm)].length);
});

test.for(snippets)('docs/front-ends.md shows %s as it is', async ([file, code]) => {
  expect(await readFile(new URL(file, ROOT), 'utf8')).toContain(code);
});
