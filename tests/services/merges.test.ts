import { expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { WrongStatusError } from '../../src/domain/development/errors.js';
import { linkDevelopments } from '../../src/domain/development/write/links.js';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import { mergeDevelopments } from '../../src/domain/merging/developments/merge-developments.js';
import { MergeRefusedError } from '../../src/domain/merging/errors.js';
import { mergeReferences } from '../../src/domain/merging/references/merge-references.js';
import { upsertActor } from '../../src/domain/references/actor.js';
import type { Writer } from '../../src/domain/write.js';
import { createDatabase } from '../support/database.js';
import { CITED, makeSource } from '../support/example-source.js';
import { expectVerified } from '../support/expect-verified.js';
import { describeWithDatabase } from '../support/fixtures.js';

describeWithDatabase('merges at once', () => {
  test('of overlapping pairs end, and each succeeds or gives the reason', async () => {
    await using database = await createDatabase();
    await using opened = await openDatabase({
      ...database.location,
      poolSize: 8,
    } as typeof database.location);
    const { db } = opened;
    await makeSource(db);
    const writer: Writer = { db, editor: 'test', wake: () => {} };
    const slugs = ['a', 'b', 'c'];
    for (let round = 0; round < 8; round += 1) {
      const of = (slug: string) => `${slug}-${round}`;
      for (const slug of slugs) {
        await upsertActor(writer, { slug: of(slug), kind: 'PERSON', name: `Person ${slug} ${round}` });
      }
      for (const slug of slugs) {
        const participants = slugs.map((actor) => ({ actor: of(actor), role: 'SPEAKER' as const }));
        const fields = { slug: `talk-${slug}-${round}`, headline: 'Talk', occurred: '2020', participants };
        await recordDevelopment(writer, 'STATEMENT', { ...fields, ...CITED }, { publish: true });
      }
      const pairs = [
        ['a', 'b'],
        ['b', 'c'],
        ['b', 'a'],
        ['c', 'a'],
      ] as const;
      const ends = await Promise.allSettled(
        pairs.map(([from, into]) =>
          mergeReferences(writer, 'ACTOR', { from: of(from), into: of(into), reason: 'One.' }),
        ),
      );
      const refused = ends.flatMap((it) => (it.status === 'rejected' ? [it.reason as unknown] : []));
      for (const error of refused) expect(error).toBeInstanceOf(MergeRefusedError);
      expect(refused.length).toBeLessThan(pairs.length);
    }
    await expectVerified(db);
  });

  test('of overlapping pairs of developments end, and each succeeds or gives the reason', async () => {
    await using database = await createDatabase();
    await using opened = await openDatabase({
      ...database.location,
      poolSize: 8,
    } as typeof database.location);
    const { db } = opened;
    await makeSource(db);
    const writer: Writer = { db, editor: 'test', wake: () => {} };
    for (let round = 0; round < 8; round += 1) {
      const of = (slug: string) => `${slug}-${round}`;
      for (const slug of ['a', 'b', 'c']) {
        const fields = { slug: of(slug), headline: 'Test', occurred: '2020', type: 'TEST' as const };
        await recordDevelopment(writer, 'EVENT', { ...fields, ...CITED }, { publish: true });
      }
      const pairs = [
        ['a', 'b'],
        ['b', 'c'],
        ['b', 'a'],
        ['c', 'a'],
      ] as const;
      const ends = await Promise.allSettled([
        ...pairs.map(([from, into]) =>
          mergeDevelopments(writer, { from: of(from), into: of(into), reason: 'One.' }),
        ),
        linkDevelopments(writer, of('c'), { to: of('a'), relation: 'PART_OF' }),
      ]);
      const refused = ends.flatMap((it) => (it.status === 'rejected' ? [it.reason as unknown] : []));
      for (const error of refused) {
        expect(error instanceof MergeRefusedError || error instanceof WrongStatusError, `${error}`).toBe(
          true,
        );
      }
      const published = await db.development.count({
        where: { status: 'PUBLISHED', slug: { in: ['a', 'b', 'c'].map(of) } },
      });
      // At least one merge holds, and something is left.
      expect([1, 2]).toContain(published);
    }
    await expectVerified(db);
  });
});
