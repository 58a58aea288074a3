import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getOperationAST, Kind, parse, validate } from 'graphql';
import ts from 'typescript';
import { describe, expect, test as plain, vi } from 'vitest';
import { schema } from '../../src/graphql/schema.js';
import { describeWithDatabase, publishStatement } from '../support/fixtures.js';
import { ADMIN_TOKEN, type TestServer } from '../support/server.js';
import { test } from '../support/shared.js';
import { type Snippet, snippetsIn } from './snippets.js';

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

describeWithDatabase('a GraphQL document in the docs', () => {
  test.for(named(snippetsIn('graphql')))('is valid and answered: %s', async ([, { text }], { dossier }) => {
    const document = parse(text);
    expect(validate(schema, document)).toEqual([]);
    const operation = getOperationAST(document);
    const isWhole = operation?.variableDefinitions?.every(({ type }) => type.kind !== Kind.NON_NULL_TYPE);
    if (!isWhole) return;
    if (operation?.operation === 'query') await dossier.data(text);
    if (operation?.operation !== 'subscription') return;
    for await (const { data, errors } of dossier.client().iterate({ query: text })) {
      expect(errors).toBeUndefined();
      expect(data).toEqual(expect.anything());
      break;
    }
  });
});

describeWithDatabase('a shell command in the docs', () => {
  const withCurl = snippetsIn('sh').filter(({ text }) => text.includes('curl '));
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

describe('a program in the docs', () => {
  const programs = snippetsIn('ts', 'tsx', 'js');

  plain('has the right types', () => {
    const typed = programs.filter((snippet) => snippet.language !== 'js');
    expect(typed.length).toBeGreaterThan(2);
    expect(problemsIn(typed)).toEqual([]);
  });

  const whole = programs.filter(
    (snippet) =>
      !snippet.text.includes('declare ') &&
      snippet.text.includes('import ') &&
      snippet.text.includes('console.log') &&
      snippet.text.includes(OUR_ADDRESS),
  );
  test.for(named(whole))('prints what it receives: %s', async ([, { text }], { dossier }) => {
    await withDirectory(async (cwd) => {
      const file = join(cwd, 'program.mjs');
      const { outputText } = ts.transpileModule(hereIs(dossier, text), {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      });
      await writeFile(file, outputText);
      const running = runUntil(process.execPath, [file], { cwd }, (output) => output.includes('\n'));
      let isOver = false;
      void running.finally(() => {
        isOver = true;
      });
      await vi.waitUntil(() => isOver || dossier.fanOut.figures.subscribers > 0, 20_000);
      if (!isOver) await publishStatement(dossier, 'Told to a program', { ...SPOKEN_IN_RUSSIA });
      const { output, errors } = await running;
      expect(errors).toBe('');
      expect(output).toMatch(/\S/);
    });
  });
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
