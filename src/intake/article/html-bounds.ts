import { Parser } from 'htmlparser2';

/** More characters take too long. Large pages of newspapers have a fifth of it. */
const MAX_LENGTH = 3_000_000;
/** The most elements: twenty times those of a long article. */
const MAX_ELEMENTS = 10_000;
/** The most elements within each other. */
const MAX_DEPTH = 120;

/** A page that would block the event loop. */
class HugePageError extends Error {
  override readonly name = 'HugePageError';
}

/**
 * Refuses HTML whose tree would be too large or too deep for the readers of articles: they take time that grows with the
 * product of both. Counts elements with the parser that makes the tree.
 *
 * @throws {HugePageError}
 */
export function refuseHugePage(html: string): void {
  if (html.length > MAX_LENGTH)
    throw new HugePageError(`it has ${html.length} characters of HTML; at most ${MAX_LENGTH} are read`);
  let elements = 0;
  let depth = 0;
  const parser = new Parser({
    onopentagname: () => {
      elements += 1;
      depth += 1;
      if (elements > MAX_ELEMENTS) throw new HugePageError(`it has more than ${MAX_ELEMENTS} elements`);
      if (depth > MAX_DEPTH)
        throw new HugePageError(`it has more than ${MAX_DEPTH} elements within each other`);
    },
    // Void elements are closed too.
    onclosetag: () => {
      depth -= 1;
    },
  });
  parser.end(html);
}

export function isHugePage(html: string): boolean {
  try {
    refuseHugePage(html);
    return false;
  } catch (error) {
    if (error instanceof HugePageError) return true;
    throw error;
  }
}
