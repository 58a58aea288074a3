import { existsSync } from 'node:fs';
import { expect } from 'vitest';
import { loadMapping } from '../../src/import/mapping/mapping.js';
import { importFiles } from '../../src/import/run.js';
import { expectVerified } from '../support/expect-verified.js';
import { test } from './fixture.js';

const OFFICIALS = '../shared/data/ukraine_officials-en.json';
const COUNTRIES = '../shared/data/country-codes.csv';

test('the officials file yields 352 developments and 12 problems from 364 rows, and a second run adds nothing', async ({
  writer,
  skip,
}) => {
  skip(!existsSync(OFFICIALS), `${OFFICIALS} is missing.`);
  const mapping = await loadMapping('examples/mappings/ukraine-officials.yaml');
  const files = [OFFICIALS];
  expect(await importFiles(writer, { files, mapping })).toMatchObject({ outcome: 'refused', recorded: 0 });
  const report = await importFiles(writer, { files, mapping, onError: 'skip' });
  expect(report).toMatchObject({ outcome: 'written', read: 364, recorded: 352, alreadyThere: 0, bad: 12 });
  expect(report.warnings).toEqual([]);
  expect(report.problems.map(({ line, field, value }) => [line, field, value])).toEqual([
    [44, 'id', '"q3J2FFKr6gE"'],
    [3374, 'id', '"z_wXyW829Bw"'],
    [3676, 'occurred', '"2022-03-11T24:04:30"'],
    [3786, 'id', '"7xLV27bqaLg"'],
    [3975, 'id', '"44uiAXn5APg"'],
    [4129, 'id', '"AF1wKMZWM9w"'],
    [4197, 'id', '"nQDtSl-l_d8"'],
    [6239, 'id', '"mIfAeDGjSq8"'],
    [6372, 'id', '"rhuMWtP4rOI"'],
    [6696, 'id', '"oKW2yOwVvtQ"'],
    [6804, 'id', '"Tp0YYZdrIY4"'],
    [7416, 'occurred', '"2022-03-14T24:09:29"'],
  ]);
  expect(report.made.actors).toBe(20);

  const positions = await writer.db.feedEntry.findMany({ orderBy: { position: 'asc' } });
  expect(positions.map(({ position }) => Number(position))).toEqual(
    Array.from({ length: 352 + (await writer.db.referenceRevision.count()) }, (_, i) => i + 1),
  );
  const johnson = await writer.db.actor.findFirstOrThrow({
    where: { names: { some: { name: 'Борис Джонсон', language: 'uk' } } },
  });
  expect(johnson).toMatchObject({ kind: 'PERSON', countryCode: null });
  expect(await writer.db.actor.count({ where: { countryCode: 'UA' } })).toBe(19);
  expect(await writer.db.development.count({ where: { sourceIds: { isEmpty: true } } })).toBe(0);
  expect(await writer.db.development.groupBy({ by: ['confidence'], _count: true })).toEqual([
    { confidence: 'LOW', _count: 352 },
  ]);

  const again = await importFiles(writer, { files, mapping, onError: 'skip' });
  expect(again).toMatchObject({ recorded: 0, alreadyThere: 352, bad: 12 });
  expect(await writer.db.feedEntry.count()).toBe(positions.length);
  await expectVerified(writer.db);
});

test('the country codes yield 249 actors, including Namibia with the code NA, and a second run changes nothing', async ({
  writer,
  skip,
}) => {
  skip(!existsSync(COUNTRIES), `${COUNTRIES} is missing.`);
  const mapping = await loadMapping('examples/mappings/country-codes.yaml');
  const files = [COUNTRIES];
  const report = await importFiles(writer, { files, mapping });
  expect(report).toMatchObject({ outcome: 'written', read: 249, recorded: 249, bad: 0, warnings: [] });
  const find = (slug: string) =>
    writer.db.actor.findUniqueOrThrow({ where: { slug }, include: { names: true } });
  expect(await find('namibia')).toMatchObject({ countryCode: 'NA', countryCode3: 'NAM', wikidataId: null });
  expect(await find('aland-islands')).toMatchObject({
    kind: 'STATE',
    countryCode: 'AX',
    wikidataId: 'Q5689',
  });
  expect((await find('russia')).names).toContainEqual(
    expect.objectContaining({ name: 'Российская Федерация', language: 'ru' }),
  );
  expect(await find('united-states')).toMatchObject({ name: 'United States', countryCode3: 'USA' });
  const again = await importFiles(writer, { files, mapping });
  expect(again).toMatchObject({ recorded: 0, changed: 0, alreadyThere: 249 });
  await expectVerified(writer.db);
});
