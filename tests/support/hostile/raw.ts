import type { Answer, TestServer } from '../server.js';

/** Sends a body byte for byte, as no client would: what JSON.stringify cannot write goes through here. */
export async function sendRaw(
  server: TestServer,
  body: string,
  headers: Record<string, string> = {},
): Promise<Answer & { text: string }> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  const json = text.startsWith('{') ? JSON.parse(text) : {};
  return { status: response.status, text, ...json };
}

/** What the answer says is wrong: the messages of its errors, and those of its result unions. */
export function complaints({ data, errors = [] }: Answer): string {
  const results = Object.values(data ?? {}).map((result) => (result as { message?: string } | null)?.message);
  return [...errors.map(({ message }) => message), ...results].filter((line) => line).join('\n');
}

/** Throws where the answer shows, or the log tells, that the server failed rather than refused. */
export function refuseFailure(server: TestServer, answer: Answer): void {
  const failed = answer.errors?.some(({ extensions }) => extensions?.['code'] === 'INTERNAL_SERVER_ERROR');
  const logged = server.logged.splice(0);
  if (answer.status >= 500 || failed || logged.length > 0) {
    throw new Error(`The server failed: ${JSON.stringify({ answer, logged }).slice(0, 2_000)}`);
  }
}
