import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { test } from '../support/shared.js';

const ROOT = new URL('../../', import.meta.url);
const EXAMPLE_URL = 'http://127.0.0.1:4000/graphql';

const pages = await Promise.all(
  ['docs/live.md', 'docs/time-travel.md'].map(async (page) => ({
    page,
    text: await readFile(new URL(page, ROOT), 'utf8'),
  })),
);

/** Returns the snippets of all pages in a language, each with its number on the page. */
const snippetsIn = (language: string) =>
  pages.flatMap(({ page, text }) =>
    [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
      ([, code = ''], index) => [`${index + 1} of ${page}`, code] as const,
    ),
  );

describe('the snippet', () => {
  test.for(snippetsIn('graphql'))('%s is answered without errors', async ([, code], { dossier }) => {
    if (!code.startsWith('subscription')) {
      await dossier.data(code);
      return;
    }
    const results = dossier.client().iterate({ query: code });
    expect((await results.next()).value).toEqual({ data: { feed: expect.anything() } });
    await results.return?.();
  });

  test.for(snippetsIn('js'))('%s runs until it is live', async ([, code], { dossier }) => {
    expect(code).toContain(EXAMPLE_URL);
    const script = code.replace(EXAMPLE_URL, dossier.url);
    const program = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: ROOT });
    const errors: unknown[] = [];
    program.stderr.on('data', (data) => errors.push(String(data)));
    const ended = once(program, 'exit').then(() => `ended: ${errors.join('')}`);
    const told = once(program.stdout, 'data').then(String);
    expect(await Promise.race([told, ended])).toBe('14 developments, live\n');
    program.kill();
    await ended;
  });
});
