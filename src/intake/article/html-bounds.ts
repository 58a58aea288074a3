/** More characters take too long. Large pages of newspapers have a fifth of it. */
const MAX_LENGTH = 3_000_000;
/** The most tags outside scripts: twenty times those of a long article. */
const MAX_TAGS = 20_000;
/** The most elements within each other. */
const MAX_DEPTH = 120;

/** A page that would take the event loop for long. */
class HugePageError extends Error {
  override readonly name = 'HugePageError';
}

/**
 * Refuses HTML whose tree would be too large or too deep for the readers of articles: they take time that grows with the
 * product of both. Reads the tags once, in their order.
 *
 * @throws {HugePageError}
 */
export function refuseHugePage(html: string): void {
  if (html.length > MAX_LENGTH)
    throw new HugePageError(`it has ${html.length} characters of HTML; at most ${MAX_LENGTH} are read`);
  const lower = html.toLowerCase();
  const open: string[] = [];
  const tag = /<(\/?)([a-z][a-z\d-]{0,30})/g;
  let tags = 0;
  for (let found = tag.exec(lower); found; found = tag.exec(lower)) {
    const [, slash, name = ''] = found;
    tags += 1;
    if (tags > MAX_TAGS) throw new HugePageError(`it has more than ${MAX_TAGS} tags`);
    if (slash) {
      const at = open.lastIndexOf(name);
      if (at !== -1) open.length = at;
      continue;
    }
    if (RAW.has(name)) {
      const end = lower.indexOf(`</${name}`, tag.lastIndex);
      if (end === -1) return;
      tag.lastIndex = end + name.length + 2;
      continue;
    }
    if (VOID.has(name) || CLOSED_BY_NEXT.has(name)) continue;
    open.push(name);
    if (open.length > MAX_DEPTH)
      throw new HugePageError(`it has more than ${MAX_DEPTH} elements within each other`);
  }
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

/** Their content has no tags. */
const RAW = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'noframes']);
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
/** Elements that the next one of their kind closes. */
const CLOSED_BY_NEXT = new Set('p li dt dd tr td th option optgroup thead tbody tfoot'.split(' '));
