import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect, vi } from 'vitest';
import { startNode } from '../support/processes/processes.js';

const SCRIPT = fileURLToPath(new URL('../../tools/schema-changes.js', import.meta.url));

const BEFORE = 'type Query {\n  developments(first: Int): [String!]!\n  feedHead: String!\n}\n';
const WITHOUT_FEED_HEAD = BEFORE.replace('  feedHead: String!\n', '');

/** A repository with one commit, whose schema is BEFORE. */
interface Repository {
  readonly directory: string;
  write(file: 'schema.graphql' | 'CHANGELOG.md', text: string): Promise<void>;
  git(...args: string[]): void;
  commit(): void;
  check(...args: string[]): Promise<{ code: number | null | undefined; stdout: string }>;
}

const test = base.extend<{ repository: Repository }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that it needs off the pattern.
  repository: async ({}, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-'));
    const git = (...args: string[]) => {
      execFileSync('git', ['-c', 'user.name=Tests', '-c', 'user.email=tests@example.org', ...args], {
        cwd: directory,
        stdio: 'pipe',
      });
    };
    const repository: Repository = {
      directory,
      git,
      write: (file, text) => writeFile(join(directory, file), text),
      commit: () => {
        git('add', '.');
        git('commit', '--quiet', '--no-verify', '--no-gpg-sign', '-m', 'A commit');
      },
      check: async (...args) => {
        await using running = startNode(SCRIPT, args, {}, directory);
        await vi.waitUntil(() => running.exit, { timeout: 50_000 });
        expect(running.stderr).toBe('');
        return { code: running.exit?.code, stdout: running.stdout };
      },
    };
    git('init', '--quiet');
    await repository.write('schema.graphql', BEFORE);
    await repository.write(
      'CHANGELOG.md',
      '# Changelog\n\n## Unreleased\n\n### Added\n\n- `Query.feedHead`.\n',
    );
    repository.commit();
    await use(repository);
    await rm(directory, { recursive: true, force: true });
  },
});

const changelog = (unreleased: string, released = '') =>
  `# Changelog\n\n## Unreleased\n\n${unreleased}\n\n## 0.1.0\n\n${released}\n`;

test('fails for a breaking change and prints the missing changelog line', async ({ repository }) => {
  await repository.write('schema.graphql', WITHOUT_FEED_HEAD);
  const { code, stdout } = await repository.check();
  expect(stdout).toContain("breaking: Query.feedHead: Field 'feedHead' was removed");
  expect(stdout).toContain('  - `Query.feedHead`: what clients lose');
  expect(code).toBe(1);
});

test('passes for an addition', async ({ repository }) => {
  await repository.write('schema.graphql', BEFORE.replace('}', '  epoch: String\n}'));
  const { code, stdout } = await repository.check();
  expect(stdout).toBe('schema.graphql since HEAD: changes 1, breaking 0.\n');
  expect(code).toBe(0);
});

test('passes for breaking changes that a path with * covers, and fails for others', async ({
  repository,
}) => {
  await repository.write('schema.graphql', 'type Query {\n  developments: [String!]!\n}\n');
  await repository.write('CHANGELOG.md', changelog('### Breaking\n\n- `Query.*.first`: Gone.'));
  const { code, stdout } = await repository.check();
  expect(stdout).toContain('breaking, announced: Query.developments.first');
  expect(stdout).toContain('breaking: Query.feedHead');
  expect(code).toBe(1);
});

test('passes for a breaking change listed in the changelog', async ({ repository }) => {
  await repository.write('schema.graphql', WITHOUT_FEED_HEAD.replace('first: Int', 'first: Int!'));
  await repository.write(
    'CHANGELOG.md',
    changelog(
      '### Breaking\n\n- `Query.feedHead`,\n  `Query.developments.first`: gone, and needed: ask for more.\n\n### Added\n',
    ),
  );
  const { code, stdout } = await repository.check();
  expect(stdout).toContain('breaking, announced: Query.feedHead');
  expect(stdout).toContain('breaking, announced: Query.developments.first');
  expect(code).toBe(0);
});

for (const [what, text] of [
  ['another change', changelog('### Breaking\n\n- `Query.developments`: gone.')],
  [
    'it after the colon of another item',
    changelog('### Breaking\n\n- `Query.developments`: ask for `Query.feedHead` before.'),
  ],
  ['it under Added', changelog('### Breaking\n\n### Added\n\n- `Query.feedHead`: gone.')],
  ['it under an earlier version', changelog('', '### Breaking\n\n- `Query.feedHead`: gone.')],
] as const) {
  test(`fails for a breaking change if the changelog lists ${what}`, async ({ repository }) => {
    await repository.write('schema.graphql', WITHOUT_FEED_HEAD);
    await repository.write('CHANGELOG.md', text);
    expect(await repository.check()).toMatchObject({ code: 1 });
  });
}

test('compares a committed change with the previous commit', async ({ repository }) => {
  await repository.write('schema.graphql', WITHOUT_FEED_HEAD);
  repository.commit();
  expect(await repository.check()).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('since HEAD~1: changes 1, breaking 1'),
  });
  expect(await repository.check('HEAD')).toMatchObject({ code: 0 });
});

test('passes with a message if the previous commit is not in the clone', async ({ repository }) => {
  expect(await repository.check()).toEqual({
    code: 0,
    stdout: 'HEAD~1 is not in this clone (first commit or shallow clone): nothing to compare with.\n',
  });
});

test('fails for an unknown commit', async ({ repository }) => {
  const { code, stdout } = await repository.check('v9.9.9');
  expect(stdout).toContain('No commit "v9.9.9" here.');
  expect(code).toBe(2);
});
