/** Longer words are names and mistakes that do not come again. */
const LONGEST = 60;

/**
 * Returns the function with a memory of its last results, because most words of a text are among some thousands.
 *
 * @param most How many results a generation has: the last one and the one before are kept.
 */
export function remember<Result>(compute: (word: string) => Result, most: number): (word: string) => Result {
  let recent = new Map<string, Result>();
  let older = new Map<string, Result>();
  return (word) => {
    const known = recent.get(word);
    if (known !== undefined) return known;
    const result = older.get(word) ?? compute(word);
    if (word.length <= LONGEST) {
      if (recent.size >= most) [older, recent] = [recent, new Map()];
      recent.set(detached(word), result);
    }
    return result;
  };
}

/** Returns the word without the text that it was cut from, which the engine would keep in memory with it. */
const detached = (word: string) => Buffer.from(word, 'utf16le').toString('utf16le');
