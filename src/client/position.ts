/** A place in the feed, for comparing. */
interface Position {
  readonly epoch: string;
  readonly number: bigint;
  /** The feed sends FeedCaughtUp with the cursor of the change before it: it lies half a step further. */
  readonly afterCaughtUp: boolean;
}

interface Placed {
  readonly __typename: string;
  readonly cursor: string;
}

/**
 * Reads a cursor, which is base64url of `feed:<epoch>:<position>`.
 *
 * This is the only place that looks into cursors, and only to recognise what came already: what is
 * sent to the server is always a cursor that the server gave. A cursor of another form has no
 * position, and nothing is then taken for a repetition.
 */
function readPosition({ __typename, cursor }: Placed): Position | undefined {
  try {
    const text = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));
    const [, epoch, number] = /^feed:([^:]+):(\d+)$/.exec(text) ?? [];
    if (epoch === undefined || number === undefined) return undefined;
    return { epoch, number: BigInt(number), afterCaughtUp: __typename === 'FeedCaughtUp' };
  } catch {
    return undefined; // Not base64.
  }
}

/** Tells whether an item is a repetition of what it was asked about before; remembers one position. */
export function createRepetitions(): (item: Placed) => boolean {
  let last: Position | undefined;
  return (item) => {
    const position = readPosition(item);
    // A reset may lead back within an epoch, so it is never a repetition.
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
