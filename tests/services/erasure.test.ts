import { expect } from 'vitest';
import { CITED } from '../support/example-source.js';
import { expectVerified } from '../support/expect-verified.js';
import { describeWithDatabase, publishStatement, test } from '../support/fixtures.js';
import { addressOf } from '../support/processes/postgres.js';
import { post, run, serve } from '../support/processes/processes.js';
import { mutate } from '../support/writes.js';

const QUESTIONS = [
  '{ developments(filter: { status: [PUBLISHED, RETRACTED] }) { nodes { headline summary slug } } }',
  '{ development(slug: "xylograph-speaks") { headline } }',
  '{ developments(filter: { text: "xylograph" }) { totalCount nodes { headline } } }',
  '{ developments(asOf: { moment: "2099-01-01T00:00:00Z" }) { nodes { headline } } }',
];

/** Each of them shows the name of the person before the erasure. */
const NAMING = [
  '{ developments { nodes { participants { actor { name } } } } }',
  '{ actors { nodes { slug names { name } } } }',
  '{ actor(slug: "zanzibar-kwyjibo") { name } }',
  '{ developments(filter: { text: "kwyjibo" }) { nodes { participants { capacity } } } }',
  '{ actors(asOf: { moment: "2099-01-01T00:00:00Z" }) { nodes { name } } }',
];

/** Asks as a reader, whose answers are cached. */
async function ask(url: string, query: string): Promise<string> {
  const address = new URL('/graphql', url);
  address.searchParams.set('query', query);
  const response = await fetch(address, { headers: { accept: 'application/json' } });
  return response.text();
}

const asked = (urls: readonly string[], queries: readonly string[] = QUESTIONS) =>
  Promise.all(urls.flatMap((url) => queries.map((query) => ask(url, query))));

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
    const isShown = (answer: string) => answer.includes('Xylograph');
    await expect.poll(async () => (await asked(urls)).filter((answer) => !isShown(answer))).toEqual([]);
    // The second time from the caches.
    expect((await asked(urls)).every(isShown)).toBe(true);

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
    await expect.poll(async () => (await asked(urls)).filter(isShown)).toEqual([]);
    const again = await run(['erase', '--code', code], env);
    expect(again.exit?.code).toBe(1);
    const { audit } = await post(one.url, '{ audit(first: 2) { nodes { act actor } } }');
    expect(audit.nodes).toEqual([
      { act: 'ERASED', actor: 'command line' },
      { act: 'ERASURE_REQUESTED', actor: 'command line' },
    ]);
    await expectVerified(server.db);
  }, 180_000);

  test('takes a person from the answers and caches of both', async ({ server }) => {
    const [found] = await server.db.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
    const env = { DATABASE_URL: addressOf(found?.name ?? '') };
    await using one = await serve(env);
    await using other = await serve(env);
    const urls = [one.url, other.url];
    const isNamed = (answer: string) => /kwyjibo/i.test(answer);
    await mutate(server, 'upsertActor', {
      ...{ slug: 'zanzibar-kwyjibo', kind: 'PERSON', name: 'Zanzibar Kwyjibo' },
      names: [{ name: 'Z. Kwyjibo', language: 'en' }],
    });
    await publishStatement(server, 'Somebody speaks', {
      participants: [{ role: 'SPEAKER', actor: 'zanzibar-kwyjibo', capacity: 'Head of Kwyjibo' }],
    });
    await expect
      .poll(async () => (await asked(urls, NAMING)).filter((answer) => !isNamed(answer)))
      .toEqual([]);

    const asPerson = ['--target', 'ACTOR', '--ground', 'PERSONAL_DATA', '--reason', 'Case 7'];
    const requested = await run(['erase', 'zanzibar-kwyjibo', ...asPerson], env);
    expect(requested).toMatchObject({ exit: { code: 0 }, stderr: '' });
    const code = /--code (\S+)/.exec(requested.stdout)?.[1] ?? '';
    expect(await run(['erase', '--code', code], env)).toMatchObject({ exit: { code: 0 }, stderr: '' });
    await expect.poll(async () => (await asked(urls, NAMING)).filter(isNamed)).toEqual([]);
    await expectVerified(server.db);
  }, 180_000);
});
