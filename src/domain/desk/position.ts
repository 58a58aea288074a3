import { BadArgumentError } from '../errors.js';

/**
 * A position in the log of the desk: the transactions that a reader has seen, as PostgreSQL writes a snapshot
 * (`xmin:xmax:running`). A number would skip entries of transactions that commit late.
 */
export interface DeskPosition {
  /** The epoch of the feed: another one means that the database was restored. */
  readonly epoch: string;
  readonly snapshot: string;
}

/** A snapshot with more running transactions than a server takes connections. */
const MAX_LENGTH = 20_000;
const POSITION = /^([0-9a-f-]{36}) (\d{1,18}):(\d{1,18}):((?:\d{1,18}(?:,\d{1,18})*)?)$/;

/** Returns the opaque cursor of a position. */
export const encodeDeskCursor = ({ epoch, snapshot }: DeskPosition): string =>
  Buffer.from(`${epoch} ${snapshot}`).toString('base64url');

/** @throws {BadArgumentError} */
export function parseDeskCursor(cursor: string): DeskPosition {
  const text = cursor.length > MAX_LENGTH ? '' : Buffer.from(cursor, 'base64url').toString();
  const [, epoch = '', lowest = '', next = '', running = ''] = POSITION.exec(text) ?? [];
  // PostgreSQL refuses snapshots that are out of order.
  const ids = [lowest, ...(running === '' ? [] : running.split(',')), next].map(BigInt);
  const isInOrder = ids.every((id, index) => index === 0 || id >= (ids[index - 1] ?? 0n));
  if (epoch === '' || !isInOrder || ids[0] === 0n) {
    throw new BadArgumentError('after', 'Expected a cursor from deskHead or an item of deskChanged.');
  }
  return { epoch, snapshot: `${lowest}:${next}:${running}` };
}
