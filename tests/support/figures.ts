/** Returns the value of a line of /metrics; undefined if there is none. */
export async function figure(server: { url: string }, line: string): Promise<number | undefined> {
  const text = await (await fetch(new URL('/metrics', server.url))).text();
  const found = text.split('\n').find((one) => one.startsWith(`doctrine_wire_${line} `));
  return found === undefined ? undefined : Number(found.slice(found.lastIndexOf(' ') + 1));
}
