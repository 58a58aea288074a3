import robotsParser from 'robots-parser';

// Its types declare an ES module, and it is CommonJS.
const readRobots = robotsParser as unknown as typeof robotsParser.default;

/** The name by which a robots.txt addresses the watcher. */
const ROBOT = 'doctrine-wire';
/** Characters after these are not read: the least that RFC 9309 asks for is 500 KiB. */
const MAX_LENGTH = 512 * 1024;
/** The longest pause that a robots.txt can ask for, in milliseconds. */
const MAX_CRAWL_DELAY = 60_000;

/** The rules of a host for the watcher. */
export interface Robots {
  isAllowed(url: string): boolean;
  /** The least time between two requests, in milliseconds. */
  readonly crawlDelay: number;
}

/** Reads a robots.txt as RFC 9309 says. Its rules hold for addresses of its own scheme, host and port. */
export function parseRobots(robotsUrl: string, text: string): Robots {
  const rules = readRobots(robotsUrl, text.slice(0, MAX_LENGTH));
  const seconds = Number(rules.getCrawlDelay(ROBOT));
  return {
    isAllowed: (url) => rules.isAllowed(url, ROBOT) !== false,
    crawlDelay: seconds > 0 ? Math.min(seconds * 1_000, MAX_CRAWL_DELAY) : 0,
  };
}
