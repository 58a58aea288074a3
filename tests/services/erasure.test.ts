import { expect, vi } from 'vitest';
import { CITED } from '../support/example-source.js';
import { expectVerified } from '../support/expect-verified.js';
import { describeWithDatabase, publishStatement, test } from '../support/fixtures.js';
import { addressOf } from '../support/processes/postgres.js';
import { post, run, serve } from '../support/processes/processes.js';

const QUESTIONS = [
  '{ developments(filter: { status: [PUBLISHED, RETRACTED] }) { nodes { headline summary slug } } }',
  '{ development(slug: "xylograph-speaks") { headline } }',
  '{ developments(filter: { text: "xylograph" }) { totalCount nodes { headline } } }',
  '{ developments(asOf: { time: "2099-01-01T00:00:00Z" }) { nodes { headline } } }',
];

/** Asks as a reader, whose answers are cached. */
async function ask(url: string, query: string): Promise<string> {
  const address = new URL('/graphql', url);
  address.searchParams.set('query', query);
  const response = await fetch(address, { headers: { accept: 'application/json' } });
  return response.text();
}

const asked = (urls: readonly string[]) =>
  Promise.all(urls.flatMap((url) => QUESTIONS.map((query) => ask(url, query))));

describeWithDatabase('the command "erase"', () => {
  test('erases in two steps, also from the caches of two running instances', async ({ server }) => {
    const [found] = await server.db.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
    const env = { DATABASE_URL: addressOf(found?.name ?? '') };
    await using one = await serve(env);
    await using other = await serve(env);
    const urls = [one.url, other.url];
    const slug = await publishStatement(server, 'Xylograph speaks', {
      ...{ slug: 'xylograph-speaks', summary: 'Xylograph spoke.', ...CITED },
    });
    await vi.waitUntil(
      async () => (await asked(urls)).filter((answer) => answer.includes('Xylograph')).length >= 6,
      { timeout: 30_000, interval: 100 },
    );
    // The second time from the caches.
    expect((await asked(urls)).some((answer) => answer.includes('Xylograph'))).toBe(true);

    const missing = await run(['erase', slug, '--ground', 'LAW'], env);
    expect(missing.exit?.code).toBe(1);
    expect(missing.stderr).toContain('expected a slug with --ground and --reason, or --code');
    const unknown = await run(['erase', 'nowhere', '--ground', 'LAW', '--reason', 'Case 7'], env);
    expect(unknown.exit?.code).toBe(1);
    expect(unknown.stderr).toContain('"nowhere"');
    const requested = await run(['erase', slug, '--ground', 'LAW', '--reason', 'Case 7'], env);
    expect(requested.stdout).toContain(
      '"Xylograph speaks": 1 revisions and 0 notes would be erased for good.',
    );
    const code = /--code (\S+)/.exec(requested.stdout)?.[1] ?? '';
    expect((await ask(one.url, QUESTIONS[0] ?? '')).includes('Xylograph')).toBe(true);

    const erased = await run(['erase', '--code', code], env);
    expect(erased).toMatchObject({ exit: { code: 0 }, stderr: '' });
    expect(erased.stdout).toMatch(/^Erased 1 revisions and 0 notes\. The development is now "erased-/);
    await vi.waitUntil(async () => !(await asked(urls)).some((answer) => answer.includes('Xylograph')), {
      ...{ timeout: 30_000, interval: 100 },
    });
    const again = await run(['erase', '--code', code], env);
    expect(again.exit?.code).toBe(1);
    const { audit } = await post(one.url, '{ audit(first: 2) { nodes { act actor } } }');
    expect(audit.nodes).toEqual([
      { act: 'ERASED', actor: 'command line' },
      { act: 'ERASURE_REQUESTED', actor: 'command line' },
    ]);
    await expectVerified(server.db);
  }, 180_000);
});
