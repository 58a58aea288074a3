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
  'bench/README.md',
  'src/feed/INVARIANTS.md',
  ...readdirSync(new URL('docs/', ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Why a snippet is not run, by its page and its beginning. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  'README.md: POSTGRES_PASSWORD=': 'Needs Docker.',
  "packages/client/README.md: import { followFeed } from '@doctrine-wire/client';":
    'Names a server of yours. Its types are checked.',
  'docs/architecture.md: flowchart TD': 'A picture.',
  'docs/authentication.md: import { ApolloClient':
    'Asks an issuer of yours. Its types are checked, and tests/api/access/stock-clients.test.ts connects in this way.',
  "docs/client.md: import { followFeed } from '@doctrine-wire/client';\n\ndeclare const session":
    'Asks an issuer of yours. Its types are checked, and tests/client/tokens.test.ts renews tokens in this way.',
  'docs/desk.md: subscription Desk': 'Needs a token of an editor. tests/api/desk/live.test.ts subscribes so.',
  'docs/desk.md: mutation Regrade':
    'The reader chooses its input. It is validated. tests/api/desk/bulk.test.ts sends it.',
  'docs/duplicates.md: query Duplicates': 'Needs a token. tests/api/write/duplicates.test.ts asks it.',
  'docs/duplicates.md: query Similar': 'Needs a token. tests/api/write/duplicates.test.ts asks it.',
  'docs/duplicates.md: mutation Judge': 'The reader chooses its input. It is validated.',
  'docs/duplicates.md: query Preview': 'Needs a token. tests/api/merging/kinds.test.ts asks it.',
  'docs/duplicates.md: mutation Merge': 'The reader chooses its input. It is validated.',
  'docs/errors.md: mutation Record($input: RecordStatementInput!) {':
    'The reader chooses its input. It is validated.',
  'docs/evidence.md: flowchart LR': 'A picture.',
  'docs/import.md: names:': 'A part of a mapping.',
  'docs/import.md: citations:': 'A part of a mapping.',
  'docs/intake.md: mutation Watch':
    'Needs a token of an editor. tests/intake/watch/watching.test.ts watches so.',
  'docs/intake.md: {\n  "version"': 'tests/intake/model/contract.test.ts reads its answer.',
  'docs/intake.md: {\n  "suggestions"': 'tests/intake/model/contract.test.ts reads it.',
  'docs/links.md: <iframe': 'tests/browser/embed.test.ts shows such a frame.',
  'docs/links.md: ?kind=': 'tests/parameters/selection.test.ts reads such strings.',
  'docs/links.md: Expected kind': 'tests/parameters/selection.test.ts expects this message.',
  'docs/review.md: stateDiagram-v2': 'A picture.',
  'docs/review.md: mutation Decide': 'The reader chooses its input. It is validated.',
  'docs/questions.md: {': 'tests/api/read/questions.test.ts compares it with the answer.',
};

/** Returns the reason why a snippet is not run, if it is listed. */
export function reasonNotToRun({ name, text }: Snippet): string | undefined {
  const whole = `${name.replace(/:\d+$/, '')}: ${text}`;
  const key = Object.keys(NOT_RUN).find((start) => whole.startsWith(start));
  return key === undefined ? undefined : NOT_RUN[key];
}

/**
 * All snippets of the README and the guides in one of the languages, without parts of the examples: those run in
 * tests/examples.
 */
export function snippetsIn(...languages: string[]): readonly Snippet[] {
  return allSnippets().filter(({ language }) => languages.includes(language));
}

/** All snippets in any language. */
export function allSnippets(): readonly Snippet[] {
  return PAGES.flatMap((page) => {
    const text = readFileSync(new URL(page, ROOT), 'utf8');
    return [...text.matchAll(FENCE)].map(({ 1: language = '', 2: body = '', index }) => ({
      name: `${page}:${text.slice(0, index).split('\n').length}`,
      language,
      text: body,
    }));
  }).filter(({ text }) => !text.startsWith('// examples/'));
}
