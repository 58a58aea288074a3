/**
 * Asks a server something over HTTP.
 *
 * @returns The answer's text.
 * @throws {Error} When it is no answer, or one with errors.
 */
export async function askText(url: string, body: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const text = await response.text();
  if (!response.ok || text.startsWith('{"errors"') || (JSON.parse(text) as { errors?: unknown }).errors) {
    throw new Error(`${url} answered ${response.status} to ${body.slice(0, 400)}: ${text.slice(0, 800)}`);
  }
  return text;
}

/** The data that a GraphQL server answers with. */
export async function ask(url: string, query: string, variables: object = {}): Promise<any> {
  return JSON.parse(await askText(url, JSON.stringify({ query, variables }))).data;
}
