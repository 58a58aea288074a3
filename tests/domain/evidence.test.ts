import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../src/database/open.js';
import type { DevelopmentContent } from '../../src/domain/development/content/content.js';
import { LinkCycleError } from '../../src/domain/development/errors.js';
import { addCitation } from '../../src/domain/development/evidence/citations.js';
import { assertClaim, rankClaim } from '../../src/domain/development/evidence/claims.js';
import { linkDevelopments, unlinkDevelopments } from '../../src/domain/development/write/links.js';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import {
  publishDevelopment,
  retractDevelopment,
  reviseDevelopment,
} from '../../src/domain/development/write/revise.js';
import { upsertActor } from '../../src/domain/references/actor.js';
import { upsertSource } from '../../src/domain/references/source.js';
import type { Writer } from '../../src/domain/write.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

const UNKNOWN = '0197f0c4-6a1e-7c3b-9d52-0e8f6a7b1c2d';

let empty: TestDatabase;
let database: OpenDatabase;
let writer: Writer;
let slug: string;
let count = 0;

beforeAll(async () => {
  empty = await createDatabase();
  database = await openDatabase(empty.location);
  writer = { db: database.db, editor: 'test', wake: () => {} };
  await upsertSource(writer, { slug: 'article', title: 'Article', reliability: 'C' });
  await upsertSource(writer, { slug: 'decree', title: 'Decree', reliability: 'A', publisher: 'President' });
  for (const actor of ['minister', 'agency']) {
    await upsertActor(writer, { slug: actor, kind: 'PERSON', name: actor });
  }
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await empty[Symbol.asyncDispose]();
});

const content = async (of = slug) => (await newest(of)).snapshot as unknown as DevelopmentContent;

function newest(of: string) {
  return database.db.revision.findFirstOrThrow({
    where: { development: { slug: of } },
    orderBy: { number: 'desc' },
  });
}

const citing = (value: string, rank: 'PREFERRED' | 'NORMAL' = 'NORMAL') => ({
  source: 'article',
  credibility: 3,
  claims: [{ field: 'OCCURRED' as const, value, rank }],
});

async function publish(of: string): Promise<string> {
  const input = { slug: of, headline: of, occurred: '2020-02', citations: [citing('2020-02', 'PREFERRED')] };
  await recordDevelopment(writer, 'STATEMENT', input, { publish: true });
  return of;
}

beforeEach(async () => {
  count += 1;
  slug = await publish(`statement-${count}`);
});

async function ids(): Promise<{ citation: string; claims: string[] }> {
  const { citations, claims } = await content();
  return { citation: citations[0]?.id ?? '', claims: claims.map(({ id }) => id) };
}

