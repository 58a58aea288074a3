import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../src/database/open.js';
import { ANONYMOUS } from '../../src/domain/access.js';
import { positionAsOf } from '../../src/domain/as-of.js';
import type { DevelopmentContent } from '../../src/domain/development/content/content.js';
import type { ClaimField } from '../../src/domain/development/content/vocabulary.js';
import { findView } from '../../src/domain/development/read/view.js';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import type { Writer } from '../../src/domain/write.js';
import { DEVELOPMENTS } from '../../src/dossier/developments.js';
import { LINKS } from '../../src/dossier/links.js';
import { loadDossier } from '../../src/dossier/load.js';
import { SOURCES } from '../../src/dossier/sources.js';
import { TIMELINE_LINKS } from '../../src/dossier/timeline/links.js';
import { TIMELINE_SOURCES } from '../../src/dossier/timeline/sources.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { CITED, makeSource } from '../support/example-source.js';
import { contentsOf, counts, writerFor } from './loaded.js';

const ADDRESS = 'putin-federal-assembly-address-2019';
const MISSILE_SHOWN = 'russia-shows-9m729-2019';
const PRODUCTION_STATEMENT = 'putin-missile-production-2024';
const NUCLEAR_DOCTRINE = 'nuclear-doctrine-update-2024';

/** The only quotations that the record may contain. */
const QUOTED = [
  'Our country is forced to respond to the emergence of new and very sensitive missile threats',
  'deploy means of nuclear deterrence',
  'decision centers',
  'in place since 2019',
  'the following year, on June 28, 2020',
];

let empty: TestDatabase;
let database: OpenDatabase;
let writer: Writer;

beforeAll(async () => {
  empty = await createDatabase();
  database = await openDatabase(empty.location);
  writer = writerFor(database);
  await loadDossier(writer);
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await empty[Symbol.asyncDispose]();
});

const contents = () => contentsOf(database);

async function contentOf(slug: string): Promise<DevelopmentContent> {
  const view = await findView(database.db, ANONYMOUS, undefined, slug);
  if (!view) throw new Error(`No development has the slug "${slug}".`);
  return view.content;
}

type Named = readonly { readonly id: string; readonly slug: string }[];

/** Slugs by id. */
const slugsOf = (list: Named) => new Map(list.map(({ id, slug }) => [id, slug]));

