import { makeChanges } from './changes.js';
import type { Recorded } from './clients/recording.js';

/** The clients got something else than they should have: the figures are worth nothing. */
class WrongAnswersError extends Error {
  override readonly name = 'WrongAnswersError';
}

/** What is to hold of everything that is measured: everybody got everything, once, in order, the same as all. */
export function checkAnswers(recorded: Recorded, name: string, count: number): void {
  const { different, missing, superfluous, items } = recorded;
  if (different + missing + superfluous > 0) {
    throw new WrongAnswersError(
      `Of ${name}, ${missing} items are missing, ${superfluous} are too many and ${different} differ.`,
    );
  }
  const changes = makeChanges(name, count);
  for (const [selection, received] of items.entries()) {
    for (const [index, { headline, summary }] of changes.entries()) {
      const text = String(received[index]);
      if (text.includes(headline) && text.includes(summary) && !text.includes('"errors"')) continue;
      throw new WrongAnswersError(
        `Item ${index} of selection ${selection} should tell of "${headline}": ${text}`,
      );
    }
  }
}

/** Bytes of an item, on average. */
export function itemSize({ items }: Recorded): number {
  const sizes = items.flatMap((received) => received.map(({ length }) => length));
  return sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
}
