import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect, vi } from 'vitest';
import { startNode } from '../support/processes.js';

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

test('a breaking change fails, with the line that the changelog lacks', async ({ repository }) => {
  await repository.write('schema.graphql', WITHOUT_FEED_HEAD);
  const { code, stdout } = await repository.check();
  expect(stdout).toContain("breaking: Query.feedHead: Field 'feedHead' was removed");
  expect(stdout).toContain('  - `Query.feedHead`: what clients lose');
  expect(code).toBe(1);
});

test('a change that only adds passes', async ({ repository }) => {
  await repository.write('schema.graphql', BEFORE.replace('}', '  epoch: String\n}'));
  const { code, stdout } = await repository.check();
  expect(stdout).toBe('schema.graphql since HEAD: changes 1, breaking 0.\n');
  expect(code).toBe(0);
});

test('a breaking change that the changelog names passes', async ({ repository }) => {
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
  ['it in passing', changelog('### Breaking\n\n- `Query.developments`: ask for `Query.feedHead` before.')],
  ['it among what was added', changelog('### Breaking\n\n### Added\n\n- `Query.feedHead`: gone.')],
  ['it in an earlier version', changelog('', '### Breaking\n\n- `Query.feedHead`: gone.')],
] as const) {
  test(`a breaking change fails where the changelog names ${what}`, async ({ repository }) => {
    await repository.write('schema.graphql', WITHOUT_FEED_HEAD);
    await repository.write('CHANGELOG.md', text);
    expect(await repository.check()).toMatchObject({ code: 1 });
  });
}

test('once committed, the change is held against the commit before', async ({ repository }) => {
  await repository.write('schema.graphql', WITHOUT_FEED_HEAD);
  repository.commit();
  expect(await repository.check()).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('since HEAD~1: changes 1, breaking 1'),
  });
  expect(await repository.check('HEAD')).toMatchObject({ code: 0 });
});

test('a clone without the commit before says so and passes', async ({ repository }) => {
  expect(await repository.check()).toEqual({
    code: 0,
    stdout: 'HEAD~1 is not in this clone (the first commit, or a shallow clone): nothing to compare with.\n',
  });
});

test('a commit that is asked for must be there', async ({ repository }) => {
  const { code, stdout } = await repository.check('v9.9.9');
  expect(stdout).toContain('No commit "v9.9.9" here.');
  expect(code).toBe(2);
});