describe('developments', () => {
  test('all developments of each kind are present and published', async () => {
    const developments = await database.db.development.findMany({ orderBy: { slug: 'asc' } });
    const slugs = (kind: string) =>
      developments.filter((development) => development.kind === kind).map(({ slug }) => slug);
    for (const kind of ['EVENT', 'STATEMENT', 'DOCTRINE_CHANGE']) {
      const written = DEVELOPMENTS.filter((entry) => entry.kind === kind).map(({ input }) => input.slug);
      expect(slugs(kind), kind).toEqual(written.sort());
    }
    expect(slugs('DOCTRINE_CHANGE')).toEqual([
      'inf-moratorium-begins-2019',
      'inf-moratorium-ends-2025',
      'nuclear-doctrine-adopted-2020',
      NUCLEAR_DOCTRINE,
    ]);
    expect(new Set(developments.map(({ status }) => status))).toEqual(new Set(['PUBLISHED']));
  });

  test('every development cites a source', async () => {
    expect((await contents()).filter(({ citations }) => citations.length === 0)).toEqual([]);
  });

  test('each has the date of its preferred claim', async () => {
    const preferred = (await contents()).map(({ slug, claims }) => [
      slug,
      claims
        .filter(({ field, rank }) => field === 'OCCURRED' && rank === 'PREFERRED')
        .map(({ value }) => value),
    ]);
    expect(preferred).toEqual((await contents()).map(({ slug, occurred }) => [slug, [occurred.edtf]]));
  });

  test('each claim has an explanatory note', async () => {
    const claims = (await contents()).flatMap((content) => content.claims);
    expect(claims.filter(({ note }) => note === null)).toEqual([]);
  });

  test('each confidence is derived from the citations, or has a reason why it differs', async () => {
    const assessed = (await contents()).map(({ slug, confidence, derivedConfidence, confidenceReason }) => [
      slug,
      confidence !== derivedConfidence,
      confidenceReason !== null,
    ]);
    expect(assessed).toEqual(assessed.map(([slug, differs]) => [slug, differs, differs]));
  });

  test('the wider timeline begins in 1987, and is dated no better than its sources allow', async () => {
    const dates = new Map((await contents()).map(({ slug, occurred }) => [slug, occurred.edtf]));
    expect([...dates.values()].sort().slice(0, 2)).toEqual(['../1991-06-01', '1987-12-08']);
    expect(
      ['us-finds-inf-violation-2014', 'putin-proposes-moratorium-2019'].map((slug) => dates.get(slug)),
    ).toEqual(['2014-07', '2019-09~']);
  });

  test('each statement has speakers with an office, speaking institutions, or an attribution', async () => {
    const actors = new Map((await database.db.actor.findMany()).map((actor) => [actor.id, actor]));
    for (const { slug, detail, participants } of await contents()) {
      if (detail.kind !== 'STATEMENT') continue;
      const speakers = participants
        .filter(({ role }) => role === 'SPEAKER')
        .map(({ actorId, capacity }) => {
          const actor = actors.get(actorId);
          return actor?.kind === 'PERSON' ? capacity : actor?.name;
        });
      const named = [...speakers, detail.attribution].filter((name) => name != null);
      // Two states spoke together twice.
      expect(named, slug).toHaveLength(detail.attribution === null ? Math.max(1, speakers.length) : 1);
    }
  });

  test('doctrine changes give the positions before and after, and the effective date', async () => {
    const slugs = slugsOf(await database.db.doctrine.findMany());
    const changes = (await contents()).flatMap(({ detail }) =>
      detail.kind === 'DOCTRINE_CHANGE' ? [detail] : [],
    );
    expect(
      changes.map(({ doctrineId, changeType, effective }) => [
        slugs.get(doctrineId),
        changeType,
        effective?.edtf,
      ]),
    ).toEqual([
      ['moratorium-intermediate-range-missiles', 'ADOPTED', '2019'],
      ['moratorium-intermediate-range-missiles', 'ABANDONED', '2025-08-04'],
      ['basic-principles-nuclear-deterrence', 'ADOPTED', '2020-06-02'],
      ['basic-principles-nuclear-deterrence', 'AMENDED', '2024-11-19'],
    ]);
    expect(changes.every(({ before, after }) => before !== null && after !== null)).toBe(true);
  });

  test('the report of the production gives the range of the missiles', async () => {
    const { detail } = await contentOf('missile-production-ready-2024');
    expect(detail).toMatchObject({ quantities: [{ name: 'range', unit: 'km', low: 500, high: 5_500 }] });
  });
});