describe('claims', () => {
  test('are NORMAL when asserted, ordered by citation, and can cause a dispute', async () => {
    const { citation } = await ids();
    await addCitation(writer, slug, {
      source: 'decree',
      credibility: 2,
      claims: [{ field: 'QUOTATION', value: 'Words' }],
    });
    await assertClaim(writer, slug, { field: 'OCCURRED', value: '2019-02-20', citation, note: 'Copied' });
    const { claims } = await content();
    expect(claims.map(({ field, value, rank, note }) => [field, value, rank, note])).toEqual([
      ['OCCURRED', '2020-02', 'PREFERRED', null],
      ['OCCURRED', '2019-02-20', 'NORMAL', 'Copied'],
      ['QUOTATION', 'Words', 'NORMAL', null],
    ]);
    const row = await database.db.development.findUniqueOrThrow({ where: { slug } });
    expect(row.disputed).toBe(true);
  });

  test("set the development's own value when preferred, and the former one becomes NORMAL", async () => {
    const { citation } = await ids();
    await assertClaim(writer, slug, { field: 'OCCURRED', value: '2019-02-20', citation });
    const { claims } = await ids();
    const ranking = { claim: claims[1] ?? '', rank: 'PREFERRED' as const };
    const { revision } = await rankClaim(writer, slug, ranking, { reason: 'The transcript' });
    const after = await content();
    expect(after.occurred).toMatchObject({ edtf: '2019-02-20', precision: 'DAY' });
    expect(after.claims.map(({ rank }) => rank)).toEqual(['NORMAL', 'PREFERRED']);
    expect((await newest(slug)).reason).toBe('The transcript');
    expect((await rankClaim(writer, slug, ranking, { reason: 'Again' })).revision).toBe(revision);
    await rankClaim(writer, slug, { ...ranking, rank: 'DEPRECATED' }, { reason: 'Not so' });
    expect((await content()).occurred.edtf).toBe('2019-02-20');
  });

  test('that contradict another preferred claim cannot be preferred', async () => {
    const { citation } = await ids();
    await reviseDevelopment(writer, 'STATEMENT', slug, {
      participants: [{ actor: 'minister', role: 'SPEAKER', capacity: 'Minister' }],
      citations: [
        {
          source: 'article',
          credibility: 3,
          claims: [
            { field: 'ROLE', value: [{ actor: 'minister', capacity: 'Minister' }], rank: 'PREFERRED' },
            { field: 'SPEAKER', value: ['agency'] },
          ],
        },
      ],
    });
    expect((await ids()).citation).toBe(citation);
    const claim = (await ids()).claims[1] ?? '';
    await expect(rankClaim(writer, slug, { claim, rank: 'PREFERRED' }, { reason: 'So' })).rejects.toThrow(
      /claim: Expected the value of the preferred claim on ROLE, \[{"actor":"minister".*; got null\. The claim on SPEAKER would change it/,
    );
  });

  test.each<[string, object, string, RegExp]>([
    ['an unknown citation', { citation: UNKNOWN }, 'UNKNOWN_EVIDENCE', /no Citation with the key/],
    ['a malformed id', { citation: 'first' }, 'INVALID_INPUT', /citation: Expected an id/],
    [
      'a field of another kind',
      { field: 'RANGE', value: { low: 1 } },
      'INVALID_INPUT',
      /field: .*only EVENT has RANGE/,
    ],
    [
      'an unknown actor',
      { field: 'SPEAKER', value: ['nobody'] },
      'UNKNOWN_SLUG',
      /No actor has the slug "nobody"/,
    ],
    ['another notation', { value: '20/02/2019' }, 'INVALID_INPUT', /value: Expected an EDTF date/],
  ])('are refused with %s', async (_, change, code, message) => {
    const { citation } = await ids();
    const input = { field: 'OCCURRED' as const, value: '2019', citation, ...change };
    await expect(assertClaim(writer, slug, input)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  test('that the development does not have cannot be ranked', async () => {
    const ranking = { claim: UNKNOWN, rank: 'NORMAL' as const };
    await expect(rankClaim(writer, slug, ranking, { reason: 'So' })).rejects.toMatchObject({
      ...{ code: 'UNKNOWN_EVIDENCE', what: 'Claim', key: UNKNOWN },
    });
    await expect(rankClaim(writer, slug, ranking, { reason: '' })).rejects.toThrow(/reason/);
  });
});

describe('citations', () => {
  test("cannot prefer a value other than the development's own when added", async () => {
    await expect(addCitation(writer, slug, citing('2019', 'PREFERRED'))).rejects.toThrow(
      /claims\.0\.rank: Expected at most one PREFERRED claim about OCCURRED/,
    );
    const claims = [{ field: 'QUOTATION' as const, value: 'Words', rank: 'PREFERRED' as const }];
    await expect(addCitation(writer, slug, { source: 'decree', claims })).rejects.toThrow(
      /claims\.0\.value: Expected the value of the preferred claim on QUOTATION, "Words"; got null\. Send the claim as NORMAL/,
    );
    const ranges = [{ field: 'RANGE' as const, value: { low: 500 } }];
    await expect(addCitation(writer, slug, { source: 'decree', claims: ranges })).rejects.toThrow(
      /claims\.0\.field: .*only EVENT has RANGE/,
    );
  });

  test('raise the confidence, and a new grade of a source counts from the next revision on', async () => {
    expect(await content()).toMatchObject({ confidence: 'MODERATE', derivedConfidence: 'MODERATE' });
    await addCitation(writer, slug, { source: 'decree', credibility: 1, language: 'ru' });
    expect(await content()).toMatchObject({ confidence: 'HIGH', confidenceReason: null });
    await upsertSource(writer, { slug: 'decree', title: 'Decree', reliability: 'C' });
    expect((await reviseDevelopment(writer, 'STATEMENT', slug, {})).revision).toBe(2);
    await reviseDevelopment(writer, 'STATEMENT', slug, { headline: 'Retold' });
    expect(await content()).toMatchObject({ confidence: 'MODERATE' });
    await upsertSource(writer, { slug: 'decree', title: 'Decree', reliability: 'A' });
  });

  test('are required for publication', async () => {
    const bare = { slug: `bare-${slug}`, headline: 'Bare', occurred: '2020' };
    const required = { code: 'CITATION_REQUIRED', slug: bare.slug };
    await expect(recordDevelopment(writer, 'STATEMENT', bare, { publish: true })).rejects.toMatchObject(
      required,
    );
    await recordDevelopment(writer, 'STATEMENT', bare);
    await expect(publishDevelopment(writer, bare.slug)).rejects.toMatchObject(required);
    await addCitation(writer, bare.slug, { source: 'article' });
    await publishDevelopment(writer, bare.slug);
    await expect(
      reviseDevelopment(writer, 'STATEMENT', bare.slug, { citations: null }),
    ).rejects.toMatchObject(required);
  });

  test('are limited to a hundred, and so are their claims', async () => {
    const citations = Array.from({ length: 100 }, () => ({ source: 'article' }));
    await reviseDevelopment(writer, 'STATEMENT', slug, { citations });
    await expect(addCitation(writer, slug, { source: 'decree' })).rejects.toThrow(/at most 100 citations/);
    const claims = Array.from({ length: 50 }, () => ({ field: 'OCCURRED' as const, value: '2020' }));
    await reviseDevelopment(writer, 'STATEMENT', slug, { citations: [{ source: 'article', claims }] });
    const more = { field: 'OCCURRED' as const, value: '2020', citation: (await ids()).citation };
    await expect(assertClaim(writer, slug, more)).rejects.toThrow(/citation: Expected at most 50 claims/);
    const full = Array.from({ length: 2 }, () => ({ source: 'article', claims }));
    await reviseDevelopment(writer, 'STATEMENT', slug, { citations: full });
    await expect(addCitation(writer, slug, citing('2020'))).rejects.toThrow(
      /claims: Expected at most 100 claims/,
    );
    const { citation } = await ids();
    await expect(assertClaim(writer, slug, { field: 'OCCURRED', value: '2020', citation })).rejects.toThrow(
      /at most 100 claims/,
    );
  });
});

describe('links', () => {
  const link = (from: string, to: string, relation: 'PART_OF' | 'RESPONDS_TO' | 'IMPLEMENTS' = 'PART_OF') =>
    linkDevelopments(writer, from, { to, relation });

  test('of a directed relation cannot form a cycle, and the error reports the existing path', async () => {
    const [a, b, c, d] = [
      slug,
      await publish(`${slug}-b`),
      await publish(`${slug}-c`),
      await publish(`${slug}-d`),
    ];
    await link(a, b);
    await link(b, c);
    await link(a, d);
    await link(d, b);
    await expect(link(c, a)).rejects.toThrow(LinkCycleError);
    await expect(link(c, a)).rejects.toMatchObject({ relation: 'PART_OF', cycle: [a, b, c] });
    await expect(link(b, a)).rejects.toMatchObject({ cycle: [a, b] });
    await link(c, a, 'IMPLEMENTS');
    await link(a, c);
  });

  test('of RESPONDS_TO can be mutual', async () => {
    const other = await publish(`${slug}-other`);
    await link(slug, other, 'RESPONDS_TO');
    await link(other, slug, 'RESPONDS_TO');
    expect((await content(other)).links).toHaveLength(1);
  });

  test('can cite only citations of their own development', async () => {
    const other = await publish(`${slug}-cited`);
    const { citation } = await ids();
    await linkDevelopments(writer, slug, { to: other, relation: 'ANNOUNCES', citation });
    expect((await content()).links[0]?.citationId).toBe(citation);
    const linking = linkDevelopments(writer, other, { to: slug, relation: 'CONTRADICTS', citation });
    await expect(linking).rejects.toMatchObject({ code: 'UNKNOWN_EVIDENCE', what: 'Citation' });
  });

  test('can be removed once', async () => {
    const other = await publish(`${slug}-unlinked`);
    await link(slug, other);
    await link(slug, other, 'IMPLEMENTS');
    await unlinkDevelopments(writer, slug, { to: other, relation: 'PART_OF' });
    expect((await content()).links.map(({ relation }) => relation)).toEqual(['IMPLEMENTS']);
    await expect(unlinkDevelopments(writer, slug, { to: other, relation: 'PART_OF' })).rejects.toThrow(
      /to: Expected an existing link; .* no PART_OF link/,
    );
    await link(other, slug);
  });
});

describe('a withdrawn development', () => {
  test('accepts only another public development as its successor', async () => {
    const draft = `${slug}-draft`;
    await recordDevelopment(writer, 'STATEMENT', { slug: draft, headline: 'Draft', occurred: '2020' });
    const retract = (successor: string) => retractDevelopment(writer, slug, { reason: 'Not so', successor });
    await expect(retract(slug)).rejects.toThrow(/successor: Expected another development/);
    await expect(retract(draft)).rejects.toThrow(/successor: .* is DRAFT/);
    await expect(retract('nothing')).rejects.toMatchObject({ code: 'UNKNOWN_SLUG' });
    const successor = await publish(`${slug}-successor`);
    await retract(successor);
    const { id } = await database.db.development.findUniqueOrThrow({ where: { slug: successor } });
    expect((await content()).successorId).toBe(id);
  });
});

describe('a slug', () => {
  test('that a development once had is refused to others, and can be taken back', async () => {
    const renamed = `${slug}-renamed`;
    await reviseDevelopment(writer, 'STATEMENT', slug, { newSlug: renamed });
    await expect(publish(slug)).rejects.toMatchObject({ code: 'SLUG_TAKEN', slug });
    const other = await publish(`${slug}-another`);
    await expect(reviseDevelopment(writer, 'STATEMENT', other, { newSlug: slug })).rejects.toMatchObject({
      code: 'SLUG_TAKEN',
    });
    await reviseDevelopment(writer, 'STATEMENT', renamed, { newSlug: slug });
    expect((await content()).slug).toBe(slug);
  });
});
