/** Returns the values of lines of /metrics, asked for once; undefined for a line that is not there. */
export async function figures(
  server: { url: string },
  lines: readonly string[],
): Promise<Record<string, number | undefined>> {
  const text = await (await fetch(new URL('/metrics', server.url))).text();
  const values = new Map(
    text.split('\n').map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
  return Object.fromEntries(lines.map((line) => [line, values.get(`doctrine_wire_${line}`)]));
}

/** Returns the value of a line of /metrics; undefined if there is none. */
export async function figure(server: { url: string }, line: string): Promise<number | undefined> {
  return (await figures(server, [line]))[line];
}
