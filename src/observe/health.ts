import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { MigrationState } from '../database/migrate.js';
import type { Probe } from '../database/probe.js';
import type { Lag } from '../feed/lag.js';

/** The checks of readiness. Each is `ok` or describes the problem. */
interface Checks {
  readonly database: string;
  readonly migrations: string;
  readonly feed: string;
}

export interface HealthOptions {
  readonly log: Logger;
  readonly lag: Probe<Lag>;
  readonly migrations: Probe<MigrationState>;
  /** Whether the process is shutting down. */
  isEnding(): boolean;
}

/** The maximum lag of the tail in seconds. It polls twice a second. */
const MAX_LAG = 10;

/**
 * Serves `/health/live` (the process runs) and `/health/ready` (it can take requests: 200 or 503).
 *
 * @returns A listener that answers the request and returns true, or ignores it and returns false.
 */
export function createHealth(
  options: HealthOptions,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return ({ url = '', method }, response) => {
    if (method !== 'GET' && method !== 'HEAD') return false;
    switch (url.split('?')[0]) {
      case '/health/live':
        answer(response, 200, { status: 'live' });
        return true;
      case '/health/ready':
        answerReady(options, response).catch((error: unknown) => {
          options.log.error({ err: error }, 'readiness could not be checked');
          response.destroy();
        });
        return true;
      default:
        return false;
    }
  };
}

async function answerReady({ isEnding, ...options }: HealthOptions, response: ServerResponse): Promise<void> {
  if (isEnding()) return answer(response, 503, { status: 'shutting down' });
  const checks = await check(options);
  const isReady = Object.values(checks).every((result) => result === 'ok');
  answer(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', checks });
}

async function check({ lag, migrations }: Pick<HealthOptions, 'lag' | 'migrations'>): Promise<Checks> {
  const [behind, state] = await Promise.all([lag(), migrations()]);
  if (!behind) return { database: 'does not answer', migrations: 'unknown', feed: 'unknown' };
  const { entries, seconds } = behind;
  return {
    database: 'ok',
    migrations: state ? MIGRATIONS[state] : 'unknown',
    feed: seconds <= MAX_LAG ? 'ok' : `${entries} entries behind, for ${Math.round(seconds)} s`,
  };
}

const MIGRATIONS: Readonly<Record<MigrationState, string>> = {
  complete: 'ok',
  incomplete: 'are not those of this version',
  newer: 'are newer than this version; it refuses writes',
};

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}
