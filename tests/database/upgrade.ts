import { describe, expect, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../src/database/open.js';
import { ANONYMOUS, type Viewer } from '../../src/domain/access.js';
import { addCitation } from '../../src/domain/development/citations.js';
import { rankClaim } from '../../src/domain/development/claims.js';
import type { DevelopmentContent } from '../../src/domain/development/content.js';
import { recordDevelopment } from '../../src/domain/development/record.js';
import { publishDevelopment, reviseDevelopment } from '../../src/domain/development/revise.js';
import { type DevelopmentState, rowOf } from '../../src/domain/development/rows.js';
import { findView } from '../../src/domain/development/view.js';
import { ADDRESS, insertOldRecord, PUTIN, toFirstMigration, UPDATE, WITHDRAWAL } from './old-record.js';
import { openTestDatabase } from './suites.js';

const EDITOR: Viewer = { role: 'EDITOR', name: 'ann' };
const NEVER = 9_223_372_036_854_775_807n;

/** A record of the first release, opened by this one. */
async function withOldRecord(look: (opened: OpenDatabase) => Promise<void>): Promise<void> {
  await using old = await openTestDatabase();
  await toFirstMigration(old.pool);
  await insertOldRecord(old.pool);
  await old.close();
  await using opened = await openDatabase(old.location);
  expect(opened.applied).toContain('20261123000000_versions');
  await look(opened);
}

type Row = Readonly<Record<string, unknown>>;

/** The columns that a state's row has, without the order of lists that have none. */
const unordered = (row: Row) =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      Array.isArray(value) ? value.toSorted() : (value ?? null),
    ]),
  );

/** What a row is to hold, from the snapshot of the revision that it shows. */
async function expectRow({ db }: OpenDatabase, row: Row & Omit<DevelopmentState, 'content'>): Promise<void> {
  const { snapshot } = await db.revision.findUniqueOrThrow({
    where: { developmentId_number: { developmentId: row.id, number: row.revision } },
  });
  const content = snapshot as unknown as DevelopmentContent;
  // A version has no slug: that is its development's.
  expect(unordered({ slug: content.slug, ...row })).toMatchObject(unordered(rowOf({ ...row, content })));
}