describe('competing claims', () => {
  /** Returns the claims on a field with their sources, in the record's order. */
  async function claimsOn(slug: string, field: ClaimField) {
    const { claims, citations } = await contentOf(slug);
    const sources = slugsOf(await database.db.source.findMany());
    const cited = new Map(citations.map(({ id, sourceId }) => [id, sources.get(sourceId)]));
    return claims
      .filter((claim) => claim.field === field)
      .map(({ value, rank, citationId }) => [value, rank, cited.get(citationId)]);
  }

  test('only two dates, the readings of the doctrine and the range of the 9M729 are disputed', async () => {
    const disputed = await database.db.development.findMany({
      where: { disputed: true },
      orderBy: { slug: 'asc' },
    });
    expect(disputed.map(({ slug }) => slug)).toEqual([
      NUCLEAR_DOCTRINE,
      ADDRESS,
      PRODUCTION_STATEMENT,
      MISSILE_SHOWN,
    ]);
  });

  test("the article's date of the address is recorded beside the transcript's, which is preferred", async () => {
    expect(await claimsOn(ADDRESS, 'OCCURRED')).toEqual([
      ['2020-02', 'NORMAL', 'ryabkov-interview-article'],
      ['2019-02-20', 'PREFERRED', 'putin-address-2019-02-20'],
    ]);
  });

  test('the revisions show the date of the address before it was corrected', async () => {
    const revisions = await database.db.revision.findMany({
      where: { development: { slug: ADDRESS } },
      orderBy: { number: 'asc' },
    });
    expect(revisions.map(({ snapshot, reason }) => [snapshot, reason])).toMatchObject([
      [{ occurred: { edtf: '2020-02' } }, 'Part of the example record'],
      [{ occurred: { edtf: '2020-02' } }, expect.stringContaining('official transcript')],
      [{ occurred: { edtf: '2019-02-20' } }, expect.stringContaining('a year late')],
      [{ links: [{ relation: 'RESPONDS_TO' }] }, 'Part of the example record'],
    ]);
  });

  test("the article's two dates of the statement on production are recorded beside the transcript's", async () => {
    expect(await claimsOn(PRODUCTION_STATEMENT, 'OCCURRED')).toEqual([
      ['2024-06-28', 'PREFERRED', 'putin-security-council-2024-06-28'],
      ['2020-06-28', 'NORMAL', 'ryabkov-interview-article'],
      ['2021', 'DEPRECATED', 'ryabkov-interview-article'],
    ]);
  });

  test('both ranges of the 9M729 are recorded with their sources, and neither is preferred', async () => {
    expect(await claimsOn(MISSILE_SHOWN, 'RANGE')).toEqual([
      [{ low: null, high: 500 }, 'NORMAL', 'russia-mod-briefing-2019-01-23'],
      [{ low: 500, high: 5_500 }, 'NORMAL', 'us-state-compliance-2014'],
    ]);
  });

  test("the article's reading of the nuclear doctrine competes with the official one, which is preferred", async () => {
    const claims = await claimsOn(NUCLEAR_DOCTRINE, 'AFTER');
    const { detail } = await contentOf(NUCLEAR_DOCTRINE);
    expect(claims).toEqual([
      [
        detail.kind === 'DOCTRINE_CHANGE' && detail.after,
        'PREFERRED',
        'russia-nuclear-deterrence-order-2024-11-19',
      ],
      [expect.stringContaining('pre-emptive strikes'), 'NORMAL', 'ryabkov-interview-article'],
    ]);
  });
});

describe('links', () => {
  test('every link is present and has a note', async () => {
    const slugs = slugsOf(await database.db.development.findMany());
    const links = (await contents()).flatMap((content) =>
      content.links.map((link) => ({ ...link, from: content.slug, to: slugs.get(link.toId) ?? '' })),
    );
    const lines = links
      .toSorted((a, b) => a.from.localeCompare(b.from) || a.to.localeCompare(b.to))
      .map(({ from, relation, to }) => `${from} ${relation} ${to}`);
    const written = [...LINKS, ...TIMELINE_LINKS]
      .toSorted((a, b) => a.from.localeCompare(b.from) || a.to.localeCompare(b.to))
      .map(({ from, relation, to }) => `${from} ${relation} ${to}`);
    expect(lines).toEqual(written);
    expect(lines).toContain(`${NUCLEAR_DOCTRINE} SUPERSEDES nuclear-doctrine-adopted-2020`);
    expect(lines).toContain(`${MISSILE_SHOWN} CONTRADICTS us-names-9m729-2017`);
    expect(links.every(({ note }) => note !== null)).toBe(true);
  });
});

