import { readdir, readFile } from 'node:fs/promises';
import { isEnumType } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.js';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8');

/** Codes of imports, exports and drafts, which the command line prints, and of PostgreSQL's driver. */
const NOT_SENT = [
  ...['TEXT_TOO_LONG', 'UNREADABLE_ARTICLE', 'FETCH_FAILED', 'REFUSED_ADDRESS', 'UNREADABLE_FEED'],
  ...[
    'BAD_MAPPING',
    'BAD_ZIP',
    'EXTERNAL_ID_TAKEN',
    'IMPORT_STOPPED',
    'MALFORMED_FILE',
    'NOT_RESUMABLE',
    'UNKNOWN_RUN',
  ],
  ...['RECORD_NOT_EMPTY', 'UNREADABLE_FILE'],
];

/** Returns the codes that the sources give to errors. */
async function codesInSources(): Promise<string[]> {
  const codes = new Set<string>();
  for (const entry of await readdir(new URL('src/', ROOT), { recursive: true })) {
    if (!entry.endsWith('.ts') || /^(?:generated|verify)/.test(entry)) continue;
    for (const [, code = ''] of (await read(`src/${entry}`)).matchAll(
      /code(?::| =) '([A-Z]+_[A-Z_]+|FORBIDDEN|UNAUTHENTICATED)'/g,
    ))
      codes.add(code);
  }
  return [...codes].filter((code) => !NOT_SENT.includes(code));
}

/** Returns the codes in the first column of a section's table. */
const codesIn = (text: string) => [...text.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code = '']) => code);

test('docs/errors.md lists exactly the codes in the code, and those of mutations apart', async () => {
  const text = await read('docs/errors.md');
  const [, ofMutations = '', ofRequests = ''] = text.split(/^## /m).slice(0, 3);
  const result = schema.getType('ErrorCode');
  expect(codesIn(ofMutations).sort()).toEqual(
    isEnumType(result)
      ? result
          .getValues()
          .map(({ name }) => name)
          .sort()
      : [],
  );
  const expected = [...(await codesInSources()), 'GRAPHQL_VALIDATION_FAILED']; // GraphQL Yoga's own code.
  const listed = new Set([...codesIn(ofMutations), ...codesIn(ofRequests)]);
  expect([...listed].sort()).toEqual([...new Set(expected)].sort());
});
