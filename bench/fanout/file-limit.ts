import { readFileSync } from 'node:fs';

/** @throws {Error} If a process may not open that many files. Node has already raised the soft limit to the hard one. */
export function checkFileLimit(files: number): void {
  const [, limit = '0'] =
    /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
  if (limit === 'unlimited' || Number(limit) >= files) return;
  throw new Error(
    `The benchmark needs ${files} connections, but the limit of open files is ${limit}. Run "ulimit -n ${files}", ` +
      'or raise the hard limit.',
  );
}