describe('evidence', () => {
  test('no source has a URL or a retrieval time, and those without a date or publisher are known', async () => {
    const sources = await database.db.source.findMany({ orderBy: { slug: 'asc' } });
    expect(sources).toHaveLength(SOURCES.length + TIMELINE_SOURCES.length);
    expect(sources.filter(({ url, retrievedAt }) => url !== null || retrievedAt !== null)).toEqual([]);
    expect(
      sources.filter(({ publishedEdtf, publisher }) => publishedEdtf === null || publisher === null),
    ).toMatchObject([
      { slug: 'reports-bornholm-2024', publisher: null, publishedEdtf: '2024-05', reliability: 'F' },
      {
        slug: 'ryabkov-interview-article',
        publisher: null,
        publishedEdtf: null,
        language: 'en',
        reliability: 'F',
      },
      { slug: 'us-state-inf-narrative', publishedEdtf: null },
    ]);
  });

  test('only known quotations are quoted', async () => {
    const words = (await contents())
      .flatMap(({ detail, citations }) => [
        ...(detail.kind === 'STATEMENT' ? [detail.quotation, detail.translation] : []),
        ...citations.map(({ excerpt }) => excerpt),
      ])
      .filter((text) => text !== null);
    expect(new Set(words.flatMap((text) => text.split(' … ')))).toEqual(new Set(QUOTED));
  });

  test("the article's wording for the weapons is an alias that names the article", async () => {
    const alias = await database.db.weaponSystemAlias.findFirstOrThrow({
      where: { name: 'Raketnye Sredney Dalnosti' },
      include: { source: true },
    });
    expect(alias.source?.slug).toBe('ryabkov-interview-article');
  });
});

describe('loading', () => {
  test('publishes each revision to the feed once', async () => {
    const { developments, revisions, references, versions, feedEntries, links } = await counts(database);
    expect(developments).toBe(DEVELOPMENTS.length);
    expect(revisions).toBe(developments + links + 2); // Adding the transcript and preferring its date.
    expect(feedEntries).toBe(revisions + references);
    expect(versions).toBe(revisions);
  });

  test('was recorded in 2025, so that it can be asked what it said in January 2026', async () => {
    const at = await positionAsOf(database.db, { moment: new Date('2026-01-31T00:00:00Z') });
    const then = await findView(database.db, ANONYMOUS, at, ADDRESS);
    expect(then?.content.occurred.edtf).toBe('2020-02');
    expect((await contentOf(ADDRESS)).occurred.edtf).toBe('2019-02-20');
    const times = await database.db.feedEntry.findMany({ orderBy: { position: 'asc' } });
    const milliseconds = times.map(({ recordedAt }) => recordedAt.getTime());
    expect(milliseconds).toEqual([...milliseconds].sort((a, b) => a - b));
  });

  test('adds nothing the second time, and preserves changes by editors', async () => {
    const before = await counts(database);
    await database.db.actor.update({ where: { slug: 'nato' }, data: { description: 'Changed' } });
    await loadDossier(writer);
    expect(await counts(database)).toEqual(before);
    expect(await database.db.actor.findUnique({ where: { slug: 'nato' } })).toMatchObject({
      description: 'Changed',
    });
  });

  test('preserves different text that an earlier release wrote under the same key', async () => {
    await using created = await createDatabase();
    await using other = await openDatabase(created.location);
    const slug = 'exercise-denmark-2024';
    const headline = 'As an earlier release had it';
    await makeSource(other.db);
    await recordDevelopment(
      writerFor(other),
      'EVENT',
      { slug, type: 'EXERCISE', headline, occurred: '2024?', citations: [...CITED.citations] },
      { publish: true, idempotencyKey: `dossier:${slug}` },
    );
    await loadDossier(writerFor(other));
    expect(await other.db.development.count()).toBe(DEVELOPMENTS.length);
    expect(await findView(other.db, ANONYMOUS, undefined, slug)).toMatchObject({ content: { headline } });
  });
});
