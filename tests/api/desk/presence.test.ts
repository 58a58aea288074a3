import { expect, vi } from 'vitest';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import { editorToken, followDesk, recordDraft, send } from './desk-client.js';

const PRESENCE = 'presence { editor }';

describeWithDatabase('presence', () => {
  test('is shown to editors, live and in queries, until it is ended', async ({ server }) => {
    const jo = await editorToken(server, 'Jo');
    const slug = await publishStatement(server, 'Public');
    const desk = await followDesk(server);
    const set = await send(server, 'setPresence', { slug, editing: true }, PRESENCE, jo);
    expect(set.presence).toEqual([{ editor: 'Jo' }]);
    const isPresence = ({ __typename }: any) => __typename === 'DeskPresenceChanged';
    expect(await desk.until(isPresence)).toMatchObject({
      development: { slug },
      presence: [{ editor: 'Jo' }],
    });
    await send(server, 'setPresence', { slug, editing: true }, PRESENCE);
    const query = `{ development(slug: "${slug}") { presence { editor } } }`;
    const both = [{ editor: 'Jo' }, { editor: 'ADMIN_TOKEN' }];
    expect(await server.data(query)).toEqual({ development: { presence: both } });
    expect((await server.request(query, { token: null })).data).toEqual({ development: { presence: null } });
    await send(server, 'setPresence', { slug, editing: false }, PRESENCE, jo);
    await desk.until((change) => isPresence(change) && change.presence.length === 1);
    await desk.stop();
  });

  test('ends by itself, and the desk is told', async ({ server }) => {
    const slug = await recordDraft(server, 'A draft');
    await send(server, 'setPresence', { slug, editing: true }, PRESENCE);
    const desk = await followDesk(server);
    await server.db.$executeRaw`UPDATE presence SET expires_at = clock_timestamp()`;
    const query = `{ development(slug: "${slug}") { presence { editor } } }`;
    expect(await server.data(query)).toEqual({ development: { presence: [] } });
    const told = await desk.until(({ __typename }) => __typename === 'DeskPresenceChanged');
    expect(told.presence).toEqual([]);
    expect(await server.db.presence.count()).toBe(0);
    await desk.stop();
  });

  test('tells nobody when it is only prolonged', async ({ server }) => {
    const slug = await recordDraft(server, 'A draft');
    const set = () => send(server, 'setPresence', { slug, editing: true }, PRESENCE);
    await set();
    const [before] = await server.db.presence.findMany();
    const entries = await server.db.deskEntry.count();
    await vi.waitUntil(async () => {
      await set();
      const [now] = await server.db.presence.findMany();
      return (now?.expiresAt ?? 0) > (before?.expiresAt ?? 0);
    }, 30_000);
    expect(await server.db.deskEntry.count()).toBe(entries);
    expect(await send(server, 'setPresence', { slug: 'nowhere', editing: true }, PRESENCE)).toMatchObject({
      code: 'UNKNOWN_SLUG',
    });
  });
});