export function describeUpgrade(): void {
  describe('a record of the first release', () => {
    test('is found by what its developments say, now and at each position of its feed', () =>
      withOldRecord(async (opened) => {
        const { db } = opened;
        const developments = await db.development.findMany({ orderBy: { id: 'asc' } });
        expect(developments.map(({ id, status, disputed }) => [id, status, disputed])).toEqual([
          [ADDRESS, 'PUBLISHED', false],
          [WITHDRAWAL, 'RETRACTED', false],
          [UPDATE, 'DRAFT', true],
        ]);
        for (const row of developments) await expectRow(opened, row);

        const versions = await db.developmentVersion.findMany({ orderBy: { position: 'asc' } });
        expect(
          versions.map(({ id, position, until, revision, status }) => [
            id,
            position,
            until,
            revision,
            status,
          ]),
        ).toEqual([
          [ADDRESS, 1n, 3n, 1, 'PUBLISHED'],
          [WITHDRAWAL, 2n, 5n, 1, 'PUBLISHED'],
          [ADDRESS, 3n, 4n, 2, 'PUBLISHED'],
          [ADDRESS, 4n, NEVER, 3, 'PUBLISHED'],
          [WITHDRAWAL, 5n, NEVER, 2, 'RETRACTED'],
        ]);
        for (const row of versions) await expectRow(opened, row);
        const found = await opened.pool.query(
          `SELECT revision FROM development_version WHERE search @@ ($1 || ' & center')::tsquery
           UNION ALL SELECT -revision FROM development WHERE search @@ ($1 || ' & center')::tsquery
           ORDER BY revision`,
          [`'${PUTIN}'`],
        );
        expect(found.rows.map(({ revision }) => revision)).toEqual([-3, 1, 2, 3]);

        expect(await db.developmentSlug.findMany({ orderBy: { slug: 'asc' } })).toEqual([
          { slug: 'nuclear-doctrine-update-2024', developmentId: UPDATE },
          { slug: 'putin-address', developmentId: ADDRESS },
          { slug: 'putin-federal-assembly-address-2019', developmentId: ADDRESS },
          { slug: 'united-states-leaves-inf-2019', developmentId: WITHDRAWAL },
        ]);
      }));

    test('says what it said, and of what it did not know that it is not known', () =>
      withOldRecord(async ({ db }) => {
        const now = await findView(db, ANONYMOUS, undefined, 'putin-address');
        expect(now).toMatchObject({
          id: ADDRESS,
          revision: 3,
          content: {
            slug: 'putin-federal-assembly-address-2019',
            occurred: { edtf: '2019-02-20' },
            confidence: 'MODERATE',
            confidenceReason: expect.any(String),
            successorId: null,
            detail: { translation: 'decision centers', originalScript: null, translator: null },
            participants: [{ role: 'SPEAKER', capacity: 'President of Russia' }, { role: 'ON_BEHALF_OF' }],
            citations: [
              { credibility: 3, language: null },
              { credibility: 3, language: null },
            ],
            claims: [{ value: '2019-02-20' }, { value: '2020-02', rank: 'DEPRECATED' }],
            links: [{ toId: WITHDRAWAL, note: 'Prospective', citationId: null }],
          },
        });
        const then = await findView(db, ANONYMOUS, 2n, 'putin-address');
        expect(then).toMatchObject({
          revision: 1,
          content: {
            slug: 'putin-address',
            occurred: { edtf: '2020-02' },
            confidence: 'LOW',
            confidenceReason: null,
          },
        });
        expect(await findView(db, ANONYMOUS, 4n, 'united-states-leaves-inf-2019')).toMatchObject({
          status: 'PUBLISHED',
          content: { detail: { places: [{ name: 'Washington' }], quantities: [{ low: 500 }] } },
        });
      }));

    test('has a feed whose times never go back', () =>
      withOldRecord(async ({ db }) => {
        const entries = await db.feedEntry.findMany({ orderBy: { position: 'asc' } });
        expect(entries.map(({ recordedAt }) => recordedAt.getUTCMinutes())).toEqual([1, 9, 9, 10, 11]);
        const head = await db.feedHead.findFirstOrThrow();
        expect(head).toMatchObject({ position: 5n, recordedAt: entries.at(-1)?.recordedAt });
      }));

    test('can be revised, cited and published as any other', () =>
      withOldRecord(async (opened) => {
        const { db } = opened;
        const writer = { db, editor: 'ann', wake: () => {} };
        await reviseDevelopment(writer, 'STATEMENT', 'putin-address', { headline: 'Putin answers' });
        await addCitation(writer, 'nuclear-doctrine-update-2024', { source: 'transcript', credibility: 2 });
        await publishDevelopment(writer, 'nuclear-doctrine-update-2024');
        const update = await findView(db, EDITOR, undefined, 'nuclear-doctrine-update-2024');
        const inWords = { claim: update?.content.claims[2]?.id ?? '', rank: 'PREFERRED' } as const;
        await expect(
          rankClaim(writer, 'nuclear-doctrine-update-2024', inWords, { reason: 'Looks right' }),
        ).rejects.toThrow('Expected a claim whose value EFFECTIVE_DATE can have; got "late 2024".');
        const revised = await findView(db, ANONYMOUS, undefined, 'putin-address');
        expect(revised).toMatchObject({
          revision: 4,
          content: {
            headline: 'Putin answers',
            confidence: 'MODERATE',
            derivedConfidence: 'MODERATE',
            confidenceReason: null,
          },
        });
        expect(await findView(db, EDITOR, undefined, 'nuclear-doctrine-update-2024')).toMatchObject({
          revision: 3,
          status: 'PUBLISHED',
          content: {
            citations: [{}, { credibility: 2, language: null }],
            claims: [
              { value: 'Deterrence', rank: 'PREFERRED' },
              { value: 'Pre-emptive strikes' },
              { value: 'late 2024', rank: 'NORMAL' },
              { value: 'Vladimir Putin' },
            ],
          },
        });
        const versions = await db.developmentVersion.findMany({ orderBy: { position: 'asc' } });
        expect(versions.slice(3).map(({ id, position, until }) => [id, position, until])).toEqual([
          [ADDRESS, 4n, 6n],
          [WITHDRAWAL, 5n, NEVER],
          [ADDRESS, 6n, NEVER],
          [UPDATE, 7n, NEVER],
        ]);
        for (const row of await db.development.findMany()) await expectRow(opened, row);

        const taken = { slug: 'putin-address', headline: 'Another', occurred: '2020' };
        await expect(recordDevelopment(writer, 'STATEMENT', taken)).rejects.toMatchObject({
          code: 'SLUG_TAKEN',
        });
      }));
  });
}
