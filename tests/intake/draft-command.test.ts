import { expect, test } from 'vitest';
import { createDirectory } from '../support/database.js';
import { serveWeb } from '../support/hostile-web.js';
import { pdfOf } from '../support/pdf.js';
import { run } from '../support/processes/processes.js';

const LINES = ['“We will stay,” Ada Brook said.', '', 'She said that the site was open.'];

test('prints the suggestions of an address, and refuses private ones', { timeout: 120_000 }, async () => {
  await using site = await serveWeb((request, response) => {
    const isPdf = request.url === '/file.pdf';
    if (request.url === '/none') return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': isPdf ? 'application/pdf' : 'text/plain; charset=utf-8' });
    return response.end(isPdf ? pdfOf(['Ada Brook said that the site was open.']) : LINES.join('\n'));
  });
  await using database = await createDirectory();
  const env = { DATA_DIR: database.location.directory };
  const allowed = { ...env, INTAKE_ALLOW: `127.0.0.1:${site.port}` };

  const printed = await run(['draft', '--json', `${site.url}/page`], allowed);
  expect(printed.stderr).toBe('');
  const { url, suggestions } = JSON.parse(printed.stdout);
  expect(url).toBe(`${site.url}/page`);
  expect(suggestions).toContainEqual(expect.objectContaining({ kind: 'STATEMENT', grade: 'A' }));
  expect((await run(['draft', `${site.url}/file.pdf`], allowed)).stdout).toMatch(/^STATEMENT/);

  const asked = site.requests.length;
  const refused = await run(['draft', `${site.url}/page`], env);
  expect(refused.exit?.code).toBe(1);
  expect(refused.stderr).toMatch(/leads to the private address 127\.0\.0\.1\. .*INTAKE_ALLOW.*\n$/);
  expect((await run(['draft', 'file:///etc/passwd'], allowed)).stderr).toBe(
    'Expected an http or https address; got file:///etc/passwd.\n',
  );
  expect(site.requests).toHaveLength(asked);
  const missing = await run(['draft', `${site.url}/none`], allowed);
  expect(missing.stderr).toBe(`${site.url}/none answers with the status 404.\n`);
});
