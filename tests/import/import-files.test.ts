import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { ANONYMOUS } from '../../src/domain/access.js';
import type { DevelopmentContent } from '../../src/domain/development/content/content.js';
import { findViews, readViews } from '../../src/domain/development/read/view.js';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import { reviseDevelopment } from '../../src/domain/development/write/revise.js';
import { upsertActor } from '../../src/domain/references/actor.js';
import { upsertTopic } from '../../src/domain/references/topic.js';
import type { Writer } from '../../src/domain/write.js';
import { Prisma } from '../../src/generated/prisma/client.js';
import { parseMapping } from '../../src/import/mapping/mapping.js';
import { importFiles } from '../../src/import/run.js';
import { CITED, makeSource } from '../support/example-source.js';
import { speeches, test } from './fixture.js';

const GOOD = [
  'id,title,day,speakers,topics,url',
  'a,First,2022-03-01,Володимир Зеленський;Борис Джонсон,Санкції,https://example.org/1',
  'b,Second,2022-03-02T10:00:00,Володимир Зеленський,Санкції;Зброя,https://example.org/2',
  'c,Second,2022-03,Володимир Зеленський;Володимир Зеленський,,https://example.org/2',
];
const BAD = [
  'b,Third,2022-03-03,Х,,https://example.org/3',
  'd,,2022-03-11T24:04:30,Х,,not an address',
  'e,Fifth,2022-02-30,Х,,https://example.org/5',
  'f,Sixth',
];
const csv = (...lines: string[]) => `\uFEFF${lines.join('\r\n')}\r\n`;

const containing = (text: string): unknown => expect.stringContaining(text);

async function counts({ db }: Writer) {
  const [head, developments, actors, topics, sources, revisions] = await Promise.all([
    db.feedHead.findFirstOrThrow(),
    db.development.count(),
    db.actor.count(),
    db.topic.count(),
    db.source.count(),
    db.revision.count(),
  ]);
  return { position: Number(head.position), developments, actors, topics, sources, revisions };
}
/** Returns the content of the development imported from a row, by the row's id. */
async function contentOf({ db }: Writer, value: string): Promise<DevelopmentContent> {
  const { developmentId } = await db.externalId.findFirstOrThrow({ where: { value } });
  const [view] = await findViews(db, ANONYMOUS, undefined, [developmentId]);
  if (!view) throw new Error(`The development of the row ${value} is not visible.`);
  return view.content;
}

const NOTHING = { position: 0, developments: 0, actors: 0, topics: 0, sources: 0, revisions: 0 };

