import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const SRC = new URL('src/', ROOT);

/** Files and folders in backticks: a path with a slash, or the name of a file. */
const PATH = /`([\w.-]+(?:\/[\w.-]*)+|[\w-]+\.(?:ts|js|md))`/g;

test('docs/architecture.md names only files and folders that exist', () => {
  const page = readFileSync(new URL('docs/architecture.md', ROOT), 'utf8');
  const named = [...page.matchAll(PATH)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(100);
  // A folder of a folder is named within the row of the latter, e.g. `limits/` of `http/`.
  const parents = ['', 'http/', 'graphql/', 'domain/', 'domain/development/', 'feed/'].map(
    (path) => new URL(path, SRC),
  );
  const missing = named.filter((path) => ![ROOT, ...parents].some((base) => existsSync(new URL(path, base))));
  expect(missing).toEqual([]);
});
