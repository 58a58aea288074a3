import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getOperationAST, Kind, parse, validate } from 'graphql';
import ts from 'typescript';
import { describe, expect, test as plain, vi } from 'vitest';
import { schema } from '../../src/graphql/schema.js';
import { parseMapping } from '../../src/import/mapping/mapping.js';
import { speeches } from '../import/fixture.js';
import { describeWithDatabase, publishStatement } from '../support/fixtures.js';
import { ADMIN_TOKEN, type TestServer } from '../support/server.js';
import { test } from '../support/shared.js';
import { allSnippets, NOT_RUN, reasonNotToRun, type Snippet, snippetsIn } from './snippets.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OUR_ADDRESS = '127.0.0.1:4000';

const named = (snippets: readonly Snippet[]) => snippets.map((snippet) => [snippet.name, snippet] as const);

/** Runs a program until it ends, or until its output satisfies `isEnough`. */
async function runUntil(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Record<string, string> },
  isEnough: (output: string) => boolean,
) {
  const child = spawn(command, args, {
    ...options,
    env: { ...process.env, TOKEN: ADMIN_TOKEN, ...options.env },
    detached: true,
  });
  let [output, errors] = ['', ''];
  const look = () => {
    if (isEnough(output) && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  child.stdout.on('data', (bytes: Buffer) => {
    output += bytes.toString();
    look();
  });
  child.stderr.on('data', (bytes: Buffer) => {
    errors += bytes.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output, errors };
}

/** Where programs run: within the repository, so that they find its packages. */
async function withDirectory(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(ROOT, 'tests/docs/.snippets-'));
  try {
    await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

const hereIs = ({ url }: TestServer, text: string) => text.replaceAll(OUR_ADDRESS, new URL(url).host);

const answers = snippetsIn('json').filter(({ name }) => name.startsWith('docs/errors.md'));
const documents = snippetsIn('graphql');
const areGivenAll = ({ text }: Snippet) =>
  getOperationAST(parse(text))?.variableDefinitions?.every(({ type }) => type.kind !== Kind.NON_NULL_TYPE) ??
  true;
const isRun = (snippet: Snippet) => areGivenAll(snippet) && reasonNotToRun(snippet) === undefined;

describeWithDatabase('a GraphQL document in the docs', () => {
  test.for(named(documents))('is valid and answered: %s', async ([, snippet], { dossier }) => {
    const { text } = snippet;
    const document = parse(text);
    expect(validate(schema, document)).toEqual([]);
    const operation = getOperationAST(document);
    if (!isRun(snippet)) return;
    if (operation?.operation === 'query') await dossier.data(text);
    if (operation?.operation !== 'subscription') return;
    for await (const { data, errors } of dossier.client().iterate({ query: text })) {
      expect(errors).toBeUndefined();
      expect(data).toEqual(expect.anything());
      break;
    }
  });
});

describeWithDatabase('an error in docs/errors.md', () => {
  const [error, warning] = answers.map(({ text }) => JSON.parse(text));

  test('is what the server answers', async ({ dossier }) => {
    const answer = await dossier.request('{ feedHead developments(first: 101) { totalCount } }');
    expect(answer.errors).toMatchObject(error.errors);
    expect(answer.data).toEqual({ feedHead: expect.any(String), developments: null });
  });

  test('has the warning of the server', async ({ dossier }) => {
    const query = '{ developments(filter: { topic: ["nope"] }) { nodes { slug } } }';
    expect(await dossier.request(query)).toMatchObject(warning);
  });
});

const withCurl = snippetsIn('sh').filter(({ text }) => text.includes('curl '));

describeWithDatabase('a shell command in the docs', () => {
  test.for(named(withCurl))('is answered: %s', async ([, { text }], { dossier }) => {
    await withDirectory(async (cwd) => {
      const script = hereIs(dossier, text);
      const isStream = text.includes('curl -N');
      const enough = (output: string) => isStream && output.includes('data: ');
      const { code, output, errors } = await runUntil('bash', ['-ec', script], { cwd }, enough);
      expect(output).not.toContain('"errors"');
      if (isStream) expect(output).toContain('event: next');
      else expect([code, output.trim()]).toEqual([0, expect.stringMatching(/\S/)]);
      for (const [, printed] of text.matchAll(/# prints (\S+)/g)) expect(output.trim()).toBe(printed);
      expect(errors).not.toContain('curl: (');
    });
  });

  plain('of npm is a script of the package', async () => {
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    const lines = snippetsIn('sh').flatMap(({ text }) => text.split('\n'));
    const used = lines.flatMap((line) =>
      [...line.matchAll(/npm (?:run )?([\w:]+)/g)].map(([, name]) => name),
    );
    expect(used.length).toBeGreaterThan(5);
    for (const name of used)
      if (!['ci', 'i', 'install'].includes(name ?? '')) expect(scripts).toHaveProperty([name ?? '']);
  });

  const commands = snippetsIn('sh')
    .flatMap(({ name, text }) => text.split('\n').map((line) => [name, line] as const))
    .filter(([, line]) => line.startsWith('npx doctrine-wire '));
  plain.for(commands)('is one of the server, with options that it has: %s %s', async ([, line]) => {
    const words = line.replace(/#.*/, '').trim().split(/\s+/).slice(2);
    const names = words[0] === 'token' ? words.slice(0, 2) : words.slice(0, 1);
    const args = [join(ROOT, 'dist/main.js'), ...names, '--help'];
    const { code, output } = await runUntil(process.execPath, args, { cwd: ROOT }, () => false);
    expect(code).toBe(0);
    for (const option of words.filter((word) => word.startsWith('--'))) expect(output).toContain(option);
  });
});

const programs = snippetsIn('ts', 'tsx', 'js');
const whole = programs.filter(
  ({ text }) =>
    !text.includes('declare ') &&
    text.includes('import ') &&
    text.includes('console.log') &&
    text.includes(OUR_ADDRESS),
);

describe('a program in the docs', () => {
  plain('has the right types', () => {
    const typed = programs.filter((snippet) => snippet.language !== 'js');
    expect(typed.length).toBeGreaterThan(2);
    expect(problemsIn(typed)).toEqual([]);
  });

  test.for(named(whole))('prints what it receives: %s', async ([, { text }], { dossier }) => {
    await withDirectory(async (cwd) => {
      const file = join(cwd, 'program.mjs');
      const { outputText } = ts.transpileModule(hereIs(dossier, text), {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      });
      await writeFile(file, outputText);
      // Subscribers of earlier snippets may still be leaving.
      const subscribers = () => dossier.fanOut.figures.subscribers;
      await vi.waitUntil(() => subscribers() === 0, 30_000);
      const running = runUntil(process.execPath, [file], { cwd }, (output) => output.includes('\n'));
      let isOver = false;
      void running.finally(() => {
        isOver = true;
      });
      await vi.waitUntil(() => isOver || subscribers() > 0, 30_000);
      if (!isOver) await publishStatement(dossier, 'Told to a program', { ...SPOKEN_IN_RUSSIA });
      const { output, errors } = await running;
      expect(errors).toBe('');
      expect(output).toMatch(/\S/);
    });
  });
});

/** Mappings of imports, and keys that complete one. */
const mappings = snippetsIn('yaml').filter(({ text }) => /^(record|encoding|where):/.test(text));

plain.for(named(mappings))('a mapping is valid: %s', ([, { text }]) => {
  const whole = text.startsWith('record:') ? text : `${speeches()}\n${text}`;
  expect(parseMapping(whole)).toHaveProperty('fields');
});

plain('every snippet is run, or has a reason why not', () => {
  const commands = snippetsIn('sh').filter(({ text }) => /^(npm|npx doctrine-wire) /.test(text));
  const run = new Set([
    ...documents.filter(isRun),
    ...answers,
    ...withCurl,
    ...commands,
    ...whole,
    ...mappings,
  ]);
  const left = allSnippets().filter(({ name }) => ![...run].some((snippet) => snippet.name === name));
  expect(left.filter((snippet) => reasonNotToRun(snippet) === undefined).map(({ name }) => name)).toEqual([]);
  expect(new Set(left.map(reasonNotToRun))).toEqual(new Set(Object.values(NOT_RUN)));
});

/** Programs follow some country. */
const SPOKEN_IN_RUSSIA = { participants: [{ actor: 'vladimir-putin', role: 'SPEAKER' }] };

/** Type-checks programs as modules of this repository. */
function problemsIn(snippets: readonly Snippet[]): string[] {
  const files = new Map(
    snippets.map((snippet, index) => [join(ROOT, `tests/docs/snippet-${index}.ts`), snippet] as const),
  );
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.esnext.disposable.d.ts'],
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => files.has(path) || fileExists.call(host, path);
  host.getSourceFile = (path, ...rest) => {
    const snippet = files.get(path);
    if (!snippet) return getSourceFile.call(host, path, ...rest);
    return ts.createSourceFile(path, snippet.text, ts.ScriptTarget.ES2022, true);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([path, { name }]) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(path)).map(({ messageText }) => {
      return `${name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    }),
  );
}
