import { once } from 'node:events';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { decodeCursor, encodeCursor } from '../../src/feed/cursor.js';
import { expectApart, type Neighbourhood, startNeighbourhood } from '../support/neighbour.js';
import { post } from '../support/processes/processes.js';

const PATIENCE = { timeout: 60_000 };

/** A socket of the attacker, from an address that is not the well-behaved client's. */
async function open({ server }: Neighbourhood) {
  const socket = new WebSocket(server.url.replace('http', 'ws'), GRAPHQL_TRANSPORT_WS_PROTOCOL);
  const seen = {
    cursors: [] as string[],
    items: new Map<string, number>(),
    refused: [] as string[],
    acks: 0,
  };
  socket.on('error', () => {}); // A connection that is cut may be reset.
  socket.on('message', (data) => {
    const { type, id, payload } = JSON.parse(String(data));
    if (type === 'connection_ack') seen.acks += 1;
    for (const { extensions } of type === 'error' ? payload : (payload?.errors ?? []))
      seen.refused.push(extensions.limit ?? extensions.code);
    if (type === 'next') seen.items.set(id, (seen.items.get(id) ?? 0) + 1);
  });
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await vi.waitUntil(() => seen.acks === 1, PATIENCE);
  const subscribe = (id: string, query: string, variables: object = {}) =>
    socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }));
  return { socket, seen, subscribe };
}

type Open = Awaited<ReturnType<typeof open>>;

const aborted = (signal: AbortSignal) =>
  signal.aborted ? Promise.resolve() : once(signal, 'abort').then(() => undefined);

async function slugsOf({ server }: Neighbourhood): Promise<string[]> {
  const data = await post(server.url, '{ developments(first: 100) { nodes { topics { slug } } } }');
  const slugs = data.developments.nodes.flatMap((it: any) => it.topics.map((topic: any) => topic.slug));
  return [...new Set<string>(slugs)];
}

/** Publishes a statement, with the administrator's token. */
async function publish({ server }: Neighbourhood, headline: string) {
  const data = await post(
    server.url,
    `mutation ($input: RecordStatementInput!) {
      recordStatement(input: $input) { __typename ... on RecordStatementSuccess { development { slug } } ... on Error { message } }
    }`,
    { input: { headline, occurred: '2026', publish: true, citations: [{ source: await aSource(server) }] } },
  );
  expect(data.recordStatement.development?.slug, JSON.stringify(data)).toBeTypeOf('string');
}

async function aSource(server: { url: string }): Promise<string> {
  const data = await post(server.url, '{ sources(first: 1) { nodes { slug } } }');
  return data.sources.nodes[0].slug;
}

const FILTERED = `subscription ($filter: DevelopmentFilter) { feed(filter: $filter) { __typename } }`;
/** Each with a selection of its own, so that no two share what has been rendered. */
const replayOf = (name: string) =>
  `subscription ($after: Cursor) { feed(after: $after) { __typename ... on DevelopmentPublished {
    ${name}: development { headline summary topics { name } participants { actor { name } } } } } }`;

describe.each(['postgres', 'embedded'] as const)('with the database %s, beside a client', (kind) => {
  test('with subscriptions of long filters, a well-behaved client hardly notices', {
    timeout: 600_000,
  }, async () => {
    await using neighbourhood = await startNeighbourhood(kind);
    const slugs = await slugsOf(neighbourhood);
    const before = await neighbourhood.held();
    let refused: string[] = [];
    let round = 0;
    const comparison = await neighbourhood.compare(async (signal) => {
      const sockets = await Promise.all(Array.from({ length: 20 }, () => open(neighbourhood)));
      sockets.forEach(({ subscribe }, at) => {
        for (let id = 0; id < 50; id += 1) {
          // Each different from all others, and as long as a filter may be.
          const parts = Array.from({ length: 32 }, (_, part) => ({ topic: slugs.slice(part % 4, 30) }));
          subscribe(`${id}`, FILTERED, { filter: { text: `no${at}x${id}`, or: parts } });
        }
      });
      await publish(neighbourhood, `Round ${round}`);
      round += 1;
      await aborted(signal);
      refused = sockets.flatMap(({ seen }) => seen.refused);
      for (const { socket } of sockets) socket.terminate();
    });
    // Which limit is met first depends on how fast the subscriptions are priced.
    expect(refused.length).toBeGreaterThan(0);
    expect(['MAX_SUBSCRIPTION_BYTES', 'BUDGET_PER_MINUTE']).toEqual(
      expect.arrayContaining([...new Set(refused)]),
    );
    await expectApart(neighbourhood, comparison, before);
  });

  test('with fifty replays from the beginning, others hardly notice', { timeout: 600_000 }, async () => {
    await using neighbourhood = await startNeighbourhood(kind);
    const before = await neighbourhood.held();
    let replayed = 0;
    const comparison = await neighbourhood.compare(async (signal) => {
      const { feedHead } = await post(neighbourhood.server.url, '{ feedHead }');
      const after = encodeCursor({ ...decodeCursor(feedHead), position: 0n, hash: '0'.repeat(16) });
      const attacker = await open(neighbourhood);
      let sent = 0;
      const replay = () => {
        attacker.subscribe(`${sent}`, replayOf(`a${sent}`), { after });
        sent += 1;
      };
      attacker.socket.on('message', (message) => {
        const { type, id, payload } = JSON.parse(String(message));
        if (type !== 'next' || payload.data?.feed?.__typename !== 'FeedCaughtUp' || signal.aborted) return;
        attacker.socket.send(JSON.stringify({ id, type: 'complete' }));
        replay();
      });
      for (let at = 0; at < 50; at += 1) replay();
      await aborted(signal);
      for (const count of attacker.seen.items.values()) replayed += count;
      attacker.socket.terminate();
    });
    expect(replayed).toBeGreaterThan(1_000);
    await expectApart(neighbourhood, comparison, before);
  });

  test('that sends and does not read, others hardly notice', { timeout: 600_000 }, async () => {
    await using neighbourhood = await startNeighbourhood(kind, { FEED_PATIENCE: '2' });
    const before = await neighbourhood.held();
    const ping = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(250_000) } });
    const comparison = await neighbourhood.compare(async (signal) => {
      const attackers: Open[] = await Promise.all(Array.from({ length: 5 }, () => open(neighbourhood)));
      for (const { socket, subscribe } of attackers) {
        socket.pause();
        for (let id = 0; id < 50; id += 1) subscribe(`i${'d'.repeat(100)}${id}`, '{ nothing }');
        for (let at = 0; at < 40; at += 1) socket.send(ping);
        for (let at = 0; at < 50_000; at += 1) socket.send('{"type":"ping"}');
      }
      await aborted(signal);
      for (const { socket } of attackers) socket.terminate();
    });
    await expectApart(neighbourhood, comparison, before);
  });
});
