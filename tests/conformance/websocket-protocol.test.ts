import { expect, vi } from 'vitest';
import { describeWithDatabase, publishStatement } from '../support/fixtures.js';
import { openSocket, type RawSocket } from '../support/hostile/raw-socket.js';
import { test as base } from '../support/shared.js';

// The rules of https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md for servers, over a raw
// socket, because a client library would hide violations. Refusals are in websocket-refusals.test.ts.

const LIVE = 'subscription { developmentPublished { headline } }';
const subscribe = (id: string, query = LIVE) => ({ id, type: 'subscribe', payload: { query } });

const test = base.extend<{ bare: RawSocket; ready: RawSocket }>({
  /** A socket that has sent nothing yet. */
  bare: async ({ server }, use) => {
    await using socket = await openSocket(server.url);
    await use(socket);
  },
  /** A socket that has been acknowledged. */
  ready: async ({ server }, use) => {
    await using socket = await openSocket(server.url);
    await socket.init();
    await use(socket);
    await socket[Symbol.asyncDispose]();
    await vi.waitUntil(() => server.fanOut.figures.subscribers === 0, 30_000);
  },
});

describeWithDatabase('a WebSocket connection', () => {
  test('negotiates graphql-transport-ws, whatever else the client offers', async ({ server }) => {
    await using socket = await openSocket(server.url, ['graphql-ws', 'graphql-transport-ws', 'other']);
    expect(socket.socket.protocol).toBe('graphql-transport-ws');
  });

  test.for<[string, object]>([
    ['no payload', { type: 'connection_init' }],
    ['a null payload', { type: 'connection_init', payload: null }],
    ['an empty payload', { type: 'connection_init', payload: {} }],
    [
      'a payload with unknown properties',
      { type: 'connection_init', payload: { a: [1, { b: null }], c: 'd' } },
    ],
    ['properties that the protocol does not define', { type: 'connection_init', id: 'x', extra: true }],
  ])('is acknowledged once after connection_init with %s', async ([, init], { bare }) => {
    bare.send(init);
    expect(await bare.next()).toEqual({ type: 'connection_ack' });
    await bare.settle();
    expect(bare.received.filter(({ type }) => type === 'connection_ack')).toHaveLength(1);
  });

  test('sends no acknowledgement before connection_init', async ({ bare }) => {
    await bare.settle();
    expect(bare.received.map(({ type }) => type)).toEqual(['pong']);
  });

  test.for<[string, object]>([
    ['no payload', {}],
    ['a payload', { payload: { at: 1, deep: [{ a: null }] } }],
    ['a null payload', { payload: null }],
  ])(
    'answers a ping with %s with a pong without a payload, before and after connection_init',
    async ([, ping], { bare }) => {
      bare.send({ type: 'ping', ...ping });
      expect(await bare.next()).toEqual({ type: 'pong' });
      await bare.init();
      bare.send({ type: 'ping', ...ping });
      expect(await bare.next()).toEqual({ type: 'pong' });
    },
  );

  test('ignores an unsolicited pong', async ({ bare }) => {
    bare.send({ type: 'pong' }, { type: 'pong', payload: { a: 1 } });
    await bare.init();
    bare.send({ type: 'pong' }, { type: 'pong', payload: null });
    await bare.settle();
    expect(bare.received.map(({ type }) => type)).toEqual(['connection_ack', 'pong']);
  });

  test('accepts a message in a binary frame', async ({ bare }) => {
    bare.send(Buffer.from('{"type":"connection_init"}'));
    expect(await bare.next()).toEqual({ type: 'connection_ack' });
    bare.send(Buffer.from(JSON.stringify(subscribe('q', '{ __typename }'))));
    expect(await bare.next()).toMatchObject({ id: 'q', type: 'next' });
  });

  test('accepts a message in many frames', async ({ bare }) => {
    for (const letter of '{"type":"connection_init"') bare.socket.send(letter, { fin: false });
    bare.socket.send('}', { fin: true });
    expect(await bare.next()).toEqual({ type: 'connection_ack' });
  });
});

