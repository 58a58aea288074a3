/** Returns an address that a link may have; undefined for one that could run a script. */
export function safeUrl(url: string | null): string | undefined {
  if (url === null) return undefined;
  try {
    const { protocol, href } = new URL(url); // Node 20's URL.canParse is wrong about some letters: see src/parse-url.ts.
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
  } catch {
    return undefined;
  }
}
