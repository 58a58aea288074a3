import { CloseCode } from 'graphql-ws';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { describeWithDatabase, test as withServer } from '../support/fixtures.js';
import { openSocket, type RawSocket } from '../support/hostile/raw-socket.js';
import { exchange } from '../support/hostile/tcp-exchange.js';
import type { TestServer } from '../support/server.js';
import { test as base } from '../support/shared.js';

// Violations that close a WebSocket, with the codes of PROTOCOL.md and RFC 6455. 4413 is our own: see
// slow-clients.test.ts.

const MAX_MESSAGE_BYTES = 262_144;
const LIVE = 'subscription { developmentPublished { headline } }';
const subscribe = (id: unknown, payload: unknown) => ({ id, type: 'subscribe', payload });

const test = base.extend<{ bare: RawSocket }>({
  /** A socket that has sent nothing yet. */
  bare: async ({ server }, use) => {
    await using socket = await openSocket(server.url);
    await use(socket);
  },
});

// If client errors were printed, any client could fill a disk.
beforeEach(() => {
  vi.spyOn(console, 'error');
});
afterEach(() => {
  expect(vi.mocked(console.error).mock.calls).toEqual([]);
  vi.restoreAllMocks();
});

/** Expects the messages to close a subscribed socket with the code and to end its subscription. */
async function expectClose(server: TestServer, messages: (object | string | Buffer)[], code: number) {
  await using socket = await openSocket(server.url);
  await socket.init();
  socket.send(subscribe('live', { query: LIVE }));
  await vi.waitUntil(() => server.fanOut.figures.subscribers === 1, 30_000);
  const before = socket.received.length;
  socket.send(...messages);
  const closed = await socket.closed;
  expect(closed).toMatchObject({ code });
  expect(socket.received.slice(before)).toEqual([]);
  await vi.waitUntil(() => server.fanOut.figures.subscribers === 0, 30_000);
  expect(server.logged).toEqual([]);
  return closed;
}

const QUERY = { query: '{ __typename }' };

describeWithDatabase('a WebSocket is closed with 4400 for', () => {
  test.for<[string, object | string | Buffer]>([
    ['text that is not JSON', 'hello'],
    ['an empty message', ''],
    ['truncated JSON', '{"type":"ping"'],
    ['two messages in one', '{"type":"ping"}{"type":"ping"}'],
    ['a list', '[{"type":"ping"}]'],
    ['an empty list', '[]'],
    ['null', 'null'],
    ['a number', '42'],
    ['a string', '"ping"'],
    ['true', 'true'],
    ['an object without a type', {}],
    ['null for the type', { type: null }],
    ['a number for the type', { type: 1 }],
    ['an empty type', { type: '' }],
    ['an unknown type', { type: 'shout' }],
    ['the type of an old protocol', { id: '1', type: 'start', payload: QUERY }],
    ['a type in capitals', { type: 'PING' }],
    ['the name of an Object.prototype property for a type', { type: 'constructor' }],
    ['binary data that is not JSON', Buffer.from([0, 1, 2, 254, 255])],
    ['an empty binary message', Buffer.alloc(0)],
    ['a ping with a string', { type: 'ping', payload: 'x' }],
    ['a ping with a list', { type: 'ping', payload: [] }],
    ['a pong with a number', { type: 'pong', payload: 1 }],
    ['connection_init with a string', { type: 'connection_init', payload: 'token' }],
    ['connection_init with a list', { type: 'connection_init', payload: ['token'] }],
    ['connection_init with true', { type: 'connection_init', payload: true }],
    ['subscribe without an id', { type: 'subscribe', payload: QUERY }],
    ['subscribe with an empty id', subscribe('', QUERY)],
    ['subscribe with a number for an id', subscribe(1, QUERY)],
    ['subscribe with null for an id', subscribe(null, QUERY)],
    ['subscribe without a payload', { id: '1', type: 'subscribe' }],
    ['subscribe with null for a payload', subscribe('1', null)],
    ['subscribe with a list for a payload', subscribe('1', [QUERY])],
    ['subscribe with a string for a payload', subscribe('1', '{ __typename }')],
    ['subscribe without a query', subscribe('1', {})],
    ['subscribe with a number for the query', subscribe('1', { query: 1 })],
    ['subscribe with null for the query', subscribe('1', { query: null })],
    ['subscribe with an object for the query', subscribe('1', { query: {} })],
    ['subscribe with a list of variables', subscribe('1', { ...QUERY, variables: [] })],
    ['subscribe with a string for the variables', subscribe('1', { ...QUERY, variables: '{}' })],
    ['subscribe with a number for the operation', subscribe('1', { ...QUERY, operationName: 1 })],
    ['subscribe with a list of extensions', subscribe('1', { ...QUERY, extensions: [] })],
    ['complete without an id', { type: 'complete' }],
    ['complete with an empty id', { id: '', type: 'complete' }],
    ['complete with a number for an id', { id: 1, type: 'complete' }],
    ['an error without errors', { id: '1', type: 'error', payload: [] }],
    ['a malformed result', { id: '1', type: 'next', payload: 1 }],
  ])('%s', async ([, message], { server }) => {
    await expectClose(server, [message], CloseCode.BadRequest);
  });

  // Well-formed, but only servers may send them.
  test.for<[string, object]>([
    ['connection_ack', { type: 'connection_ack' }],
    ['next', { id: 'live', type: 'next', payload: { data: {} } }],
    ['error', { id: 'live', type: 'error', payload: [{ message: 'x' }] }],
  ])('%s, which only servers may send', async ([, message], { server }) => {
    await expectClose(server, [message], CloseCode.BadRequest);
  });
});

