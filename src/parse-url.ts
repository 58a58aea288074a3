/**
 * Returns the URL of a text; undefined if it is none.
 *
 * Not `URL.canParse`: once V8 has compiled a caller of it, Node 20 reads texts of ISO 8859-1 as UTF-8, and refuses
 * addresses with an ü in the host.
 */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
