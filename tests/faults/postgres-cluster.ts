import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../support/processes/free-port.js';

const execute = promisify(execFile);
const VERSIONS = '/usr/lib/postgresql';

/** A private PostgreSQL server that the test may stop. */
export interface Cluster extends AsyncDisposable {
  readonly url: string;
  /** `fast` closes every connection; `immediate` stops like a crash and recovers at the next start. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
}

/** Returns the folder of PostgreSQL's programs; undefined if they are not installed. */
async function findPrograms(): Promise<string | undefined> {
  const versions = await readdir(VERSIONS).catch(() => []);
  const newest = versions.toSorted((a, b) => Number(b) - Number(a));
  return newest
    .map((version) => join(VERSIONS, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

/** Returns whether a cluster can be created here. If not, warns, or throws with REQUIRE_SERVICES=1. */
export async function canMakeCluster(): Promise<boolean> {
  if (await findPrograms()) return true;
  const message = `No initdb under ${VERSIONS}`;
  if (process.env['REQUIRE_SERVICES'] === '1') throw new Error(`${message}.`);
  console.warn(`${message}. The tests that restart PostgreSQL are skipped.`);
  return false;
}

export async function startCluster(): Promise<Cluster> {
  const programs = (await findPrograms()) ?? '';
  const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-cluster-'));
  const data = join(directory, 'data');
  const port = await freePort();
  // PostgreSQL refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  const run = (program: string, ...args: string[]) => {
    const command = [join(programs, program), ...args];
    const [file = '', ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    return execute(file, rest, { cwd: directory });
  };
  const start = async () => {
    const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
    await run('pg_ctl', '-D', data, '-w', '-l', join(directory, 'log'), '-o', settings, 'start');
  };
  const stop = async (mode: string) => {
    await run('pg_ctl', '-D', data, '-w', '-m', mode, 'stop');
  };
  if (isRoot) {
    const { stdout } = await execute('id', ['-u', 'postgres']);
    await chown(directory, Number(stdout), 0);
  }
  await run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync');
  await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop('immediate').catch(() => {}); // Already stopped.
      await rm(directory, { recursive: true, force: true });
    },
  };
}
