import type { Logger } from 'pino';

/** How long no further connection must go silent before the outage is summed up, in milliseconds. */
const CALM = 5_000;

/** Returns a function to call with each silent connection. It logs the first of an outage, and then how many there were. */
export function createSilenceLog(log: Logger): (error: Error) => void {
  let closed = 0;
  let timer: NodeJS.Timeout | undefined;
  const sumUp = () => {
    log.info({ closed }, 'no more connections to the database go silent');
    closed = 0;
    timer = undefined;
  };
  return (error) => {
    if (closed === 0) log.warn({ err: error }, 'connections to the database go silent; they are closed');
    closed += 1;
    clearTimeout(timer);
    timer = setTimeout(sumUp, CALM);
    timer.unref();
  };
}