describe('bad rows', () => {
  test('prevent the import, and each is reported with line, field, value and reason', async ({
    save,
    writer,
  }) => {
    const file = await save('a.csv', csv(...GOOD, ...BAD));
    const report = await importFiles(writer, { files: [file], mapping: parseMapping(speeches()) });
    expect(report).toMatchObject({ outcome: 'refused', read: 7, recorded: 0, bad: 4 });
    expect(report.problems).toMatchObject([
      { line: 5, id: 'b', field: 'id', value: '"b"', reason: containing('a.csv, line 3 already') },
      { line: 6, id: 'd', field: 'occurred', reason: containing('24:04:30 is an impossible time of day') },
      {
        line: 6,
        id: 'd',
        field: 'citations.0.source',
        reason: containing('Expected an http or https address'),
      },
      { line: 6, id: 'd', field: 'headline', value: null, reason: 'Expected a value; the row has none.' },
      {
        line: 7,
        id: 'e',
        field: 'occurred',
        value: '"2022-02-30"',
        reason: containing('Expected an EDTF date'),
      },
      { line: 8, id: null, field: 'row', value: '"f,Sixth"', reason: containing('Expected 6 columns') },
    ]);
    expect(await counts(writer)).toEqual(NOTHING);
    expect(writer.woken).toBe(0);
  });

  test('are skipped with skip, and the good ones are written', async ({ save, writer }) => {
    const file = await save('a.csv', csv(...GOOD, ...BAD));
    const mapping = parseMapping(speeches());
    const report = await importFiles(writer, { files: [file], mapping, onError: 'skip', batchSize: 2 });
    expect(report).toMatchObject({ outcome: 'written', read: 7, recorded: 3, alreadyThere: 0, bad: 4 });
    expect(report.made).toEqual({ actors: 2, topics: 2, sources: 2 });
    expect(writer.woken).toBe(2); // Once per block.

    const entries = await writer.db.feedEntry.findMany({
      orderBy: { position: 'asc' },
      include: { development: { select: { externalIds: { select: { value: true } } } } },
    });
    expect(entries.map(({ position }) => Number(position))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const told = entries.flatMap(({ development }) => development?.externalIds[0]?.value ?? []);
    expect(told).toEqual(['a', 'b', 'c']);

    const speaker = await writer.db.actor.findFirstOrThrow({
      where: { id: (await contentOf(writer, 'a')).participants[0]?.actorId ?? '' },
      include: { names: true },
    });
    expect(speaker).toMatchObject({
      slug: 'volodimir-zelenskiy',
      kind: 'PERSON',
      countryCode: null,
      names: [{ name: 'Володимир Зеленський', language: 'uk' }],
    });

    const again = await importFiles(writer, { files: [file], mapping, onError: 'skip' });
    expect(again).toMatchObject({ outcome: 'written', recorded: 0, alreadyThere: 3, bad: 4 });
    expect(again.made).toEqual({ actors: 0, topics: 0, sources: 0 });
    expect(await counts(writer)).toEqual({
      position: 9,
      developments: 3,
      actors: 2,
      topics: 2,
      sources: 2,
      revisions: 3,
    });
  });

  test('that conflict with the record prevent the import as well', async ({ save, writer }) => {
    for (const slug of ['ivan-one', 'ivan-two']) {
      await upsertActor(writer, { slug, kind: 'PERSON', name: 'Іван' });
    }
    const mapping = parseMapping(speeches('  slug: $slug\n  treaties: [$treaty]'));
    const header = 'id,title,day,speakers,topics,url,slug,treaty';
    const row = (id: string, speaker: string, slug: string, treaty: string) =>
      `${id},T,2022,${speaker},,https://example.org/1,${slug},${treaty}`;
    const lines = [
      row('a', 'Х', 's', ''),
      row('b', 'Х', 's', ''),
      row('c', 'Х', '', 'none'),
      row('d', 'Іван', '', ''),
    ];
    const file = await save('a.csv', csv(header, ...lines));
    const before = await counts(writer);
    const report = await importFiles(writer, { files: [file], mapping });
    expect(report).toMatchObject({ outcome: 'refused', bad: 3 });
    expect(report.problems.toSorted((a, b) => a.line - b.line)).toMatchObject([
      { line: 3, id: 'b', field: 'slug', value: '"s"' },
      { line: 4, id: 'c', field: 'treaties', columns: ['treaty'], value: '"none"' },
      { line: 5, id: 'd', value: '"Іван"', reason: containing('ivan-one, ivan-two') },
    ]);
    expect(await counts(writer)).toEqual(before);
    const skipped = await importFiles(writer, { files: [file], mapping, onError: 'skip' });
    expect(skipped).toMatchObject({ outcome: 'written', recorded: 1, bad: 3 });
  });
});

test('a file with broken syntax leaves the record unchanged, even with skip', async ({ save, writer }) => {
  const good = await save('a.csv', csv(...GOOD));
  const broken = await save('b.json', '[\n{"id": "x"},\n{"id":');
  const files = [good, broken];
  const run = importFiles(writer, { files, mapping: parseMapping(speeches()), onError: 'skip' });
  await expect(run).rejects.toThrow(/b\.json, line 3: .*Nothing was written/);
  expect(await counts(writer)).toEqual(NOTHING);
});

test('a dry run reports what would be recorded, and writes nothing', async ({ save, writer }) => {
  const files = [await save('a.csv', csv(...GOOD))];
  const report = await importFiles(writer, { files, mapping: parseMapping(speeches()), dryRun: true });
  expect(report).toMatchObject({ outcome: 'dry run', read: 3, recorded: 3, made: { actors: 2 } });
  expect(await counts(writer)).toEqual(NOTHING);
  expect(writer.woken).toBe(0);
});

test('an import takes the next positions, in the order of its rows', async ({ save, writer }) => {
  await makeSource(writer.db);
  const record = (headline: string) =>
    recordDevelopment(
      writer,
      'STATEMENT',
      { headline, occurred: '2022', citations: [...CITED.citations] },
      { publish: true },
    );
  await record('before');
  const rows = Array.from({ length: 40 }, (_, index) =>
    JSON.stringify({ id: index, title: `Row ${index}`, day: '2022', url: 'https://example.org/all' }),
  );
  const files = [await save('a.ndjson', rows.join('\n')), await save('b.json', '[]')];
  const report = await importFiles(writer, { files, mapping: parseMapping(speeches()), batchSize: 7 });
  expect(report).toMatchObject({ recorded: 40, made: { sources: 1 } });
  expect(report.warnings).toEqual([
    'No row has $speakers, which the mapping names.',
    'No row has $topics, which the mapping names.',
  ]);
  await record('after');
  const entries = await writer.db.feedEntry.findMany({
    orderBy: { position: 'asc' },
    include: { revisionRow: true },
  });
  // The two sources have entries too.
  expect(entries.map(({ position }) => Number(position))).toEqual(
    Array.from({ length: 44 }, (_, i) => i + 1),
  );
  expect(
    entries.flatMap(({ revisionRow }) => (revisionRow ? Object(revisionRow.snapshot).headline : [])),
  ).toEqual(['before', ...Array.from({ length: 40 }, (_, index) => `Row ${index}`), 'after']);
});

test('without publish the rows become drafts, which are not in the feed', async ({ save, writer }) => {
  const mapping = parseMapping(speeches().replace('publish: true', 'publish: false'));
  await importFiles(writer, { files: [await save('a.csv', csv(...GOOD))], mapping });
  expect(await writer.db.development.count({ where: { status: 'DRAFT' } })).toBe(3);
  // Its references have entries: all readers see them.
  expect(await writer.db.feedEntry.count({ where: { developmentId: { not: null } } })).toBe(0);
  expect((await counts(writer)).position).toBe(6);
});

test('a row without evidence is bad, and so is one with an invalid name', async ({ save, writer }) => {
  const rows = [
    { id: '1', title: 'T', day: '2022', speakers: 'x'.repeat(301), url: 'https://example.org/1' },
    { id: '2', title: 'T', day: '2022' },
  ];
  const files = [await save('a.json', JSON.stringify(rows))];
  const report = await importFiles(writer, { files, mapping: parseMapping(speeches()) });
  expect(report.problems).toMatchObject([
    {
      line: 1,
      id: '1',
      field: 'participants.0.actor',
      reason: containing('at most 300 characters; got 301'),
    },
    { line: 1, id: '2', field: 'citations', value: null, reason: containing('at least one citation') },
  ]);
});

test('confidence is derived from citations, and a different one without a reason is a problem of its row', async ({
  save,
  writer,
}) => {
  const fields = '  confidence: $level\n  confidenceReason: $why';
  const row = (id: string, level: string, why: string) =>
    `${id},T,2022,,,https://example.org/1,${level},${why}`;
  const lines = [
    'id,title,day,speakers,topics,url,level,why',
    row('derived', '', ''),
    row('same', 'LOW', ''),
    row('other', 'HIGH', 'Seen by many.'),
    row('unreasoned', 'HIGH', ''),
  ];
  const files = [await save('a.csv', csv(...lines))];
  const mapping = parseMapping(speeches(fields));
  const refused = await importFiles(writer, { files, mapping });
  expect(refused).toMatchObject({ outcome: 'refused', recorded: 0, bad: 1 });
  expect(await counts(writer)).toEqual(NOTHING);
  const report = await importFiles(writer, { files, mapping, onError: 'skip' });
  expect(report).toMatchObject({ outcome: 'written', recorded: 3, bad: 1 });
  expect(report.problems).toMatchObject([
    {
      line: 5,
      id: 'unreasoned',
      field: 'confidenceReason',
      value: null,
      reason: containing('the derived LOW'),
    },
  ]);
  expect(await contentOf(writer, 'same')).toMatchObject({ confidence: 'LOW', confidenceReason: null });
  expect(await contentOf(writer, 'other')).toMatchObject({
    confidence: 'HIGH',
    confidenceReason: 'Seen by many.',
    derivedConfidence: 'LOW',
  });
});

test('claims combine several columns into values, and name actors like other lists', async ({
  save,
  writer,
}) => {
  const mapping = parseMapping(`
record: statement
publish: true
id: { dataset: speeches, value: $id }
fields:
  headline: $title
  occurred: { from: $day, as: date }
  participants:
    - { actor: { byName: $speaker, kind: PERSON }, role: SPEAKER, capacity: $office }
  citations:
    - source: { byUrl: $url, title: $title }
      language: uk
      claims:
        - { field: OCCURRED, value: { from: $day, as: date }, rank: PREFERRED }
        - field: SPEAKER
          value:
            - each: { from: $others, split: ";" }
              actor: { byName: $, kind: PERSON }
        - field: ROLE
          rank: PREFERRED
          value: [{ actor: { byName: $speaker, kind: PERSON }, capacity: $office }]
`);
  const rows = [
    { id: 'a', title: 'T', day: '2022-03', speaker: 'Anna', office: 'Minister', others: 'Boris;Clara' },
    { id: 'b', title: 'T', day: '2022-04', speaker: 'Anna', office: 'Minister' },
  ].map((row) => ({ ...row, url: 'https://example.org/1' }));
  const files = [await save('a.json', JSON.stringify(rows))];
  const refused = await importFiles(writer, { files, mapping, onError: 'skip' });
  expect(refused).toMatchObject({ recorded: 1, bad: 1, made: { actors: 3 } });
  expect(refused.problems).toMatchObject([
    { id: 'b', field: 'citations.0.claims.1.value', reason: 'Expected at least one item; got none.' },
  ]);
  const { citations, claims } = await contentOf(writer, 'a');
  expect(citations).toMatchObject([{ language: 'uk' }]);
  expect(claims).toMatchObject([
    { field: 'OCCURRED', value: '2022-03', rank: 'PREFERRED' },
    { field: 'SPEAKER', value: ['boris', 'clara'], rank: 'NORMAL' },
    { field: 'ROLE', value: [{ actor: 'anna', capacity: 'Minister' }], rank: 'PREFERRED' },
  ]);
});

test('ranges and places are claimed as objects', async ({ save, writer }) => {
  const mapping = parseMapping(`
record: event
publish: true
id: { dataset: launches, value: $id }
fields:
  headline: $id
  occurred: $day
  type: TEST
  citations:
    - source: { byUrl: $url, title: $id }
      claims:
        - { field: RANGE, value: { high: { from: $km, as: number } } }
        - { field: PLACES, value: [{ name: $site, countryCode: RU, precision: LOCALITY }] }
        - { field: OCCURRED, value: "2022", rank: PREFERRED, note: Another date than the event has. }
`);
  const row = (id: string, day: string) => `${id},${day},2000,Kapustin Yar,https://example.org/1`;
  const file = await save('a.csv', csv('id,day,km,site,url', row('a', '2022'), row('b', '2023')));
  const report = await importFiles(writer, { files: [file], mapping, onError: 'skip' });
  expect(report).toMatchObject({ recorded: 1, bad: 1 });
  expect(report.problems).toMatchObject([
    { line: 3, id: 'b', field: 'occurred', reason: containing('preferred claim on OCCURRED') },
  ]);
  expect((await contentOf(writer, 'a')).claims.map(({ value }) => value)).toEqual([
    { low: null, high: 2000 },
    [{ name: 'Kapustin Yar', countryCode: 'RU', latitude: null, longitude: null, precision: 'LOCALITY' }],
    '2022',
  ]);
});

test('a former slug of another development is a problem of its row', async ({ save, writer }) => {
  await recordDevelopment(writer, 'STATEMENT', { slug: 'once', headline: 'Once', occurred: '2022' });
  await reviseDevelopment(writer, 'STATEMENT', 'once', { newSlug: 'now' });
  const header = 'id,title,day,speakers,topics,url,slug';
  const file = await save('a.csv', csv(header, 'a,T,2022,,,https://example.org/1,once'));
  const report = await importFiles(writer, {
    files: [file],
    mapping: parseMapping(speeches('  slug: $slug')),
  });
  expect(report.problems).toMatchObject([{ line: 2, id: 'a', field: 'slug', value: '"once"' }]);
});

test('a slug that a row gives is kept from rows that give none', async ({ save, writer }) => {
  const header = 'id,title,day,speakers,topics,url,slug';
  const row = (id: string, slug: string) => `${id},Same words,2022,Ivan,,https://example.org/1,${slug}`;
  const report = await importFiles(writer, {
    files: [await save('slugs.csv', `${header}\n${row('a', '')}\n${row('b', 'same-words')}\n`)],
    mapping: parseMapping(speeches('  slug: $slug')),
  });
  expect(report).toMatchObject({ outcome: 'written', recorded: 2 });
  const { developmentId } = await writer.db.externalId.findFirstOrThrow({ where: { value: 'b' } });
  const found = await writer.db.development.findUniqueOrThrow({ where: { id: developmentId } });
  expect(found.slug).toBe('same-words');
});

test('a column that a CSV lacks is refused by name', async ({ save, writer }) => {
  const files = [await save('a.csv', 'id,titel\n1,x\n')];
  const run = importFiles(writer, { files, mapping: parseMapping(speeches()) });
  await expect(run).rejects.toThrow(/\$title: the file has no such column; it has id, titel\./);
});

describe('actors', () => {
  const mapping = (extra = '') =>
    parseMapping(`
record: actor
match: countryCode3
${extra}
fields:
  slug: { from: $name, as: slug }
  name: $name
  kind: STATE
  countryCode: $two
  countryCode3: $three
  names: [{ name: $russian, language: ru }]
`);
  const STATES =
    'name,two,three,russian\nNamibia,NA,NAM,Намибия\nRussian Federation,RU,RUS,Россия\nNowhere,,ATA, \n';

  test('that exist under another slug get missing values, and a second run changes nothing', async ({
    save,
    writer,
  }) => {
    const names = [{ name: 'Russland', language: 'de' }];
    await upsertActor(writer, { slug: 'russia', kind: 'STATE', name: 'Russia', countryCode3: 'RUS', names });
    const files = [await save('a.csv', STATES)];
    expect(await importFiles(writer, { files, mapping: mapping() })).toMatchObject({
      recorded: 2,
      changed: 1,
    });
    const actors = await writer.db.actor.findMany({ orderBy: { slug: 'asc' }, include: { names: true } });
    expect(actors).toMatchObject([
      { slug: 'namibia', countryCode: 'NA', names: [{ name: 'Намибия', language: 'ru' }] },
      { slug: 'nowhere', countryCode: null, names: [] },
      { slug: 'russia', name: 'Russia', countryCode: 'RU' },
    ]);
    expect(actors[2]?.names.map(({ name }) => name).sort()).toEqual(['Russland', 'Россия'].sort());

    const again = await importFiles(writer, { files, mapping: mapping() });
    expect(again).toMatchObject({ recorded: 0, changed: 0, alreadyThere: 3 });
    const updated = await importFiles(writer, { files, mapping: mapping('existing: update') });
    expect(updated).toMatchObject({ recorded: 0, changed: 1, alreadyThere: 2 });
    expect(await writer.db.actor.findUnique({ where: { slug: 'russia' } })).toMatchObject({
      name: 'Russian Federation',
    });
  });

  test('whose slug belongs to another actor are reported', async ({ save, writer }) => {
    await upsertActor(writer, { slug: 'namibia', kind: 'ORGANISATION', name: 'Namibia Ltd' });
    const files = [await save('a.csv', STATES)];
    const report = await importFiles(writer, { files, mapping: mapping() });
    expect(report).toMatchObject({ outcome: 'refused', bad: 1 });
    expect(report.problems).toMatchObject([{ line: 2, id: 'NAM', field: 'slug', value: '"namibia"' }]);
  });
});

test('an unknown slug is a problem of the field and the column that give it', async ({ save, writer }) => {
  const mapping = parseMapping(`
record: statement
id: { dataset: unknown, value: $id }
fields:
  headline: $id
  occurred: "2022"
  topics: [$topic]
  doctrines: [$doctrine]
  participants: [{ role: SPEAKER, actor: $speaker }]
  citations: [{ source: $source }]
`);
  const files = [await save('unknown.csv', csv('id,topic,doctrine,speaker,source', 'a,one,two,three,four'))];
  const { problems } = await importFiles(writer, { files, mapping });
  expect(problems.map(({ field, columns, kind }) => [field, columns, kind]).toSorted()).toEqual([
    ['citations', ['source'], 'UNKNOWN_SLUG'],
    ['doctrines', ['doctrine'], 'UNKNOWN_SLUG'],
    ['participants', ['speaker'], 'UNKNOWN_SLUG'],
    ['topics', ['topic'], 'UNKNOWN_SLUG'],
  ]);
  expect(problems.map(({ reason }) => reason)).toContainEqual(
    'No topic has the slug "one". Find slugs with the query topics.',
  );
});

test('the worked example of docs/import.md works as described', async ({ writer }) => {
  const page = await readFile('docs/import.md', 'utf8');
  const [, yaml = ''] = /```yaml\n(record: statement[\s\S]*?)```/.exec(page) ?? [];
  const [, table = ''] = /speeches\.csv\):\n\n((?: {4}.*\n)+)/.exec(page) ?? [];
  expect(await readFile('examples/speeches.csv', 'utf8')).toBe(table.replaceAll(/^ {4}/gm, ''));
  expect(await readFile('examples/mappings/speeches.yaml', 'utf8')).toBe(yaml);
  // As in the example record.
  await upsertTopic(writer, { slug: 'intermediate-range-missiles', name: 'Intermediate-range missiles' });
  for (const [slug, name] of [
    ['vladimir-putin', 'Владимир Путин'],
    ['sergei-ryabkov', 'Сергей Рябков'],
  ] as const)
    await upsertActor(writer, { slug, kind: 'PERSON', name: slug, names: [{ name, language: 'ru' }] });
  const files = ['examples/speeches.csv'];
  const report = await importFiles(writer, { files, mapping: parseMapping(yaml) });
  expect(report).toMatchObject({ read: 2, recorded: 2, bad: 0, made: { actors: 1, topics: 0, sources: 2 } });
  const rows = await readViews(writer.db, undefined, Prisma.sql`SELECT * FROM development`, {
    order: Prisma.sql`it.recorded_at, it.id`,
  });
  expect(rows.map(({ content }) => [content.occurred.edtf, content.confidence])).toEqual([
    ['2019-02-20', 'MODERATE'],
    ['2019-08', 'MODERATE'],
  ]);
});
