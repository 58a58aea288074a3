/**
 * Sends a request over HTTP.
 *
 * @returns The response's text.
 * @throws {Error} If the response fails or has errors.
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

/** Returns the `data` of a GraphQL response. */
export async function ask(url: string, query: string, variables: object = {}): Promise<any> {
  return JSON.parse(await askText(url, JSON.stringify({ query, variables }))).data;
}
