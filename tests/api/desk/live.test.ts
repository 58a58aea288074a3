import { expect, vi } from 'vitest';
import { createToken, revokeToken } from '../../../src/domain/token.js';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import { ADMIN_TOKEN } from '../../support/server.js';
import { DESK, editorToken, followDesk, recordDraft, send } from './desk-client.js';

describeWithDatabase('deskChanged', () => {
  test('sends drafts and public developments, as they are now', async ({ server }) => {
    const desk = await followDesk(server);
    expect(desk.first).toMatchObject({ isIncomplete: false, changes: [] });
    const slug = await recordDraft(server, 'A draft');
    const isIt = (change: any) => change.development.slug === slug;
    expect(await desk.until(isIt)).toEqual({
      __typename: 'DeskDevelopmentChanged',
      development: { slug, status: 'DRAFT', revision: 1, headline: 'A draft' },
    });
    await send(server, 'reviseStatement', { slug, headline: 'A better draft' }, '__typename');
    const revised = await desk.until((change) => isIt(change) && change.development.revision === 2);
    expect(revised.development).toMatchObject({ status: 'DRAFT', headline: 'A better draft' });
    const published = await publishStatement(server, 'Public');
    const told = await desk.until((change) => change.development.slug === published);
    expect(told.development.status).toBe('PUBLISHED');
    await desk.stop();
  });

  test('sends merges and their undoing, also of references that no development refers to', async ({
    server,
  }) => {
    for (const slug of ['one', 'other']) {
      await send(server, 'upsertTopic', { slug, name: `Topic ${slug}` }, '__typename');
    }
    const desk = await followDesk(server);
    const isMerge = ({ __typename }: any) => __typename === 'DeskMergeChanged';
    const input = { from: 'one', into: 'other', reason: 'One.' };
    const { merge } = await send(server, 'mergeTopics', input, 'merge { key }');
    expect(await desk.until(isMerge)).toEqual({
      ...{ __typename: 'DeskMergeChanged', merge: { kind: 'TOPIC', count: 0, undoneAt: null } },
    });
    await send(server, 'undoMerge', { merge: merge.key }, '__typename');
    const undone = await desk.until(isMerge);
    expect(undone.merge).toMatchObject({ kind: 'TOPIC', undoneAt: expect.any(String) });
    await desk.stop();
  });

  test('resumes after a cursor with each change since, over WebSocket', async ({ server }) => {
    const before = await followDesk(server);
    await before.stop();
    const slugs = [await recordDraft(server, 'One'), await recordDraft(server, 'Two')];
    await send(server, 'reviseStatement', { slug: slugs[0], headline: 'One, again' }, '__typename');
    const desk = await followDesk(server, { after: before.first.cursor });
    expect(desk.first.isIncomplete).toBe(false);
    expect(desk.first.changes.map(({ development }) => development.headline)).toEqual(['Two', 'One, again']);
    await desk.stop();
    const later = await followDesk(server, { after: desk.first.cursor });
    expect(later.first.changes).toEqual([]);
    await later.stop();
  });

  test('resumes after Last-Event-ID over server-sent events', async ({ server }) => {
    const { deskHead } = await server.data<{ deskHead: string }>('{ deskHead }');
    await recordDraft(server, 'Missed');
    const stop = new AbortController();
    const { body } = await fetch(server.url, {
      method: 'POST',
      signal: stop.signal,
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${ADMIN_TOKEN}`,
        'last-event-id': deskHead,
      },
      body: JSON.stringify({ query: DESK }),
    });
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    let text = '';
    const readUntil = async (pattern: RegExp) => {
      while (!pattern.test(text)) text += Buffer.from((await reader.read()).value ?? []).toString();
    };
    await readUntil(/"headline":"Missed"/);
    await recordDraft(server, 'Live');
    await readUntil(/"headline":"Live"/);
    const ids = [...text.matchAll(/^id: (\S+)$/gm)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(2);
    expect(text.match(/"headline":"Missed"/g)).toHaveLength(1);
    stop.abort();
  });

  test('misses no draft while twenty are written at once', async ({ server }) => {
    const { deskHead } = await server.data<{ deskHead: string }>('{ deskHead }');
    const desk = await followDesk(server, { after: deskHead });
    const seen = new Set(desk.first.changes.map(({ development }) => development.headline));
    const headlines = Array.from({ length: 20 }, (_, index) => `Draft ${index}`);
    const written = Promise.all(headlines.map((headline) => recordDraft(server, headline)));
    await desk.until(({ development }) => {
      seen.add(development.headline);
      return seen.size === headlines.length;
    });
    await written;
    expect([...seen].sort()).toEqual([...headlines].sort());
    await desk.stop();
  });

  test('says that changes are missing after an import, an old cursor, or a cursor of another epoch', async ({
    server,
  }) => {
    const desk = await followDesk(server);
    await desk.stop();
    await server.db
      .$executeRaw`INSERT INTO desk_entry (subject, transaction) VALUES ('MANY', pg_current_xact_id()::text::bigint)`;
    const many = await followDesk(server, { after: desk.first.cursor });
    expect(many.first).toMatchObject({ isIncomplete: true, changes: [] });
    await many.stop();
    const { deskHead } = await server.data<{ deskHead: string }>('{ deskHead }');
    await server.db
      .$executeRaw`UPDATE desk_head SET pruned = pg_snapshot_xmax(pg_current_snapshot())::text::bigint`;
    await recordDraft(server, 'Wakes the tail');
    const old = await followDesk(server, { after: deskHead });
    expect(old.first.isIncomplete).toBe(true);
    await old.stop();
    await server.db.$executeRaw`UPDATE desk_head SET pruned = 0`;
    await server.db.$executeRaw`UPDATE feed_head SET epoch = gen_random_uuid()`;
    await recordDraft(server, 'Wakes the tail again');
    const other = await followDesk(server, { after: deskHead });
    expect(other.first.isIncomplete).toBe(true);
    await other.stop();
  });

  test('refuses readers, and cursors that it has not sent', async ({ server }) => {
    const reader = await createToken(server.db, { name: 'reader', role: 'READER' });
    for (const [token, code] of [
      [reader, 'FORBIDDEN'],
      [null, 'UNAUTHENTICATED'],
    ] as const) {
      const { errors } = await server.request('{ deskHead mentions { nodes { readAt } } }', { token });
      expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual([code, code]);
    }
    const subscribe = (params: Record<string, unknown> | undefined, variables: object) =>
      new Promise<any>((resolve) => {
        server
          .client(params)
          .subscribe(
            { query: DESK, variables: variables as Record<string, unknown> },
            { next: resolve, error: resolve, complete: () => {} },
          );
      });
    expect(await subscribe(undefined, {})).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    const admin = { authorization: `Bearer ${ADMIN_TOKEN}` };
    const epoch = '00000000-0000-4000-8000-000000000000';
    const cursors = [
      '',
      'x',
      `${epoch} 5:4:`,
      `${epoch} 0:0:`,
      `${epoch} 4:9:8,5`,
      `${epoch} 1:2:3`,
      `${epoch} 4:5:'`,
    ];
    for (const cursor of cursors) {
      const after = Buffer.from(cursor).toString('base64url');
      expect(await subscribe(admin, { after }), cursor).toMatchObject({
        errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
      });
    }
    expect(server.logged).toEqual([]);
  });

  test('ends when the token is revoked', async ({ server }) => {
    const token = await editorToken(server, 'Jo');
    const client = server.client({ authorization: `Bearer ${token}` });
    const closed = vi.fn();
    client.on('closed', (event) => closed((event as { code: number }).code));
    const received = vi.fn();
    client.subscribe({ query: DESK }, { next: received, error: () => {}, complete: () => {} });
    await vi.waitUntil(() => received.mock.calls.length === 1, 30_000);
    await revokeToken(server.db, 'Jo');
    await vi.waitUntil(() => closed.mock.calls.length === 1, 30_000);
    expect(closed).toHaveBeenCalledWith(4403);
  });
});
