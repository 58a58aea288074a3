import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { openDatabase } from '../database/open.js';
import { startDeskTail } from '../domain/desk/tail.js';
import { startEmbargo } from '../domain/review/embargo.js';
import { setReviewMode } from '../domain/review/policy.js';
import { hasTokens } from '../domain/token.js';
import { openBus } from '../feed/bus/open.js';
import { warnOfClocks } from '../feed/clock.js';
import { startTail } from '../feed/tail.js';
import { createSilenceLog } from '../observe/silence-log.js';

/** How often the log is read without a wake-up, in milliseconds: the most that a lost wake-up delays a change. */
const POLL_INTERVAL = 500;
/** How often the log of the desk is read without a wake-up, in milliseconds, while editors follow it. */
const DESK_POLL_INTERVAL = 1_000;
/** How often old entries of the log of the desk are deleted, in milliseconds. */
const DESK_PRUNE_INTERVAL = 3_600_000;

/** The record of a server, open, with the readers of its logs. */
export type StartedRecord = Awaited<ReturnType<typeof startRecord>>;

/**
 * Opens the record and the bus, fills an empty record, and starts what reads and changes the record by itself.
 *
 * @param resources Takes what must be closed, in the order of opening.
 * @throws {DatabaseStartError} When the database cannot be opened.
 */
export async function startRecord(config: Config, log: Logger, resources: AsyncDisposableStack) {
  const { db, pool, lookUps, failed } = resources.use(
    await openDatabase(config.database, {
      statementTimeout: config.limits.requestTimeout * 1_000,
      image: config.seed,
      onSilent: createSilenceLog(log),
    }),
  );
  await warnOfClocks(db, log);
  const isNew = !(await hasTokens(db));
  const bus = resources.use(
    await openBus({
      url: config.busUrl,
      db,
      database: config.database,
      onLost: (error) => log.warn({ err: error }, 'the bus is lost; changes are found by polling'),
      onBack: () => log.info('the bus is back'),
    }),
  );
  if (config.seed === 'dossier') {
    const { seedDossier } = await import('../dossier/load.js');
    await seedDossier({ db, editor: 'dossier', wake: bus.wake });
  }
  const modeBefore = await setReviewMode(db, config.review);
  if (modeBefore !== config.review) {
    log.warn(
      { before: modeBefore, now: config.review },
      'REVIEW has changed, for all processes of this record',
    );
  }
  const tail = resources.use(
    await startTail({
      db,
      bus,
      pollInterval: POLL_INTERVAL,
      onError: (error) => log.error({ err: error }, 'the feed log could not be read'),
      onBack: () => log.info('the feed log can be read again'),
    }),
  );
  resources.use(
    startEmbargo({
      ...{ db, wake: bus.wake },
      onPublished: ({ slug }) => log.info({ slug }, 'an embargo has ended: the draft is published'),
      onRefused: ({ slug, reason }) => log.warn({ slug, reason }, 'an embargo has ended, but not published'),
      onClockJump: (seconds) => log.warn({ seconds }, 'the clock jumped: embargoes wait until it is steady'),
      onError: (error) => log.error({ err: error }, 'drafts under embargo could not be looked up'),
    }),
  );
  const deskTail = resources.use(
    startDeskTail({
      db,
      bus,
      pollInterval: DESK_POLL_INTERVAL,
      pruneInterval: DESK_PRUNE_INTERVAL,
      onError: (error) => log.warn({ err: error }, 'the log of the desk could not be pruned; trying again'),
    }),
  );
  return { db, pool, lookUps, failed, isNew, bus, tail, deskTail };
}
