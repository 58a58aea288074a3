import fc from 'fast-check';
import { afterAll, describe, expect } from 'vitest';
import { openSocket } from '../support/hostile/raw-socket.js';
import { ask, inTime, refusalIn, test } from '../support/processes/dossier-process.js';
import { bytes, forAll, SEED, texts } from '../support/random/random-bytes.js';

afterAll(() => console.info('seed', SEED));

describe('random values cause neither a crash nor a server error', () => {
  test('as WebSocket messages', async ({ served }) => {
    const words = fc.constantFrom(
      'type',
      'id',
      'payload',
      'query',
      'subscribe',
      'complete',
      'ping',
      'connection_init',
      '1',
    );
    const values = fc.jsonValue({ maxDepth: 4 });
    const messages = fc.dictionary(words, fc.oneof(words, values, fc.dictionary(words, values)));
    await forAll(
      served,
      fc.oneof(
        bytes,
        texts,
        values.map((value) => JSON.stringify(value)),
        messages.map((value) => JSON.stringify(value)),
      ),
      async (message) => {
        await using socket = await openSocket(served.url);
        await socket.init();
        socket.socket.send(message, { binary: false });
        socket.send(Buffer.from(message), { type: 'connection_init' }); // Closes the socket if nothing before did.
        const { code } = await inTime(served, () => socket.closed);
        expect([1007, 4400, 4401, 4409, 4429]).toContain(code);
      },
      200,
    );
  });

  test('as Last-Event-ID', async ({ served }) => {
    const query = 'subscription { feed { __typename } }';
    const values = fc.string({ minLength: 1, maxLength: 200 }).filter((value) => value.trim() !== '');
    await forAll(served, values, async (value) => {
      const headers = { accept: 'text/event-stream', 'last-event-id': value };
      const { status, text } = await inTime(served, (signal) => ask(served, { query }, signal, headers));
      expect(status).toBeLessThan(500);
      refusalIn(JSON.parse(/\{.*\}/.exec(text)?.[0] ?? '{}').errors);
    });
  });

  test('as a token', async ({ served }) => {
    const values = fc.string({ maxLength: 600 }).filter((value) => value.trim() !== '');
    await forAll(
      served,
      fc.tuple(fc.constantFrom('', 'Bearer ', 'Basic '), values),
      async ([scheme, value]) => {
        const headers = { authorization: `${scheme}${value}` };
        const { status, text } = await inTime(served, (signal) =>
          ask(served, { query: '{ feedHead }' }, signal, headers),
        );
        expect(status).toBe(401);
        expect(refusalIn(JSON.parse(text).errors)).toEqual(['UNAUTHENTICATED']);
        await using socket = await openSocket(served.url);
        socket.send({ type: 'connection_init', payload: headers });
        expect((await inTime(served, () => socket.closed)).code).toBe(4403);
      },
    );
  });

  test('as ids, cursors, slugs, dates and texts', async ({ served }) => {
    const fields = [
      'node(id: $id) { id }',
      'developments(after: $text) { totalCount }',
      'sources(before: $text) { totalCount }',
      'development(slug: $text) { id }',
      'chain(slug: $text) { isComplete }',
      'developments(filter: { text: $text }) { totalCount }',
      'developments(filter: { occurred: { within: $text } }) { totalCount }',
      'developments(filter: { topic: [$text], country: [$text] }) { totalCount }',
      'developments(filter: { recordedSince: $moment }) { totalCount }',
      'developments(asOf: { cursor: $cursor }) { totalCount }',
      '__type(name: $text) { name }',
    ];
    const declared = '$id: ID!, $text: String!, $moment: DateTime!, $cursor: Cursor!';
    await forAll(served, fc.tuple(texts, fc.jsonValue()), async ([text, value]) => {
      for (const variables of [text, value].map((it) => ({ id: it, text: it, moment: it, cursor: it }))) {
        for (const field of fields) {
          const used = declared.split(', ').filter((one) => field.includes(one.split(':')[0] ?? ''));
          const body = { query: `query (${used.join(', ')}) { ${field} }`, variables };
          const reply = await inTime(served, (signal) => ask(served, body, signal));
          expect(reply.status, reply.text).toBeLessThan(500);
          const { data, errors } = JSON.parse(reply.text);
          if (!data || errors) refusalIn(errors);
        }
      }
    });
  });

  test('as documents, operation names, variables and extensions', async ({ served }) => {
    const query = fc.oneof(fc.constant('query A { feedHead }'), texts, fc.jsonValue());
    const bodies = fc.record(
      {
        query,
        operationName: fc.oneof(texts, fc.jsonValue()),
        variables: fc.jsonValue(),
        extensions: fc.jsonValue(),
      },
      { requiredKeys: ['query'] },
    );
    await forAll(
      served,
      bodies,
      async (body) => {
        const reply = await inTime(served, (signal) => ask(served, body, signal));
        expect(reply.status, reply.text).toBeLessThan(500);
        const { data, errors } = JSON.parse(reply.text);
        if (!data || errors) refusalIn(errors);
      },
      300,
    );
  });
});
