import type { Database, DatabaseLocation } from '../../database/open.js';
import { readHead } from '../log.js';
import type { BusReports, OpenBus } from './bus.js';
import { createLocalBus } from './local.js';
import { startPostgresBus } from './postgres.js';

export interface OpenBusOptions extends BusReports {
  /** The NATS server, where there is one. */
  readonly url: string | undefined;
  readonly db: Database;
  readonly database: DatabaseLocation;
}

/** Opens the bus that fits: NATS where it is given, else PostgreSQL's own, else one within this process. */
export async function openBus({ url, db, database, ...reports }: OpenBusOptions): Promise<OpenBus> {
  if (url !== undefined) return openNatsBus({ url, db, ...reports });
  if (database.kind === 'postgres') return startPostgresBus({ url: database.url, ...reports });
  return { ...createLocalBus(), [Symbol.asyncDispose]: async () => {} };
}

/** Opens the record's bus over NATS. Its epoch names it, so that several records can share a NATS. */
export async function openNatsBus({
  url,
  db,
  ...reports
}: BusReports & { url: string; db: Database }): Promise<OpenBus> {
  const { startNatsBus } = await import('./nats.js');
  const { epoch } = await readHead(db);
  return startNatsBus({ url, subject: `doctrine-wire.feed.${epoch}`, ...reports });
}
