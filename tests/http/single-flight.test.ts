import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { describeWithDatabase, publishStatement, test } from '../support/fixtures.js';
import type { TestServer } from '../support/server.js';

const CLIENTS = 1_000;
const QUERY = '{ developments(first: 10) { totalCount nodes { headline participants { role } } } }';

/** Sends the query as an anonymous reader, over one of the agent's connections. */
function ask(server: TestServer, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const url = `${server.url}?query=${encodeURIComponent(QUERY)}`;
    request(url, { agent }, (response) => text(response).then(resolve, reject))
      .once('error', reject)
      .end();
  });
}

describeWithDatabase('a query that 1,000 clients send after a publication', () => {
  test('reads the database once', async ({ server }) => {
    await publishStatement(server, 'First');
    const agent = new Agent({ keepAlive: true, maxSockets: 200 });
    const lists: string[] = [];
    server.db.onStatement(({ query }) => {
      // The tail polls the log and the embargo the queue, independently of the request.
      if (/feed_entry|clock_timestamp\(\) AS now/.test(query)) return;
      if (/FROM.*development/is.test(query)) lists.push(query);
    });
    await ask(server, agent);
    const ofOne = lists.length;
    expect(ofOne).toBeGreaterThan(0);
    await publishStatement(server, 'Second');
    lists.length = 0;
    const answers = await Promise.all(Array.from({ length: CLIENTS }, () => ask(server, agent)));
    agent.destroy();
    const data = new Set(answers.map((answer) => JSON.stringify(JSON.parse(answer).data)));
    expect([...data]).toEqual([expect.stringContaining('"headline":"Second"')]);
    expect(lists.length).toBe(ofOne);
  });
});
