import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect, vi } from 'vitest';
import { startNode } from '../support/processes/processes.js';

const SCRIPT = fileURLToPath(new URL('../../tools/dependencies.js', import.meta.url));

type Contents = {
  manifest: { dependencies: Record<string, string>; devDependencies: Record<string, string> };
  lock: { packages: Record<string, object> };
  reasons: { why: Record<string, string>; licences: string[] };
};

/** A project with one production dependency, one transitive dependency, and its page. */
interface Project {
  /** Applies `change` to the files and checks them. */
  check(change?: (contents: Contents) => void): Promise<{ code: number | null | undefined; stdout: string }>;
  /** Applies `change` to the files, writes the page and returns it. */
  write(change?: (contents: Contents) => void): Promise<string>;
}

const contents = (): Contents => ({
  manifest: { dependencies: { one: '1.2.3' }, devDependencies: { tool: '4.5.6' } },
  lock: {
    packages: {
      '': {},
      'node_modules/one': { version: '1.2.3', license: 'MIT' },
      'node_modules/two': { version: '2.0.0', license: '(GPL-3.0 OR ISC)' },
      'node_modules/tool': { version: '4.5.6', license: 'GPL-3.0', dev: true, hasInstallScript: true },
    },
  },
  reasons: { why: { one: 'Counts.' }, licences: ['ISC', 'MIT'] },
});

const test = base.extend<{ project: Project }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that it needs off the pattern.
  project: async ({}, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-'));
    await mkdir(join(directory, 'tools'));
    await mkdir(join(directory, 'docs'));
    const run = async (change: (contents: Contents) => void, ...args: string[]) => {
      const { manifest, lock, reasons } = contents();
      change({ manifest, lock, reasons });
      await writeFile(join(directory, 'package.json'), JSON.stringify(manifest));
      await writeFile(join(directory, 'package-lock.json'), JSON.stringify(lock));
      await writeFile(join(directory, 'tools/dependencies.json'), JSON.stringify(reasons));
      await using running = startNode(SCRIPT, args, {}, directory);
      await vi.waitUntil(() => running.exit, { timeout: 50_000 });
      expect(running.stderr).toBe('');
      return { code: running.exit?.code, stdout: running.stdout };
    };
    const project: Project = {
      check: (change = () => {}) => run(change, '--check'),
      write: async (change = () => {}) => {
        await run(change);
        return readFile(join(directory, 'docs/dependencies.md'), 'utf8');
      },
    };
    await project.write();
    await use(project);
    await rm(directory, { recursive: true, force: true });
  },
});

test('accepts the page it wrote, without development dependencies', async ({ project }) => {
  const { code, stdout } = await project.check();
  expect(stdout).toBe('1 production dependencies, 1 transitive ones: (GPL-3.0 OR ISC), MIT.\n');
  expect(code).toBe(0);
});

test('lists the reason for each dependency and the number of transitive ones', async ({ project }) => {
  const page = await project.write();
  expect(page).toContain('| `one` | 1.2.3 | MIT | Counts. | unknown | not installed |');
  expect(page).toContain('Their 1 transitive dependencies');
});

const CHANGES: Record<string, [change: (contents: Contents) => void, complaint: string]> = {
  'without a reason': [({ reasons }) => delete reasons.why['one'], 'one: no reason; add one to'],
  'that was removed while its reason remains': [
    ({ reasons }) => Object.assign(reasons.why, { three: 'Was here.' }),
    'three: has a reason in tools/dependencies.json but is no production dependency',
  ],
  'with a version range': [
    ({ manifest }) => Object.assign(manifest.dependencies, { one: '^1.2.3' }),
    'one: expected an exact version in package.json, got "^1.2.3"',
  ],
  'with a transitive dependency under a licence that is not allowed': [
    ({ lock }) => Object.assign(lock.packages['node_modules/two'] ?? {}, { license: 'GPL-3.0' }),
    'node_modules/two: licence GPL-3.0; expected one of ISC, MIT',
  ],
  'without a licence': [
    ({ lock }) => Object.assign(lock.packages, { 'node_modules/one': { version: '1.2.3' } }),
    'node_modules/one: licence unknown',
  ],
  'with an install script': [
    ({ lock }) => Object.assign(lock.packages['node_modules/two'] ?? {}, { hasInstallScript: true }),
    'node_modules/two: runs a script when installed',
  ],
  'that is missing on the page': [
    ({ manifest, lock, reasons }) => {
      Object.assign(manifest.dependencies, { three: '3.0.0' });
      Object.assign(lock.packages, { 'node_modules/three': { version: '3.0.0', license: 'MIT' } });
      Object.assign(reasons.why, { three: 'Is new.' });
    },
    'three: missing in docs/dependencies.md',
  ],
  'with an outdated version on the page': [
    ({ manifest, lock }) => {
      Object.assign(manifest.dependencies, { one: '1.3.0' });
      Object.assign(lock.packages['node_modules/one'] ?? {}, { version: '1.3.0' });
    },
    'one: outdated in docs/dependencies.md',
  ],
};

for (const [what, [change, complaint]] of Object.entries(CHANGES)) {
  test(`fails for a production dependency ${what}`, async ({ project }) => {
    const { code, stdout } = await project.check(change);
    expect(stdout).toContain(complaint);
    expect(code).toBe(1);
  });
}
