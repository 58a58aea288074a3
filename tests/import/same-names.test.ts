import { expect } from 'vitest';
import { upsertActor } from '../../src/domain/references/actor.js';
import { upsertSource } from '../../src/domain/references/source.js';
import { upsertTopic } from '../../src/domain/references/topic.js';
import type { BulkWriter } from '../../src/domain/write.js';
import { parseMapping } from '../../src/import/mapping/mapping.js';
import { importFiles } from '../../src/import/run.js';
import { speeches, test } from './fixture.js';

const row = (id: string, speakers: string, topics = '', url = `https://example.org/${id}`, title = 'T') =>
  `${id},${title},2022,"${speakers}","${topics}","${url}"`;
const csv = (...rows: string[]) => ['id,title,day,speakers,topics,url', ...rows, ''].join('\n');

/** The names of each actor: the usual one, then the others. */
async function names(writer: BulkWriter): Promise<string[][]> {
  const actors = await writer.db.actor.findMany({
    orderBy: { slug: 'asc' },
    include: { names: { orderBy: [{ ordinal: 'asc' }, { name: 'asc' }] } },
  });
  return actors.map((actor) => [actor.name, ...actor.names.map(({ name }) => name)]);
}

test('spellings of one name are one actor, in one file and in the next, and are kept', async ({
  save,
  writer,
}) => {
  await upsertActor(writer, { slug: 'maduro', kind: 'PERSON', name: 'Nicolás Maduro' });
  const spellings = [
    'Nicolás Maduro',
    'Nicolás Maduro'.normalize('NFD'),
    'NICOLAS MADURO',
    '\ufeffNicolas  Maduro\u00a0',
    '\u200fNicolás\u00a0Maduro\u200e',
  ];
  const mapping = parseMapping(speeches());
  for (const [index, batchSize] of [2, 500].entries()) {
    const rows = spellings.map((name, at) => row(`${index}-${at}`, name));
    const file = await save('a.csv', csv(...rows, row(`${index}-p`, "Kim P’yong-yang;Kim P'yong-yang")));
    expect(await importFiles(writer, { files: [file], mapping, batchSize })).toMatchObject({
      outcome: 'written',
      recorded: spellings.length + 1,
      made: { actors: index === 0 ? 1 : 0 },
    });
  }
  expect(await names(writer)).toEqual([
    ['Kim P’yong-yang', 'Kim P’yong-yang', "Kim P'yong-yang"],
    // Outer blanks and marks are no spelling.
    [
      'Nicolás Maduro',
      'Nicolás Maduro'.normalize('NFD'),
      'NICOLAS MADURO',
      'Nicolas  Maduro',
      'Nicolás\u00a0Maduro',
    ],
  ]);
});

test('topics and sources are found however their names are spelt', async ({ save, writer }) => {
  await upsertTopic(writer, { slug: 'missiles', name: 'Missiles' });
  const mapping = parseMapping(speeches().replace('byUrl: $url, title: $title', 'title: $title'));
  const file = await save(
    'a.csv',
    csv(
      row('a', '', ' missiles ', '', 'A title'),
      row('b', '', 'MISSILES;Misíles', '', '"A  TITLE"'.slice(1, -1)),
    ),
  );
  expect(await importFiles(writer, { files: [file], mapping })).toMatchObject({
    recorded: 2,
    made: { topics: 1, sources: 1 },
  });
  const others = await Promise.all([
    writer.db.topicName.findMany({ orderBy: { name: 'asc' } }),
    writer.db.sourceName.findMany(),
  ]);
  expect(others.map((names) => names.map(({ name }) => name))).toEqual([
    ['MISSILES', 'missiles'],
    ['A  TITLE'],
  ]);
});

test('topics and sources are found by Wikidata item and by another name, and another item is another one', async ({
  save,
  writer,
}) => {
  const [wikidataId, names] = ['Q12797', [{ name: 'Ракеты', language: 'ru' }]];
  await upsertTopic(writer, { slug: 'missiles', name: 'Missiles', wikidataId, names });
  await upsertSource(writer, {
    slug: 'book',
    title: 'The book',
    wikidataId: 'Q5',
    names: [{ name: 'Книга' }],
  });
  const mapping = parseMapping(`
record: event
publish: true
id: { dataset: parts, value: $id }
fields:
  headline: E
  type: OTHER
  occurred: "2020"
  topics: [ { byName: $topic, wikidata: $item, language: en } ]
  citations: [ { source: { title: $title, wikidata: $work } } ]
`);
  const rows = [
    'a,Rockets,Q12797,книга,',
    'b,РАКЕТЫ,,Das Buch,Q5',
    'c,Missiles,Q1,КНИГА,',
    'd,Q12797,,The book,Q6',
  ];
  for (const batchSize of [1, 500]) {
    const lines = rows.map((one) => `${batchSize}${one}`).join('\n');
    const files = [await save('a.csv', `id,topic,item,title,work\n${lines}\n`)];
    const report = await importFiles(writer, { files, mapping, batchSize });
    expect(report.problems).toEqual([]);
    const made = batchSize === 1 ? 1 : 0;
    expect(report).toMatchObject({ recorded: rows.length, made: { topics: made, sources: made } });
  }
  const inOrder = { orderBy: { ordinal: 'asc' } } as const;
  const topics = await writer.db.topic.findMany({ orderBy: { slug: 'asc' }, include: { names: inOrder } });
  expect(topics.map((topic) => [topic.slug, ...topic.names.map(({ name }) => name)])).toEqual([
    ['missiles', 'Ракеты', 'Rockets', 'РАКЕТЫ', 'Q12797'],
    ['missiles-2', 'Missiles'],
  ]);
  const sources = await writer.db.source.findMany({ orderBy: { slug: 'asc' }, include: { names: inOrder } });
  expect(sources.map((source) => [source.slug, ...source.names.map(({ name }) => name)])).toEqual([
    ['book', 'Книга', 'книга', 'Das Buch', 'КНИГА'],
    ['the-book'],
  ]);
});

