import { access, readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { download } from '../../src/import/read/download.js';
import { openInputs } from '../../src/import/read/inputs.js';
import { test } from './fixture.js';

async function serve(listener: RequestListener): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

test('standard input and addresses are copied, and the copies deleted', async ({ save }) => {
  const file = await save('a.csv', 'id\n1\n');
  await using server = await serve((request, response) => {
    if (request.url === '/old.csv') response.writeHead(302, { location: '/data.csv?x=1' }).end();
    else response.end(`id\n${request.headers['user-agent']?.split('/')[0]}\n`);
  });
  const copies: string[] = [];
  {
    await using inputs = await openInputs(
      [file, '-', `${server.url}/old.csv`],
      Readable.from(['id\n', '2\n']),
      {
        allowPrivate: true,
      },
    );
    expect(inputs.files.map(({ name }) => name)).toEqual([file, 'standard input', `${server.url}/old.csv`]);
    const texts = await Promise.all(inputs.files.map(({ path }) => readFile(path, 'utf8')));
    expect(texts).toEqual(['id\n1\n', 'id\n2\n', 'id\ndoctrine-wire\n']);
    copies.push(...inputs.files.slice(1).map(({ path }) => path));
  }
  // Their directory too, but not the file that was given.
  for (const path of [...copies, ...copies.map(dirname)])
    await expect(access(path)).rejects.toThrow('ENOENT');
  expect(copies).toHaveLength(2);
  await access(file);
});

test('an address of a private network is refused unless allowed', async ({ save }) => {
  const path = join(dirname(await save('x', '')), 'copy');
  for (const host of [
    '127.0.0.1',
    '[::1]',
    '[::ffff:10.0.0.1]',
    '10.1.2.3',
    '169.254.169.254',
    '0.0.0.0',
    'localhost',
    '2130706433',
    '[fd00::1]',
    '[64:ff9b::a00:1]',
  ]) {
    await expect(download(`http://${host}:1/a.csv`, path), host).rejects.toThrow(
      /leads to the private address/,
    );
  }
  await expect(download('http://user:secret@example.org/', path)).rejects.toThrow(
    /without a user name and a password: example/,
  );
});

test('statuses, redirects without end, other protocols, slow and large files are refused', async ({
  save,
}) => {
  const path = join(dirname(await save('x', '')), 'copy');
  await using server = await serve((request, response) => {
    if (request.url === '/gone') response.writeHead(404).end();
    else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
    else if (request.url === '/file') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    else if (request.url === '/slow') response.write('id\n');
    else response.end('x'.repeat(2_000));
  });
  const limits = { allowPrivate: true, maxBytes: 1_000, idleTimeout: 200 };
  const get = (name: string) => download(`${server.url}/${name}`, `${path}-${name}`, limits);
  await expect(get('gone')).rejects.toThrow(/answers with the status 404/);
  await expect(get('loop')).rejects.toThrow(/redirects more than 5 times/);
  await expect(get('file')).rejects.toThrow(/Expected an http or https address; got file:/);
  await expect(get('slow')).rejects.toThrow(/nothing came for 0\.2 s/);
  await expect(get('large')).rejects.toThrow(/has more than 1000 bytes/);
});
