/** A feed position that can be compared. */
interface Position {
  readonly epoch: string;
  readonly number: bigint;
  /** FeedCaughtUp has the cursor of the change before it, and counts as half a step further. */
  readonly afterCaughtUp: boolean;
}

interface Placed {
  readonly __typename: string;
  readonly cursor: string;
}

/**
 * Decodes a cursor: base64url of a format byte, 16 bytes of the epoch, 8 of a hash, and the position.
 *
 * Only this function decodes cursors, and only to detect repetitions: the client always sends back cursors from the
 * server. A cursor in another form has no position, and its item never counts as a repetition.
 */
function readPosition({ __typename, cursor }: Placed): Position | undefined {
  try {
    const text = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));
    if (text.length !== 33 || text.charCodeAt(0) !== 1) return undefined;
    const position = Uint8Array.from(text.slice(25), (byte) => byte.charCodeAt(0));
    const number = new DataView(position.buffer).getBigUint64(0);
    return { epoch: text.slice(1, 17), number, afterCaughtUp: __typename === 'FeedCaughtUp' };
  } catch {
    return undefined; // Not base64.
  }
}

/** Returns a function that tells whether an item repeats an earlier one. It remembers one position. */
export function createRepetitions(): (item: Placed) => boolean {
  let last: Position | undefined;
  return (item) => {
    const position = readPosition(item);
    // A reset may go back within an epoch, so it is never a repetition.
    if (item.__typename !== 'FeedReset' && last && position && !isAfter(position, last)) return true;
    last = position;
    return false;
  };
}

function isAfter(a: Position, b: Position): boolean {
  if (a.epoch !== b.epoch) return true; // Positions of different epochs cannot be compared.
  if (a.number !== b.number) return a.number > b.number;
  return a.afterCaughtUp && !b.afterCaughtUp;
}
