import type { Database, DatabaseLocation } from '../../database/open.js';
import { readHead } from '../head.js';
import type { BusReports, OpenBus } from './bus.js';
import { createLocalBus } from './local.js';
import { startPostgresBus } from './postgres.js';

export interface OpenBusOptions extends BusReports {
  /** The NATS server, if one is configured. */
  readonly url: string | undefined;
  readonly db: Database;
  readonly database: DatabaseLocation;
}

/** Opens NATS if configured, else PostgreSQL's NOTIFY, else a bus within this process. */
export async function openBus({ url, db, database, ...reports }: OpenBusOptions): Promise<OpenBus> {
  if (url !== undefined) return openNatsBus({ url, db, ...reports });
  if (database.kind === 'postgres') return startPostgresBus({ url: database.url, ...reports });
  return { ...createLocalBus(), [Symbol.asyncDispose]: async () => {} };
}

/** Opens a NATS bus whose subject contains the epoch, so that several records can share a NATS server. */
export async function openNatsBus({
  url,
  db,
  ...reports
}: BusReports & { url: string; db: Database }): Promise<OpenBus> {
  const { startNatsBus } = await import('./nats.js');
  const { epoch } = await readHead(db);
  return startNatsBus({ url, subject: `doctrine-wire.feed.${epoch}`, ...reports });
}
