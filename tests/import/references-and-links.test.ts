import { describe, expect } from 'vitest';
import { upsertActor } from '../../src/domain/references/actor.js';
import { parseMapping } from '../../src/import/mapping/mapping.js';
import { importFiles } from '../../src/import/run.js';
import { parseRun } from '../../src/import/undo/runs.js';
import { undoRun } from '../../src/import/undo/undo.js';
import { expectVerified } from '../support/expect-verified.js';
import { speeches, test } from './fixture.js';

test('treaties with parties and states, weapon systems, doctrines, sources and topics are imported', async ({
  save,
  writer,
}) => {
  await upsertActor(writer, { slug: 'russia', kind: 'STATE', name: 'Russia' });
  const run = async (mapping: string, csv: string) =>
    importFiles(writer, { files: [await save('a.csv', csv)], mapping: parseMapping(mapping) });
  const treaties = (more = '') => `record: treaty
${more}
fields:
  slug: { from: $name, as: slug }
  name: $name
  abbreviation: $short
  parties: [{ each: { from: $parties, split: ";" }, party: { from: $, as: slug } }]
  states: [{ state: IN_FORCE, since: $since }]
`;
  const table = 'name,short,parties,since\nNew START,NS,Russia,2011-02-05\nOther,,Nowhere,2000\n';
  const refused = await run(treaties(), table);
  expect(refused).toMatchObject({ outcome: 'refused', bad: 1 });
  expect(refused.problems).toMatchObject([
    { line: 3, id: 'other', field: 'parties', value: '"nowhere"', kind: 'UNKNOWN_SLUG' },
  ]);
  const good = table.replace('Nowhere', '');
  expect(await run(treaties(), good)).toMatchObject({ outcome: 'written', recorded: 2 });
  expect(await run(treaties(), good.replace('NS', 'X'))).toMatchObject({
    recorded: 0,
    changed: 0,
    alreadyThere: 2,
  });
  expect(await run(treaties('existing: update'), good.replace('NS', 'X'))).toMatchObject({
    changed: 1,
    alreadyThere: 1,
  });
  const treaty = await writer.db.treaty.findUniqueOrThrow({
    where: { slug: 'new-start' },
    include: { parties: true, states: true },
  });
  expect(treaty).toMatchObject({
    abbreviation: 'X',
    parties: [{}],
    states: [{ state: 'IN_FORCE', sinceEdtf: '2011-02-05' }],
  });

  const weapons = `record: weapon-system
fields:
  slug: { from: $name, as: slug }
  name: $name
  classes: [BALLISTIC_MISSILE]
  rangeMaxKm: { from: $km, as: number }
  aliases: [{ name: $nato, note: NATO }]
`;
  const classes = (await import('../../src/generated/prisma/enums.js')).WeaponClass;
  const [known = ''] = Object.keys(classes);
  const mapping = weapons.replace('BALLISTIC_MISSILE', known);
  expect(await run(mapping, 'name,km,nato\nRS-24,"11,000",SS-29\n')).toMatchObject({ recorded: 1 });
  expect(await writer.db.weaponSystem.findFirst({ include: { aliases: true } })).toMatchObject({
    rangeMaxKm: 11_000,
    aliases: [{ name: 'SS-29', note: 'NATO' }],
  });
  expect(
    await run('record: doctrine\nfields: { slug: $s, name: $n, actor: russia }', 's,n\nd,D\n'),
  ).toMatchObject({ recorded: 1 });
  expect(
    await run(
      'record: source\nfields: { slug: $s, title: $n, reliability: B, published: $p }',
      's,n,p\nx,X,2020\n',
    ),
  ).toMatchObject({ recorded: 1 });
  expect(await run('record: topic\nfields: { slug: $s, name: $n }', 's,n\nt,T\n')).toMatchObject({
    recorded: 1,
  });
  await expectVerified(writer.db);
});

describe('links', () => {
  const LINKS = `record: link
fields:
  from: { dataset: speeches, id: $from }
  to: { dataset: speeches, id: $to }
  relation: $relation
  note: $note
`;

  test('lead from row to row by their ids, and can be undone', async ({ save, writer }) => {
    const rows = ['a', 'b', 'c'].map((id) => `${id},Row ${id},2022,,,https://example.org/${id}`);
    const file = await save('a.csv', ['id,title,day,speakers,topics,url', ...rows].join('\n'));
    await importFiles(writer, { files: [file], mapping: parseMapping(speeches()) });
    const mapping = parseMapping(LINKS);
    const bad = await save(
      'bad.csv',
      'from,to,relation,note\na,b,PART_OF,\nb,a,PART_OF,\na,z,PART_OF,\na,a,PART_OF,\n',
    );
    const refused = await importFiles(writer, { files: [bad], mapping });
    expect(refused).toMatchObject({ outcome: 'refused', bad: 3 });
    expect(refused.problems.toSorted((one, other) => one.line - other.line)).toMatchObject([
      { line: 3, field: 'to', reason: expect.stringContaining('must not form a cycle') },
      { line: 4, field: 'to', value: '"z"', kind: 'UNKNOWN_SLUG' },
      { line: 5, field: 'to', reason: 'Expected another development; got the same.' },
    ]);
    const good = await save('good.csv', 'from,to,relation,note\nb,a,RESPONDS_TO,Soon after.\nb,c,PART_OF,\n');
    const report = await importFiles(writer, { files: [good], mapping });
    expect(report).toMatchObject({ outcome: 'written', recorded: 2, run: ':links@1' });
    expect(await importFiles(writer, { files: [good], mapping })).toMatchObject({
      recorded: 0,
      alreadyThere: 2,
    });
    expect(await writer.db.development.findUnique({ where: { slug: 'row-b' } })).toMatchObject({
      links: [expect.any(String), expect.any(String)],
    });
    expect(await undoRun(writer, parseRun(':links@1'))).toMatchObject({ reverted: 1 });
    expect(await writer.db.development.findUnique({ where: { slug: 'row-b' } })).toMatchObject({ links: [] });
    await expectVerified(writer.db);
  });
});
