import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, vi } from 'vitest';
import { isDatabaseThere } from '../database.js';
import { freePort } from './free-port.js';

const NGINX = process.env['NGINX'] ?? '/usr/sbin/nginx';
const CONFIGURATION = new URL('../../../deploy/nginx.conf', import.meta.url);

/** A group of tests that need nginx and the project's database; skipped if one is not available. */
export const describeWithNginx = describe.skipIf(!(isNginxThere() && (await isDatabaseThere())));

function isNginxThere(): boolean {
  if (existsSync(NGINX)) return true;
  const message = `No nginx at ${NGINX} (NGINX for another path)`;
  if (process.env['REQUIRE_SERVICES'] === '1') throw new Error(`${message}.`);
  console.warn(`${message}. Its tests are skipped.`);
  return false;
}

/** nginx as the proxy of two instances. */
export interface Nginx extends AsyncDisposable {
  /** The URL of GraphQL through the proxy. */
  readonly url: string;
  /** Returns its access and error log. */
  log(): Promise<string>;
}

/** Starts nginx with deploy/nginx.conf, with only the addresses and the directory for files replaced. */
export async function startNginx(instances: readonly [string, string]): Promise<Nginx> {
  const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-nginx-'));
  await chmod(directory, 0o755); // The workers run as another user.
  const port = await freePort();
  const changes = {
    'listen 8080;': `listen 127.0.0.1:${port};`,
    'server doctrine-wire-1:4000 ': `server ${new URL(instances[0]).host} `,
    'server doctrine-wire-2:4000 ': `server ${new URL(instances[1]).host} `,
    ' /tmp/': ` ${directory}/`,
  };
  let text = await readFile(CONFIGURATION, 'utf8');
  for (const [ours, here] of Object.entries(changes)) {
    if (!text.includes(ours))
      throw new Error(`Expected "${ours}" in deploy/nginx.conf, to put "${here}" there.`);
    text = text.replaceAll(ours, here);
  }
  const file = join(directory, 'nginx.conf');
  await writeFile(file, text);

  const output = join(directory, 'output.log');
  const log = () => readFile(output, 'utf8');
  await using target = await open(output, 'a'); // A file, because nginx reopens /dev/stdout.
  const child = spawn(NGINX, ['-c', file, '-e', 'stderr', '-g', 'daemon off;'], {
    stdio: ['ignore', target.fd, target.fd],
  });
  // SIGTERM, so that its workers end too. A test that timed out does not dispose of it.
  const endAtExit = () => child.kill('SIGTERM');
  process.once('exit', endAtExit);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = `http://127.0.0.1:${port}/graphql`;
  await vi.waitUntil(
    async () => {
      if (child.exitCode !== null) throw new Error(`nginx does not start: ${await log()}`);
      return fetch(new URL('/health/live', url)).then(
        ({ ok }) => ok,
        () => false,
      );
    },
    { timeout: 30_000 },
  );
  return {
    url,
    log,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await ended;
      process.off('exit', endAtExit);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
