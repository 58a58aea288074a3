/** Objects whose revision is remembered: more than a page shows. The oldest are forgotten first. */
const REMEMBERED = 10_000;

/** The server kept answering with an older revision than it had sent before. */
export class OlderAnswerError extends Error {
  override readonly name = 'OlderAnswerError';

  constructor() {
    super('The server keeps answering with an older state than it has sent before. Try again later.');
  }
}

/** Remembers the newest revision of each object. */
export interface Newest {
  /** Returns whether no object in the data is older than seen before, and if so remembers their revisions. */
  accept(data: unknown): boolean;
  /** Forgets all revisions: a restored record begins again from older ones. */
  forget(): void;
}

/**
 * Compares objects that select `id` and `revision`. A state of the past has an id of its own, so it is never taken for
 * an older state of the present.
 */
export function createNewest(): Newest {
  const revisions = new Map<string, number>();
  return {
    accept: (data) => {
      const seen = [...revised(data)];
      if (seen.some(({ id, revision }) => revision < (revisions.get(id) ?? 0))) return false;
      for (const { id, revision } of seen) {
        revisions.delete(id); // Moves it to the end.
        revisions.set(id, revision);
      }
      for (const id of revisions.keys()) {
        if (revisions.size <= REMEMBERED) break;
        revisions.delete(id);
      }
      return true;
    },
    forget: () => revisions.clear(),
  };
}

function* revised(data: unknown): Generator<{ id: string; revision: number }> {
  if (typeof data !== 'object' || data === null) return;
  const { id, revision } = data as { id?: unknown; revision?: unknown };
  if (typeof id === 'string' && typeof revision === 'number') yield { id, revision };
  for (const value of Object.values(data)) yield* revised(value);
}