describeWithDatabase('an operation over a WebSocket', () => {
  test('sends one result for a query, then completes', async ({ ready }) => {
    expect(await ready.run('q', '{ __typename }')).toMatchObject([
      { id: 'q', type: 'next', payload: { data: { __typename: 'Query' } } },
      { id: 'q', type: 'complete' },
    ]);
    expect(Object.keys(ready.received[2] ?? {}).sort()).toEqual(['id', 'type']);
  });

  test('accepts variables and an operation name, and treats null as absent', async ({ ready }) => {
    const query = 'query A($x: String!) { __type(name: $x) { name } } query B { __typename }';
    const [a] = await ready.run('a', query, { operationName: 'A', variables: { x: 'Actor' } });
    expect(a?.payload.data).toEqual({ __type: { name: 'Actor' } });
    const [b] = await ready.run('b', query, { operationName: 'B', variables: null, extensions: null });
    expect(b?.payload.data).toEqual({ __typename: 'Query' });
    const [c] = await ready.run('c', '{ __typename }', { operationName: null, extensions: { x: 1 } });
    expect(c?.payload.data).toEqual({ __typename: 'Query' });
  });

  test.for(['1', 'x'.repeat(128), '__proto__', 'constructor', 'ü\u0000\u{1f680}', ' '])(
    'receives its messages under its id: %j',
    async (id, { ready }) => {
      expect((await ready.run(id, '{ __typename }')).map((message) => message.type)).toEqual([
        'next',
        'complete',
      ]);
    },
  );

  test('can reuse the id of one that the server completed, an error ended or the client completed', async ({
    server,
    ready,
  }) => {
    expect((await ready.run('x', '{ __typename }')).at(-1)).toMatchObject({ type: 'complete' });
    expect((await ready.run('x', '{ nothing }')).at(-1)).toMatchObject({ type: 'error' });
    ready.send(subscribe('x'));
    await vi.waitUntil(() => server.fanOut.figures.subscribers === 1, 30_000);
    ready.send({ id: 'x', type: 'complete' });
    await vi.waitUntil(() => server.fanOut.figures.subscribers === 0, 30_000);
    expect((await ready.run('x', '{ __typename }')).at(-1)).toMatchObject({ type: 'complete' });
  });

  test('sends results for a subscription until the client completes it, and nothing after', async ({
    server,
    ready,
  }) => {
    ready.send(subscribe('live'));
    await vi.waitUntil(() => server.fanOut.figures.subscribers === 1, 30_000);
    await publishStatement(server, 'While it runs');
    expect(await ready.next()).toMatchObject({
      id: 'live',
      type: 'next',
      payload: { data: { developmentPublished: { headline: 'While it runs' } } },
    });
    ready.send({ id: 'live', type: 'complete' });
    await vi.waitUntil(() => server.fanOut.figures.subscribers === 0, 30_000);
    await publishStatement(server, 'When it is over');
    await ready.settle();
    expect(ready.received.filter(({ id }) => id === 'live')).toHaveLength(1);
  });

  test('sends no result for a query that the client completes first', async ({ server, ready }) => {
    let release = () => {};
    let lock: Promise<void> | undefined;
    await new Promise<void>((locked) => {
      lock = server.db.$transaction(async (tx) => {
        await tx.$executeRaw`LOCK TABLE topic IN ACCESS EXCLUSIVE MODE`;
        const released = new Promise<void>((resolve) => {
          release = resolve;
        });
        locked();
        await released;
      });
    });
    ready.send(subscribe('early', '{ topics { totalCount } }'), { id: 'early', type: 'complete' });
    await ready.settle();
    release();
    await lock;
    await ready.run('later', '{ topics { totalCount } }');
    expect(ready.received.filter(({ id }) => id === 'early')).toEqual([]);
  });

  test('can be completed when it is unknown or over', async ({ ready }) => {
    ready.send({ id: 'never', type: 'complete' }, { id: 'toString', type: 'complete' });
    await ready.run('over', '{ __typename }');
    ready.send({ id: 'over', type: 'complete' }, { id: 'over', type: 'complete' });
    await ready.settle();
    expect((await ready.run('next', '{ __typename }')).at(-1)).toMatchObject({ type: 'complete' });
  });

  test.for([
    ['a syntax error', '{', /Syntax Error/],
    ['an empty document', '', /Syntax Error/],
    ['an unknown field', '{ nothing }', /Cannot query field "nothing"/],
    [
      'a missing variable',
      'query ($slug: String!) { topic(slug: $slug) { id } }',
      /"\$slug" of required type/,
    ],
    ['no operation', 'fragment F on Topic { id }', /operation|never used/],
    ['two operations and no name', 'query A { __typename } query B { __typename }', /operation/],
    [
      'a subscription to two fields',
      'subscription { a: feed { __typename } b: feed { __typename } }',
      /only one|single/,
    ],
  ] as const)(
    'that fails because of %s sends only errors and leaves the socket open',
    async ([, query, message], { server, ready }) => {
      ready.send(subscribe('live'));
      const answer = await ready.run('x', query);
      await ready.settle();
      const [first] = answer;
      // PROTOCOL.md lets a server report a request error as an `error` message or as a result.
      const errors = first?.type === 'error' ? first.payload : first?.payload.errors;
      expect(answer.map(({ type }) => type)).toEqual(
        first?.type === 'error' ? ['error'] : ['next', 'complete'],
      );
      expect(errors).toEqual([expect.objectContaining({ message: expect.stringMatching(message) })]);
      expect(errors[0].extensions?.code).toMatch(/^(?!INTERNAL)[A-Z_]+$/);
      expect(ready.received.filter(({ id }) => id === 'x')).toEqual(answer);
      await vi.waitUntil(() => server.fanOut.figures.subscribers === 1, 30_000);
      expect(server.logged).toEqual([]);
    },
  );

  test('does not wait for earlier operations', async ({ server, ready }) => {
    ready.send(
      subscribe('live'),
      subscribe('a', '{ topics { totalCount } }'),
      subscribe('b', '{ __typename }'),
    );
    await vi.waitUntil(() => ready.received.filter(({ type }) => type === 'complete').length === 2, 30_000);
    for (const id of ['a', 'b']) {
      const types = ready.received.filter((message) => message.id === id).map(({ type }) => type);
      expect(types).toEqual(['next', 'complete']);
    }
    await vi.waitUntil(() => server.fanOut.figures.subscribers === 1, 30_000);
  });
});
