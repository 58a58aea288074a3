import { until } from './clock.js';
import { type Child, startChild } from './process.js';

const MEMORY = new URL('./memory.js', import.meta.url);

/** Starts a server's process, and waits until it listens. */
export async function startServer(
  script: URL,
  args: readonly string[],
  env: Record<string, string>,
): Promise<Child> {
  const flags = (process.env['BENCH_NODE_FLAGS'] ?? '').split(' ').filter((flag) => flag !== '');
  const child = startChild(script, { args, env, flags: ['--import', MEMORY.href, ...flags] });
  await until(() => child.stdout.includes('listening'), `${script.pathname} listens: ${child.stdout}`);
  return child;
}
