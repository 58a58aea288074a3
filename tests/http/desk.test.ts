import { expect } from 'vitest';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase, test } from '../support/fixtures.js';
import { startTestServer } from '../support/server.js';

describeWithDatabase('the desk over HTTP', () => {
  test('is one page for all of its paths, with a policy that allows its own files only', async ({
    server,
  }) => {
    const [first, second] = await Promise.all(
      ['/desk', '/desk/d/some-draft/edit'].map((path) => fetch(new URL(path, server.url))),
    );
    const policy = first?.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w+/=]{24}';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(first?.headers.get('referrer-policy')).toBe('same-origin');
    expect(first?.headers.get('cache-control')).toBe('no-store');
    expect(second?.status).toBe(200);
    // A nonce that comes twice would be worth nothing.
    expect(second?.headers.get('content-security-policy')).not.toBe(policy);
    const html = (await first?.text()) ?? '';
    const [, nonce] = policy.match(/nonce-([^']+)/) ?? [];
    expect(html).toContain(`<meta property="csp-nonce" content="${nonce}"`);
    const [, script = ''] = html.match(/src="([^"]+)"/) ?? [];
    const file = await fetch(new URL(script, server.url));
    expect(file.status).toBe(200);
    expect(file.headers.get('cache-control')).toContain('immutable');
  });

  test('answers 404 for a file that it does not have, and takes no POST', async ({ server }) => {
    expect((await fetch(new URL('/desk/assets/none.js', server.url))).status).toBe(404);
    expect((await fetch(new URL('/desk', server.url), { method: 'POST' })).status).toBe(404);
    expect((await fetch(new URL('/desktop', server.url))).status).toBe(404);
  });

  test('can be turned off', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { DESK: '0' });
    expect((await fetch(new URL('/desk', server.url))).status).toBe(404);
  });
});