test('an address with a blank is the same source', async ({ save, writer }) => {
  const mapping = parseMapping(`
record: event
id: { dataset: addresses, value: $id }
fields:
  headline: { join: ["Event ", $id] }
  type: OTHER
  occurred: "2020"
  citations: [ { source: { byUrl: $url, title: T } } ]
`);
  const files = [await save('a.csv', 'id,url\n1,https://example.org/a\n2,"https://example.org/a "\n')];
  expect(await importFiles(writer, { files, mapping })).toMatchObject({ recorded: 2, made: { sources: 1 } });
  const more = [await save('b.csv', 'id,url\n3,\u00a0https://example.org/a\n')];
  expect(await importFiles(writer, { files: more, mapping })).toMatchObject({
    recorded: 1,
    made: { sources: 0 },
  });
});

test('states are found by ISO code, everybody by Wikidata item, and another item is another actor', async ({
  save,
  writer,
}) => {
  await upsertActor(writer, {
    slug: 'russia',
    kind: 'STATE',
    name: 'Russia',
    countryCode: 'RU',
    countryCode3: 'RUS',
  });
  await upsertActor(writer, { slug: 'putin', kind: 'PERSON', name: 'Vladimir Putin', wikidataId: 'Q7747' });
  const mapping = parseMapping(`
record: event
publish: true
id: { dataset: parts, value: $id }
fields:
  headline: E
  type: OTHER
  occurred: "2020"
  participants:
    - { role: INITIATOR, actor: { byName: $name, kind: $kind, code: $code, wikidata: $item } }
  citations: [ { source: { title: T } } ]
`);
  const rows = [
    'a,Russian Federation,STATE,RUS,',
    'b,RUS,STATE,,',
    'c,RU,STATE,,',
    'd,Wladimir Putin,PERSON,,Q7747',
    'e,Q7747,PERSON,,',
    'f,Vladimir Putin,PERSON,,Q1',
    'g,Somebody Else,PERSON,,Q2',
    'h,S. Else,PERSON,,Q2',
    'i,somebody else,PERSON,,',
  ];
  for (const batchSize of [1, 500]) {
    const file = await save(
      'a.csv',
      `id,name,kind,code,item\n${rows.map((one) => `${batchSize}${one}`).join('\n')}\n`,
    );
    const report = await importFiles(writer, { files: [file], mapping, batchSize });
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({ recorded: rows.length, made: { actors: batchSize === 1 ? 2 : 0 } });
  }
  expect(await names(writer)).toEqual([
    ['Vladimir Putin', 'Wladimir Putin', 'Q7747'],
    ['Russia', 'Russian Federation', 'RUS', 'RU'],
    ['Somebody Else', 'Somebody Else', 'S. Else', 'somebody else'],
    ['Vladimir Putin', 'Vladimir Putin'],
  ]);
});

test('a name that is only similar becomes a suggestion with its reason, not the same actor', async ({
  save,
  writer,
}) => {
  for (const [slug, name] of [
    ['putin', 'Vladimir Putin'],
    ['zelensky', 'Volodymyr Zelensky'],
    ['ryabkov', 'Sergei Alekseyevich Ryabkov'],
    ['sergey-shoygu', 'Sergey Shoygu'],
    ['lavrov', 'Sergei Lavrov'],
  ] as const) {
    await upsertActor(writer, { slug, kind: 'PERSON', name });
  }
  await upsertActor(writer, { slug: 'putin-ltd', kind: 'ORGANISATION', name: 'V. Putin' });
  await upsertTopic(writer, { slug: 'arms-control', name: 'Arms control' });
  const rows = [
    row('a', 'V. Putin;Putin Vladimir'),
    row('b', 'Volodymyr Zelenskyy', 'Control, arms'),
    row('c', 'Sergei Ryabkov;Сергей Шойгу'),
    row('d', 'Sergei Ivanov;Lavrov;Maria Zakharova;???'),
  ];
  const file = await save('a.csv', csv(...rows));
  const report = await importFiles(writer, {
    files: [file],
    mapping: parseMapping(speeches()),
    dryRun: true,
  });
  expect(report).toMatchObject({ bad: 0, made: { actors: 9, topics: 1 } });
  const notices = report.problems.map(({ line, kind, value, reason }) =>
    [line, kind, value, reason].join(' | '),
  );
  expect(notices.toSorted()).toEqual([
    '2 | SIMILAR_NAME | "Putin Vladimir" | It is new, and may be "putin" (Vladimir Putin): the same words in another order.',
    '2 | SIMILAR_NAME | "V. Putin" | It is new, and may be "putin" (Vladimir Putin): the same with initials.',
    '3 | SIMILAR_NAME | "Control, arms" | It is new, and may be "arms-control" (Arms control): the same words in another order.',
    '3 | SIMILAR_NAME | "Volodymyr Zelenskyy" | It is new, and may be "zelensky" (Volodymyr Zelensky): another spelling of the same sounds.',
    '4 | SIMILAR_NAME | "Sergei Ryabkov" | It is new, and may be "ryabkov" (Sergei Alekseyevich Ryabkov): one has all words of the other.',
    '4 | SIMILAR_NAME | "Сергей Шойгу" | It is new, and may be "sergey-shoygu" (Sergey Shoygu): the same in Latin letters.',
    expect.stringMatching(
      /^5 \| NO_LETTERS \| "\?\?\?" \| It has no letters to write a slug with, and gets "person-[0-9a-f]{8}"\.$/,
    ),
  ]);
});
