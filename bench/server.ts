import { until } from './clock.js';
import { type Child, type ChildOptions, startChild } from './process.js';

const MEMORY = new URL('./memory.js', import.meta.url);
const MAIN = new URL('../dist/main.js', import.meta.url);

/** Starts a server's process, and waits until it listens. */
export async function startServer(
  script: URL,
  args: readonly string[],
  env: Record<string, string>,
  options: Pick<ChildOptions, 'node'> = {},
): Promise<Child> {
  const flags = (process.env['BENCH_NODE_FLAGS'] ?? '').split(' ').filter((flag) => flag !== '');
  const child = startChild(script, { ...options, args, env, flags: ['--import', MEMORY.href, ...flags] });
  await until(() => child.stdout.includes('listening'), `${script.pathname} listens: ${child.stdout}`);
  return child;
}

/**
 * Starts `doctrine-wire serve` with everything on except the limits for one client, because all clients here share an
 * address.
 *
 * @param env The database, and other variables that differ from the defaults.
 */
export function startOurs(
  env: Readonly<Record<string, string>>,
  options?: Pick<ChildOptions, 'node'>,
): Promise<Child> {
  return startServer(
    MAIN,
    ['serve'],
    {
      NODE_ENV: 'production',
      PORT: '0',
      SEED: 'none',
      GRAPHIQL: 'false',
      MAX_SOCKETS_PER_ADDRESS: '100000',
      BUDGET_PER_MINUTE: '2000000000',
      MAX_SUBSCRIPTION_BYTES: '1073741824',
      MAX_REQUESTS_PER_CLIENT: '100000', // All load comes from one address.
      BUDGET_SECONDS_PER_MINUTE: '6000',
      ...env,
    },
    options,
  );
}

/** Returns the server's URL from its standard output. */
export const urlOfServer = ({ stdout }: Child): string => /"url":"([^"]+)"/.exec(stdout)?.[1] ?? '';
