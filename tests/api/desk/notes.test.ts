import { expect } from 'vitest';
import { createToken } from '../../../src/domain/token.js';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import { expectWhole } from '../../support/writes.js';
import { editorToken, followDesk, recordDraft, send } from './desk-client.js';

const NOTE = 'note { key text field author mentions replyTo resolvedAt resolvedBy }';

describeWithDatabase('notes', () => {
  test('are for editors, on drafts and public developments, and make no revision', async ({ server }) => {
    const slugs = [await recordDraft(server, 'A draft'), await publishStatement(server, 'Public')];
    for (const slug of slugs) {
      const { note } = await send(
        server,
        'addNote',
        { slug, text: 'Which source?', field: 'headline' },
        NOTE,
      );
      expect(note).toMatchObject({
        text: 'Which source?',
        field: 'headline',
        author: 'ADMIN_TOKEN',
        replyTo: null,
      });
      const reply = await send(server, 'addNote', { slug, text: 'The speech.', replyTo: note.key }, NOTE);
      expect(reply.note).toMatchObject({ field: 'headline', replyTo: note.key });
      const again = await send(server, 'addNote', { slug, text: 'Thanks.', replyTo: reply.note.key }, NOTE);
      expect(again.note).toMatchObject({ field: 'headline', replyTo: note.key });
    }
    const query = `{ a: development(slug: "${slugs[0]}") { notes { text } revision } b: development(slug: "${slugs[1]}") { notes { text } revision } }`;
    const notes = [{ text: 'Which source?' }, { text: 'The speech.' }, { text: 'Thanks.' }];
    expect(await server.data(query)).toEqual({ a: { notes, revision: 1 }, b: { notes, revision: 1 } });
    const reader = await createToken(server.db, { name: 'reader', role: 'READER' });
    for (const token of [reader, null]) {
      expect((await server.request(query, { token })).data).toEqual({
        a: null,
        b: { notes: null, revision: 1 },
      });
    }
    await expectWhole(server);
  });

  test('are resolved by the first who does so, and opened again', async ({ server }) => {
    const token = await editorToken(server, 'Jo');
    const slug = await recordDraft(server, 'A draft');
    const { note } = await send(server, 'addNote', { slug, text: 'Check it.' }, NOTE);
    const desk = await followDesk(server);
    const first = await send(server, 'resolveNote', { note: note.key }, NOTE, token);
    expect(first.note.resolvedBy).toBe('Jo');
    const told = await desk.until(({ __typename }) => __typename === 'DeskNoteChanged');
    expect(told).toMatchObject({ note: { text: 'Check it.', resolvedBy: 'Jo' }, development: { slug } });
    const second = await send(server, 'resolveNote', { note: note.key }, NOTE);
    expect(second.note).toEqual(first.note);
    const open = `{ development(slug: "${slug}") { notes(open: true) { text } } }`;
    expect(await server.data(open)).toEqual({ development: { notes: [] } });
    await send(server, 'resolveNote', { note: note.key, resolved: false }, NOTE);
    expect(await server.data(open)).toEqual({ development: { notes: [{ text: 'Check it.' }] } });
    await desk.stop();
  });

  test('mention editors by name, who find them unread until they mark them', async ({ server }) => {
    const jo = await editorToken(server, 'Jo');
    await editorToken(server, 'Sam Lee');
    const slug = await recordDraft(server, 'A draft');
    const text = 'Please look, @Jo and @"Sam Lee", not desk@example.org or @Nobody.';
    const added = await send(server, 'addNote', { slug, text }, `${NOTE} unknownMentions`);
    expect(added.note.mentions).toEqual(['Jo', 'Nobody', 'Sam Lee']);
    expect(added.unknownMentions).toEqual(['Nobody']);
    await send(server, 'addNote', { slug, text: 'Again, @Jo: see above.' }, NOTE);
    const query =
      '{ mentions(unread: true, first: 1) { totalCount nodes { note { text development { slug } } } pageInfo { hasNextPage endCursor } } }';
    const { data } = await server.request<any>(query, { token: jo });
    expect(data.mentions).toMatchObject({
      totalCount: 2,
      nodes: [{ note: { text: 'Again, @Jo: see above.', development: { slug } } }],
      pageInfo: { hasNextPage: true },
    });
    const after = data.mentions.pageInfo.endCursor;
    const rest = await server.request<any>(`{ mentions(after: "${after}") { nodes { note { text } } } }`, {
      token: jo,
    });
    expect(rest.data.mentions.nodes).toEqual([{ note: { text } }]);
    // Others cannot mark them.
    await send(server, 'markMentionsRead', { notes: [added.note.key] }, 'marked');
    expect(await send(server, 'markMentionsRead', { notes: [added.note.key] }, 'marked', jo)).toMatchObject({
      marked: 1,
    });
    expect((await server.request<any>(query, { token: jo })).data.mentions.totalCount).toBe(1);
    expect((await server.data('{ mentions { totalCount } }'))['mentions'].totalCount).toBe(0);
  });

  test('are refused with the reason, and repeated once for a key', async ({ server }) => {
    const [slug, other] = [await recordDraft(server, 'One'), await recordDraft(server, 'Two')];
    const { note } = await send(server, 'addNote', { slug: other, text: 'On two' }, NOTE);
    const fails = (input: object) => send(server, 'addNote', { slug, text: 'Text', ...input }, NOTE);
    expect(await fails({ slug: 'nowhere' })).toMatchObject({ code: 'UNKNOWN_SLUG', path: 'slug' });
    expect(await fails({ text: ' ' })).toMatchObject({ code: 'INVALID_INPUT', path: 'text' });
    expect(await fails({ field: 'No field' })).toMatchObject({ code: 'INVALID_INPUT', path: 'field' });
    expect(await fails({ replyTo: 'x' })).toMatchObject({ code: 'INVALID_INPUT', path: 'replyTo' });
    expect(await fails({ replyTo: note.key })).toMatchObject({ code: 'INVALID_INPUT', path: 'replyTo' });
    const names = Array.from({ length: 21 }, (_, index) => `@n${index}`).join(' ');
    expect(await fails({ text: names })).toMatchObject({ code: 'INVALID_INPUT', path: 'text' });
    expect(await send(server, 'resolveNote', { note: 'x' }, NOTE)).toMatchObject({ path: 'note' });
    const once = () => send(server, 'addNote', { slug, text: 'Once', idempotencyKey: 'key' }, NOTE);
    const [first, second] = [await once(), await once()];
    expect(second).toEqual(first);
    expect(await server.db.note.count({ where: { text: 'Once' } })).toBe(1);
    expect(server.logged).toEqual([]);
  });
});
