import { once } from 'node:events';
import { expect } from 'vitest';
import WebSocket from 'ws';
import { loadConfig } from '../../src/config/load.js';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { exchange } from '../support/hostile/tcp-exchange.js';
import { startTestServer } from '../support/server.js';
import { test } from '../support/shared.js';

const QUERY = '/graphql?query=%7B__typename%7D';

/** Sends a GET with these Host headers, and returns the response. */
const get = (url: string, hosts: readonly string[], target = QUERY, headers: readonly string[] = []) =>
  exchange(url, [
    [
      `GET ${target} HTTP/1.1`,
      ...hosts.map((host) => `Host: ${host}`),
      'Connection: close',
      ...headers,
      '',
      '',
    ].join('\r\n'),
  ]);

async function upgrade(url: string, host: string): Promise<number> {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { headers: { host } });
  socket.on('error', () => {});
  const refused = once(socket, 'unexpected-response').then(([, { statusCode }]) => statusCode as number);
  const status = await Promise.race([once(socket, 'open').then(() => 101), refused]);
  socket.terminate();
  return status;
}

describeWithDatabase('a server on loopback', () => {
  test('answers to the names of loopback at any port', async ({ server }) => {
    for (const host of ['localhost', 'LOCALHOST:1', 'localhost.', '127.0.0.1:4000', '[::1]', '[::1]:80']) {
      expect([host, (await get(server.url, [host])).status]).toEqual([host, 200]);
    }
    expect(await upgrade(server.url, 'localhost:4000')).toBe(101);
  });

  test('refuses other hosts, so that no name of another site leads a browser to it', async ({ server }) => {
    const foreign = ['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', '10.0.0.1'];
    for (const host of foreign) {
      const { status, text } = await get(server.url, [host], QUERY, [`Origin: http://${host}`]);
      expect([host, status]).toEqual([host, 421]);
      expect(text).toContain('ALLOWED_HOSTS');
      expect(text).toContain('"FORBIDDEN_HOST"');
    }
    for (const target of [
      '/',
      '/graphql',
      '/graphql/assets/x',
      '/metrics',
      '/health/live',
      '/health/ready',
    ]) {
      const { status } = await get(server.url, ['evil.example'], target, ['Accept: text/html']);
      expect([target, status]).toEqual([target, 421]);
    }
    expect(await upgrade(server.url, 'evil.example')).toBe(421);
  });

  test('refuses what is no host', async ({ server }) => {
    for (const host of ['localhost@evil.example', 'localhost/', '[', '']) {
      expect([host, (await get(server.url, [host])).status]).toEqual([host, 400]);
    }
  });

  test('tells probes and scrapers that ask for its address', async ({ server }) => {
    for (const host of ['10.1.2.3:4000', '[fd00::1]:4000']) {
      for (const target of ['/health/live', '/health/ready', '/metrics']) {
        expect([target, (await get(server.url, [host], target)).status]).toEqual([target, 200]);
      }
    }
  });

  test('refuses a request with two hosts', async ({ server }) => {
    for (const target of [QUERY, '/graphql', '/health/live', '/metrics']) {
      for (const hosts of [
        ['localhost', 'evil.example'],
        ['localhost', 'localhost'],
      ]) {
        expect((await get(server.url, hosts, target)).status).toBe(400);
      }
    }
    const handshake = ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13'];
    const key = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';
    expect((await get(server.url, ['localhost', 'x'], '/graphql', [...handshake, key])).status).toBe(400);
  });
});

describeWithDatabase('ALLOWED_HOSTS', () => {
  test('names the hosts, with a port or for any', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, {
      ALLOWED_HOSTS: 'Record.example.org, other.example:8443',
    });
    const statuses = async (...hosts: string[]) =>
      Promise.all(hosts.map(async (host) => (await get(server.url, [host])).status));
    expect(
      await statuses(
        'record.example.org',
        'record.EXAMPLE.org:1',
        'other.example:8443',
        'localhost',
        'other.example',
      ),
    ).toEqual([200, 200, 200, 421, 421]);
  });

  test('has defaults by HOST', () => {
    const hostsFor = (env: Record<string, string>) => loadConfig(env).allowedHosts;
    expect(hostsFor({})).toContain('localhost');
    expect(hostsFor({ HOST: '127.0.0.2' })).toContain('127.0.0.2');
    expect(hostsFor({ HOST: '0.0.0.0' })).toBeUndefined();
    expect(hostsFor({ ALLOWED_HOSTS: '*' })).toBeUndefined();
    expect(hostsFor({ HOST: '0.0.0.0', ALLOWED_HOSTS: 'a.example' })).toEqual(['a.example']);
    for (const bad of ['http://a.example', 'a.example/x', 'a b', 'a.example,']) {
      expect(() => hostsFor({ ALLOWED_HOSTS: bad })).toThrow(/ALLOWED_HOSTS: expected hosts/);
    }
  });
});
