import { makeChanges } from './changes.js';
import type { Recorded } from './clients/recording.js';

/** Clients received wrong items, so the figures are invalid. */
class WrongAnswersError extends Error {
  override readonly name = 'WrongAnswersError';
}

/** Checks that every client received every item once, in order, with equal bytes. */
export function checkAnswers(recorded: Recorded, name: string, count: number): void {
  const { different, missing, superfluous, items } = recorded;
  if (different + missing + superfluous > 0) {
    throw new WrongAnswersError(
      `Wrong items of ${name}: ${missing} missing, ${superfluous} superfluous, ${different} different.`,
    );
  }
  const changes = makeChanges(name, count);
  for (const [selection, received] of items.entries()) {
    for (const [index, { headline, summary }] of changes.entries()) {
      const text = String(received[index]);
      if (text.includes(headline) && text.includes(summary) && !text.includes('"errors"')) continue;
      throw new WrongAnswersError(`Item ${index} of selection ${selection} lacks "${headline}": ${text}`);
    }
  }
}

/** Returns the average size of an item in bytes. */
export function itemSize({ items }: Recorded): number {
  const sizes = items.flatMap((received) => received.map(({ length }) => length));
  return sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
}
