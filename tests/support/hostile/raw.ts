import type { Answer, TestServer } from '../server.js';

/** Sends a body unchanged, even one that JSON.stringify cannot produce. */
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

/** Returns the messages of the answer's errors, including those in result unions. */
export function complaints({ data, errors = [] }: Answer): string {
  const results = Object.values(data ?? {}).map((result) => (result as { message?: string } | null)?.message);
  return [...errors.map(({ message }) => message), ...results].filter((line) => line).join('\n');
}

/** Throws if the answer or the log shows a failure of the server. */
export function refuseFailure(server: TestServer, answer: Answer): void {
  const failed = answer.errors?.some(({ extensions }) => extensions?.['code'] === 'INTERNAL_SERVER_ERROR');
  const logged = server.logged.splice(0);
  if (answer.status >= 500 || failed || logged.length > 0) {
    throw new Error(`The server failed: ${JSON.stringify({ answer, logged }).slice(0, 2_000)}`);
  }
}
