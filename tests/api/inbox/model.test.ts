import type { ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
// Loaded here: the first request would wait for it.
import '../../../src/intake/extract/extract.js';
import { askModel, ModelAwayError, ModelError } from '../../../src/intake/model/ask-model.js';
import { createDatabase } from '../../support/database.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { serveWeb } from '../../support/hostile-web.js';
import { startTestServer } from '../../support/server.js';
import { send } from '../desk/desk-client.js';
import { add } from './inbox-client.js';

const TEXT = 'The envoy was clear about the plan. Officials met at noon.';
const TRUE = { kind: 'STATEMENT', excerpt: 'was clear about the plan', quotation: 'REPORTED' };
const LIE = { ...TRUE, excerpt: 'was unclear about the plan' };

const signal = new AbortController().signal;

/** A model that answers by the path. */
const serveModel = (answers: Record<string, (response: ServerResponse) => void>) => {
  const bodies: any[] = [];
  const web = serveWeb((request, response) => {
    void text(request).then((body) => {
      bodies.push(JSON.parse(body));
      answers[request.url ?? '']?.(response);
    });
  });
  return web.then((it) => ({ ...it, bodies }));
};

const json = (value: unknown) => (response: ServerResponse) => response.end(JSON.stringify(value));

describeWithDatabase('a language model of the operator', () => {
  test('adds suggestions that the text bears out, and no others', async () => {
    await using model = await serveModel({ '/': json({ suggestions: [LIE, TRUE, { kind: 'NAME' }] }) });
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { SUGGEST_URL: `${model.url}/` });
    const { item } = await add(server, { text: TEXT, title: 'Talks', language: 'en' });
    const suggestions = async () => {
      const { inboxItem } = await server.data(
        'query ($id: ID!) { inboxItem(id: $id) { suggestions { key kind rule grade excerpt use { act } } } }',
        { id: item.id },
      );
      return inboxItem.suggestions;
    };
    await vi.waitFor(async () => expect(await suggestions()).toHaveLength(1), 60_000);
    const [{ key, ...rest }] = await suggestions();
    expect(rest).toEqual({
      ...{ kind: 'STATEMENT', rule: 'model', grade: 'D', excerpt: TRUE.excerpt, use: null },
    });
    expect(model.bodies).toEqual([
      { version: 1, title: 'Talks', text: TEXT, language: 'en', published: null, names: [] },
    ]);
    const accepted = await send(server, 'acceptSuggestion', { item: item.id, key }, 'development { status }');
    expect(accepted.development.status).toBe('DRAFT');
    expect((await suggestions())[0].use).toEqual({ act: 'DRAFTED' });
  }, 120_000);

  test('that lies or fails changes nothing, and the log says why', async () => {
    await using model = await serveModel({ '/': json({ suggestions: [LIE] }), '/bad': json([TRUE]) });
    for (const [path, isLogged] of [
      ['/', false],
      ['/bad', true],
    ] as const) {
      await using database = await createDatabase();
      await using server = await startTestServer(database.location, { SUGGEST_URL: `${model.url}${path}` });
      const before = model.bodies.length;
      const { item } = await add(server, { text: TEXT });
      await vi.waitFor(() => expect(model.bodies.length).toBeGreaterThan(before), 60_000);
      const words = 'The answer of SUGGEST_URL has no list "suggestions". See docs/intake.md for the format.';
      if (isLogged) {
        await vi.waitFor(() => expect(server.logged.map(({ msg }) => msg)).toContain(words), 60_000);
      }
      const { inboxItem } = await server.data(
        'query ($id: ID!) { inboxItem(id: $id) { state suggestions { key } } }',
        { id: item.id },
      );
      expect(inboxItem).toEqual({ state: 'UNREAD', suggestions: [] });
    }
  }, 120_000);

  test('costs an attempt if it fails, and none if it has no time', async () => {
    await using model = await serveModel({
      '/busy': (response) => response.writeHead(503).end(),
      '/broken': (response) => response.writeHead(500).end(),
    });
    for (const [path, status, attempts] of [
      ['/busy', 503, 0],
      ['/broken', 500, 1],
    ] as const) {
      await using database = await createDatabase();
      await using server = await startTestServer(database.location, { SUGGEST_URL: `${model.url}${path}` });
      await add(server, { text: TEXT });
      const words = `with the status ${status}.`;
      await vi.waitFor(() => expect(server.logged.some(({ msg }) => msg.endsWith(words))).toBe(true), 60_000);
      const counted = () => server.db.inboxItem.findFirst({ select: { modelAttempts: true } });
      await vi.waitFor(async () => expect(await counted()).toEqual({ modelAttempts: attempts }), 60_000);
    }
  }, 120_000);
});

test('an answer of a model is bounded in time, size and place', async () => {
  await using model = await serveModel({
    '/status': (response) => response.writeHead(503).end(),
    '/moved': (response) => response.writeHead(307, { location: '/text' }).end(),
    '/text': (response) => response.end('Sure! Here are your suggestions.'),
    '/large': (response) => response.end(`[${'1,'.repeat(1_000_000)}1]`),
    '/silent': () => {},
    '/broken': (response) => {
      response.writeHead(200, { 'content-length': '99' }).write('{');
      response.destroy();
    },
  });
  const request = { version: 1, title: '', text: '', language: null, published: null, names: [] } as const;
  const ask = (url: string, timeout = 30_000) => askModel(request, { url, timeout, signal });
  for (const [path, reason] of [
    ['/status', 'with the status 503'],
    ['/moved', 'with the status 307'],
    ['/text', 'did not return JSON'],
    ['/large', 'more than 1048576 bytes'],
  ] as const) {
    await expect(ask(`${model.url}${path}`)).rejects.toThrow(reason);
  }
  await expect(ask(`${model.url}/status`)).rejects.toBeInstanceOf(ModelAwayError);
  await expect(ask(`${model.url}/moved`)).rejects.not.toBeInstanceOf(ModelAwayError);
  await expect(ask(`${model.url}/silent`, 200)).rejects.toThrow('did not answer within 0.2 s');
  await expect(ask(`${model.url}/broken`)).rejects.toBeInstanceOf(ModelError);
  await expect(ask('http://127.0.0.1:1/')).rejects.toBeInstanceOf(ModelAwayError);
});
