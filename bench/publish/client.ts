import { deepStrictEqual } from 'node:assert';
import { Agent, request } from 'node:http';
import { developmentAt } from '../record/development.js';

const DOCUMENTS = {
  EVENT: `mutation ($input: RecordEventInput!) {
    recordEvent(input: $input) { __typename ... on RecordEventSuccess { development { slug status } } ... on Error { message } } }`,
  STATEMENT: `mutation ($input: RecordStatementInput!) {
    recordStatement(input: $input) { __typename ... on RecordStatementSuccess { development { slug status } } ... on Error { message } } }`,
  DOCTRINE_CHANGE: '',
};

/** Returns the request that publishes the generated development of this number, alternately an event and a statement. */
export function publicationAt(index: number) {
  const { kind, input } = developmentAt(index, index % 2 === 0 ? 'EVENT' : 'STATEMENT');
  return {
    slug: input.slug ?? '',
    query: DOCUMENTS[kind],
    variables: { input: { ...input, publish: true } },
  };
}

/**
 * Publishes developments over `clients` concurrent connections.
 *
 * @returns The seconds that it took.
 * @throws {AssertionError} If an answer is not the published development.
 */
export async function publishAll(
  url: string,
  token: string,
  indexes: readonly number[],
  clients: number,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const bodies = indexes.map((index) => {
    const { slug, ...body } = publicationAt(index);
    return { slug, body: JSON.stringify(body) };
  });
  const began = performance.now();
  await inTurns(bodies, clients, async ({ slug, body }) => {
    const { data } = JSON.parse(await post(url, token, body, agent));
    const [answer] = Object.values(
      (data ?? {}) as Record<string, { development?: { slug: string; status: string } }>,
    );
    const { development } = answer ?? {};
    deepStrictEqual([development?.slug, development?.status], [slug, 'PUBLISHED'], JSON.stringify(answer));
  });
  const seconds = (performance.now() - began) / 1_000;
  agent.destroy();
  return seconds;
}

/** Processes the items, `width` at a time. */
export async function inTurns<T>(
  items: readonly T[],
  width: number,
  work: (item: T, worker: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const workers = Array.from({ length: width }, async (_, worker) => {
    for (let item = items[next]; item !== undefined; item = items[next]) {
      next += 1;
      await work(item, worker);
    }
  });
  await Promise.all(workers);
}

function post(url: string, token: string, body: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
    const call = request(url, { method: 'POST', headers, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    });
    call.on('error', reject);
    call.end(body);
  });
}
