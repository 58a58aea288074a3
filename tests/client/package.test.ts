import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, test } from 'vitest';

const CLIENT = fileURLToPath(new URL('../../packages/client/', import.meta.url));

async function temporaryDirectory() {
  const path = await mkdtemp(join(tmpdir(), 'doctrine-wire-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/**
 * Returns the gzipped size of what a page loads at once for an import of the built client, without host libraries.
 */
async function sizeOf(entry: string, names: string): Promise<number> {
  await using directory = await temporaryDirectory();
  const page = join(directory.path, 'page.js');
  await writeFile(page, `export { ${names} } from '${CLIENT}dist/${entry}.js';`);
  const built = await build({
    configFile: false,
    root: directory.path,
    logLevel: 'warn',
    build: {
      write: false,
      minify: true,
      ssr: true, // Without Vite's own code for preloading.
      rolldownOptions: {
        input: page,
        preserveEntrySignatures: 'strict',
        external: [/^@apollo\/client/, /^@urql\//, 'react', 'relay-runtime'],
      },
    },
  });
  const output = Array.isArray(built) ? (built[0]?.output ?? []) : 'output' in built ? built.output : [];
  const chunks = output.flatMap((file) => (file.type === 'chunk' ? [file] : []));
  const late = new Set(chunks.flatMap(({ dynamicImports }) => dynamicImports));
  const code = chunks.filter(({ fileName }) => !late.has(fileName)).map((chunk) => chunk.code);
  return gzipSync(code.join('\n'), { level: 9 }).length;
}

test('followFeed takes at most 9 KB gzip, and the adapters little more', async () => {
  expect(await sizeOf('index', 'followFeed')).toBeLessThanOrEqual(9 * 1024);
  expect(await sizeOf('apollo', 'createLink, typePolicies, possibleTypes')).toBeLessThanOrEqual(13 * 1024);
  expect(await sizeOf('urql', 'createExchange, keys, possibleTypes, updates')).toBeLessThanOrEqual(12 * 1024);
  expect(await sizeOf('relay', 'createNetwork')).toBeLessThanOrEqual(11 * 1024);
});

test('npm installs the packed client alone, below 1 MB', async () => {
  await using directory = await temporaryDirectory();
  const npm = (...parameters: string[]) =>
    execFileSync('npm', [...parameters, '--offline', '--ignore-scripts'], {
      cwd: directory.path,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const packed = npm('pack', CLIENT).trim();
  await writeFile(join(directory.path, 'package.json'), '{}');
  npm('install', '--no-audit', '--no-fund', `./${packed}`);
  const modules = join(directory.path, 'node_modules');
  const installed = (await readdir(modules)).filter((name) => !name.startsWith('.'));
  expect(installed).toEqual(['@doctrine-wire']);
  expect(await readdir(join(modules, '@doctrine-wire'))).toEqual(['client']);
  const files = await readdir(modules, { recursive: true });
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(modules, file))).size));
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(1_000_000);
});