describeWithDatabase('a WebSocket is closed with', () => {
  test('4401 for subscribe before connection_init', async ({ bare }) => {
    bare.send(subscribe('1', QUERY));
    expect(await bare.closed).toEqual({ code: CloseCode.Unauthorized, reason: 'Unauthorized' });
  });

  test('4401 for subscribe before the acknowledgement', async ({ bare }) => {
    bare.send(
      { type: 'connection_init', payload: { authorization: 'Bearer nobody' } },
      subscribe('1', QUERY),
    );
    // The token check queries the database, so the subscription arrives before or after the refusal.
    expect((await bare.closed).code).toBeOneOf([CloseCode.Unauthorized, CloseCode.Forbidden]);
    expect(bare.received).toEqual([]);
  });

  test('4403 for an unknown token', async ({ bare }) => {
    bare.send({ type: 'connection_init', payload: { authorization: 'Bearer nobody' } });
    expect(await bare.closed).toMatchObject({ code: CloseCode.Forbidden });
    expect(bare.received).toEqual([]);
  });

  test('4406 for a client that offers no subprotocol', async ({ server }) => {
    await using socket = await openSocket(server.url, []);
    expect(await socket.closed).toMatchObject({ code: CloseCode.SubprotocolNotAcceptable });
  });

  test('4406 for a client that offers only the legacy subprotocol', async ({ server }) => {
    const { text } = await exchange(
      server.url,
      [
        'GET /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n',
        'sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n',
        'sec-websocket-protocol: graphql-ws\r\n\r\n',
        // An empty close frame, masked with zeros, which answers the server's own.
        Buffer.from([0x88, 0x80, 0, 0, 0, 0]),
      ],
      { signal: AbortSignal.timeout(30_000) },
    );
    // Either the handshake is refused, or a close frame with the code follows: opcode 8, then 0x1136.
    if (/^HTTP\/1\.1 101 /.test(text)) expect(text).toContain('\x11\x36');
    else expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  test('4408 for a missing connection_init', async ({ bare }) => {
    bare.send({ type: 'ping' });
    expect(await bare.closed).toMatchObject({ code: CloseCode.ConnectionInitialisationTimeout });
  });

  test('4409 for the id of a running subscription', async ({ server }) => {
    const closed = await expectClose(server, [subscribe('live', QUERY)], CloseCode.SubscriberAlreadyExists);
    expect(closed.reason).toBe('Subscriber for live already exists');
  });

  test('4409 for the id of a running query', async ({ server }) => {
    await using socket = await openSocket(server.url);
    await socket.init();
    socket.socket.pause(); // Both are sent before the client reads a reply.
    const query = { query: '{ developments { totalCount } }' };
    socket.send(subscribe('q', query), subscribe('q', query));
    socket.socket.resume();
    expect(await socket.closed).toMatchObject({ code: CloseCode.SubscriberAlreadyExists });
  });

  test('4429 for a second connection_init', async ({ server }) => {
    await expectClose(server, [{ type: 'connection_init' }], CloseCode.TooManyInitialisationRequests);
  });

  test('4429 for a second connection_init before the acknowledgement of the first', async ({ bare }) => {
    bare.send({ type: 'connection_init' }, { type: 'connection_init' });
    expect(await bare.closed).toMatchObject({ code: CloseCode.TooManyInitialisationRequests });
  });

  test('1009 for a message that exceeds the size limit, in one frame or in many', async ({ server }) => {
    const ping = (bytes: number) => {
      const rest = '{"type":"ping","payload":{"x":""}}'.length;
      return `{"type":"ping","payload":{"x":"${'x'.repeat(bytes - rest)}"}}`;
    };
    await using socket = await openSocket(server.url);
    socket.send(ping(MAX_MESSAGE_BYTES));
    expect(await socket.next()).toMatchObject({ type: 'pong' });
    socket.send(ping(MAX_MESSAGE_BYTES + 1));
    expect(await socket.closed).toMatchObject({ code: 1009 });

    await using framed = await openSocket(server.url);
    for (let frames = 0; frames < 9; frames += 1) framed.socket.send('x'.repeat(32_768), { fin: false });
    expect(await framed.closed).toMatchObject({ code: 1009 });
    expect(server.logged).toEqual([]);
  });

  test('1007 for text that is not UTF-8', async ({ bare }) => {
    bare.socket.send(Buffer.from([0xc3, 0x28]), { binary: false });
    expect(await bare.closed).toMatchObject({ code: 1007 });
  });

  test('1002 for an unmasked frame', async ({ bare }) => {
    bare.socket.send('{"type":"ping"}', { mask: false });
    expect(await bare.closed).toMatchObject({ code: 1002 });
  });

  // No client message causes 4500: a failing operation only gets an error of its own.
  withServer(
    '1013 when the server fails to check a token, with details only in the log',
    async ({ server }) => {
      await server.db.$executeRawUnsafe('ALTER TABLE api_token RENAME TO api_token_away');
      await using socket = await openSocket(server.url);
      socket.send({ type: 'connection_init', payload: { authorization: 'Bearer somebody' } });
      const closed = await socket.closed;
      expect(closed).toEqual({ code: 1013, reason: expect.stringMatching(/^The server failed\./) });
      expect(socket.received).toEqual([]);
      expect(server.logged).toMatchObject([{ err: { message: expect.stringContaining('api_token') } }]);
    },
  );

  withServer('no code when the server fails in an operation, whose error is masked', async ({ server }) => {
    await server.db.$executeRawUnsafe('ALTER TABLE topic RENAME TO topic_away');
    await using socket = await openSocket(server.url);
    await socket.init();
    const [result] = await socket.run('x', '{ topics { totalCount } }');
    const errors = result?.type === 'error' ? result.payload : result?.payload.errors;
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/^The server failed\./),
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/topic_?away|prisma/i);
    expect(server.logged).toMatchObject([{ err: { message: expect.stringContaining('topic') } }]);
    expect((await socket.run('y', '{ __typename }')).at(-1)).toMatchObject({ type: 'complete' });
  });
});
