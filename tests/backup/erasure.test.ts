import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { exportRecord } from '../../src/backup/export.js';
import { restoreRecord } from '../../src/backup/restore.js';
import { openDatabase } from '../../src/database/open.js';
import { erase } from '../../src/domain/erasure/erase.js';
import { requestErasure } from '../../src/domain/erasure/request.js';
import { upsertActor } from '../../src/domain/references/actor.js';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase, publishStatement, test } from '../support/fixtures.js';
import { startTestServer } from '../support/server.js';
import { expectWhole } from '../support/writes.js';

const QUOTATION = 'Kwyjibo zanzibar quotidian flummox.';

describeWithDatabase('an export after an erasure', () => {
  test('is restored without what was erased, with the markers', async ({ server }) => {
    await upsertActor(
      { db: server.db, editor: 'test', wake: () => {} },
      { slug: 'xylograph-person', kind: 'PERSON', name: 'Xylograph Person' },
    );
    const whole = await publishStatement(server, 'Xylograph speaks', { slug: 'xylograph-speaks' });
    const quoted = await publishStatement(server, 'Somebody speaks', {
      ...{ slug: 'somebody-speaks', quotation: QUOTATION, originalLanguage: 'en' },
      participants: [{ role: 'SPEAKER', actor: 'xylograph-person', capacity: 'Minister of Zanzibar' }],
    });
    const draft = await publishStatement(server, 'Xylograph drafts', { publish: false });
    const admin = { db: server.db, editor: 'admin', wake: () => {} };
    for (const [slug, target] of [
      [whole, 'DEVELOPMENT'],
      [quoted, 'QUOTATION'],
      [draft, 'DEVELOPMENT'],
      ['xylograph-person', 'ACTOR'],
    ] as const) {
      const { code } = await requestErasure(admin, { target, slug, ground: 'LAW', reason: 'Case 7' });
      await erase(admin, { code });
    }
    const lines: string[] = [];
    await exportRecord(server.db, async (some) => void lines.push(...some));
    expect(lines.join('\n')).not.toMatch(/xylograph|kwyjibo|zanzibar/i);

    const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-erasure-'));
    await using database = await createDatabase();
    try {
      const file = join(directory, 'record.ndjson');
      await using opened = await openDatabase(database.location);
      await writeFile(file, lines.map((line) => `${line}\n`).join(''));
      await restoreRecord({ db: opened.db, pool: opened.pool, editor: 'import', wake: () => {} }, { file });
    } finally {
      await rm(directory, { recursive: true });
    }
    await using restored = await startTestServer(database.location);
    await expectWhole(restored);
    const question = `{
      developments(filter: { status: [PUBLISHED, RETRACTED] }) {
        nodes { slug status headline revision revisions { nodes { number editor reason } } }
      }
      development(slug: "somebody-speaks") { headline ... on Statement { quotation } }
      gone: development(slug: "xylograph-speaks") { slug }
      actors { nodes { slug name revision revisions { nodes { number editor reason changedFields } } } }
    }`;
    const answer = await restored.data<any>(question);
    expect(answer).toEqual(await server.data(question));
    expect(answer).toMatchObject({ development: { quotation: null }, gone: null });
    expect(answer.actors.nodes).toMatchObject([{ name: expect.stringMatching(/^Erased /), revision: 3 }]);
    // Every draft begins its review again in a restored record.
    expect(await restored.data('{ drafts { nodes { headline } } }')).toEqual({
      drafts: { nodes: [{ headline: 'Erased' }] },
    });
    const marker = expect.stringMatching(/^Erased on \d{4}-\d\d-\d\d: LAW\.$/);
    const erased = answer.developments.nodes.find(({ status }: any) => status === 'RETRACTED');
    expect(erased.revisions.nodes).toContainEqual({ number: 1, editor: 'erased', reason: marker });
  });
});
