import { readdirSync, readFileSync } from 'node:fs';

/** A fenced block of a page. */
export interface Snippet {
  /** The page and the line, e.g. `docs/api.md:12`. */
  readonly name: string;
  readonly language: string;
  readonly text: string;
}

const ROOT = new URL('../../', import.meta.url);
const FENCE = /^```(\w*)\n(.*?)^```$/gms;

const PAGES = [
  'README.md',
  'packages/client/README.md',
  ...readdirSync(new URL('docs/', ROOT))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/**
 * All snippets of the README and the guides in one of the languages, without parts of the examples: those run in
 * tests/examples.
 */
export function snippetsIn(...languages: string[]): readonly Snippet[] {
  return PAGES.flatMap((page) => {
    const text = readFileSync(new URL(page, ROOT), 'utf8');
    return [...text.matchAll(FENCE)].map(({ 1: language = '', 2: body = '', index }) => ({
      name: `${page}:${text.slice(0, index).split('\n').length}`,
      language,
      text: body,
    }));
  }).filter(({ language, text }) => languages.includes(language) && !text.startsWith('// examples/'));
}
