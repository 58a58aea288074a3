import { getIntrospectionQuery } from 'graphql';
import { describe, expect, vi } from 'vitest';
import { DOCUMENTS, HEAVY } from '../support/hostile/hostile-documents.js';
import { type Message, openSocket, type RawSocket } from '../support/hostile/raw-socket.js';
import {
  ask,
  expectWell,
  inTime,
  refusalIn,
  type Served,
  test as withServer,
} from '../support/processes/dossier-process.js';

const WITNESS = 'subscription { feed { __typename } }';
const FILTER = 'query ($filter: DevelopmentFilter) { developments(filter: $filter) { totalCount } }';

const test = withServer.extend<{ socket: RawSocket }>({
  /** A socket with a subscription that must survive everything else sent over it. */
  socket: async ({ served }, use) => {
    await using socket = await openSocket(served.url);
    await socket.init();
    socket.send({ id: 'witness', type: 'subscribe', payload: { query: WITNESS } });
    expect(await socket.next()).toMatchObject({ id: 'witness', type: 'next' });
    await use(socket);
    await socket.settle();
    expect(socket.received.filter(({ id }) => id === 'witness')).toHaveLength(1);
    await expectWell(served);
  },
});

// Built by hand, because JSON.stringify cannot nest that deep.
const DEEP = `{"query":${JSON.stringify(FILTER)},"variables":{"filter":${'{"not":'.repeat(20_000)}{}${'}'.repeat(20_000)}}}`;
const ROWS = Object.entries(DOCUMENTS);

describe('over HTTP the server promptly refuses', () => {
  test.for(ROWS)('%s', async ([, { code, ...body }], { served }) => {
    const reply = await inTime(served, (signal) => ask(served, body, signal));
    expect(reply.status).toBeLessThan(500);
    const { data, errors } = JSON.parse(reply.text);
    const codes = refusalIn(errors);
    if (code) expect(codes).toContain(code);
    expect(Object.values(data ?? {}).every((value) => value === null)).toBe(true);
    expect(reply.text.length).toBeLessThan(JSON.stringify(body).length + 64 * 1024);
    await expectWell(served);
  });

  test('variables nested 20,000 deep', async ({ served }) => {
    const reply = await inTime(served, (signal) => ask(served, DEEP, signal));
    expect(reply.status).toBe(400);
    expect(refusalIn(JSON.parse(reply.text).errors)).toEqual(['LIMIT_EXCEEDED']);
    await expectWell(served);
  });
});

describe('over HTTP the server promptly answers', () => {
  test.for(Object.entries(HEAVY))('%s', async ([, body], { served }) => {
    const reply = await inTime(served, (signal) => ask(served, body, signal));
    expect(reply.status).toBeLessThan(500);
    const { errors } = JSON.parse(reply.text);
    if (errors) refusalIn(errors);
    await expectWell(served);
  });
});

describe('over a WebSocket the server continues other operations while it promptly refuses', () => {
  /** Expects an operation to yield its refusal and nothing else. */
  const expectRefusal = ([first, ...rest]: Message[], code: string | undefined) => {
    const codes = refusalIn(first?.type === 'error' ? first.payload : first?.payload.errors);
    if (code) expect(codes).toContain(code);
    expect(rest.map(({ type }) => type)).toEqual(first?.type === 'error' ? [] : ['complete']);
  };

  test.for(ROWS)('%s', async ([, { code, query, ...rest }], { served, socket }) => {
    expectRefusal(await inTime(served, () => socket.run('hostile', query, rest)), code);
  });

  test('variables nested 20,000 deep', async ({ served, socket }) => {
    socket.send(`{"id":"deep","type":"subscribe","payload":${DEEP}}`);
    expectRefusal([await inTime(served, () => socket.next())], 'LIMIT_EXCEEDED');
  });

  test('more than 50 subscriptions on one socket', async ({ served, socket }) => {
    const payload = { query: WITNESS };
    for (let id = 2; id <= 51; id += 1) socket.send({ id: `${id}`, type: 'subscribe', payload });
    const answers: Message[] = [];
    while (answers.length < 50) answers.push(await inTime(served, () => socket.next()));
    const refused = answers.filter(({ type }) => type === 'error');
    expect(refused.map((message) => refusalIn(message.payload))).toEqual([['LIMIT_EXCEEDED']]);
    socket.send({ id: '2', type: 'complete' });
    await socket.settle();
    socket.send({ id: 'again', type: 'subscribe', payload });
    await vi.waitUntil(
      () => socket.received.some(({ id, type }) => id === 'again' && type === 'next'),
      30_000,
    );
  });
});

describe('the limits allow', () => {
  const isAnswered = async (served: Served, query: string) => {
    const { status, text } = await inTime(served, (signal) => ask(served, { query }, signal));
    expect(JSON.parse(text).errors).toBeUndefined();
    expect(status).toBe(200);
  };

  test.for([
    ['of GraphiQL', getIntrospectionQuery()],
    [
      'with every option',
      getIntrospectionQuery({
        descriptions: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
        oneOf: true,
      }),
    ],
  ] as const)('the introspection query %s', async ([, query], { served }) => {
    await isAnswered(served, query);
  });

  test('a page of developments with their evidence and links', async ({ served }) => {
    await isAnswered(
      served,
      `{ developments(first: 20) { totalCount pageInfo { hasNextPage endCursor } nodes {
        __typename slug headline occurred { edtf text } confidence topics { slug name }
        participants { role actor { slug name } } disputes { field values { text claims { key } } }
        citations { stance excerpt source { slug title publisher url } claims { field text } }
        links { relation to { slug headline } }
        ... on Statement { quotation speakers { actor { name } } } ... on Event { type places { name } }
      } } feedHead }`,
    );
  });
});
