import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';

/** How many names of refused origins are logged in an hour: their senders choose them. */
const MAX_NAMES = 100;
/** How much of a name is logged, in UTF-16 code units. */
const MAX_LENGTH = 200;
const HOUR = 3_600_000;

/** Logs the origin of a refused request. */
export type LogOrigin = (request: IncomingMessage) => void;

/** Creates the log of refused origins: each once an hour, so that an operator sees what CORS_ORIGINS lacks. */
export function createLogOrigin(log: Logger): LogOrigin {
  const seen = new Set<string>();
  let began = performance.now();
  return ({ headers: { origin } }) => {
    const now = performance.now();
    if (now - began > HOUR) {
      seen.clear();
      began = now;
    }
    const name = origin?.slice(0, MAX_LENGTH);
    if (name === undefined || seen.size >= MAX_NAMES || seen.has(name)) return;
    seen.add(name);
    log.warn({ origin: name }, 'an origin was refused; CORS_ORIGINS does not allow it');
  };
}
