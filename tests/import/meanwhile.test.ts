import { expect } from 'vitest';
import { parseMapping } from '../../src/import/mapping/mapping.js';
import { importFiles } from '../../src/import/run.js';
import { speeches, test } from './fixture.js';

test('a row that becomes bad during the import stops it before its block, and --resume continues', async ({
  save,
  writer,
  database,
}) => {
  // Another writer takes the second row's slug while the first block is written.
  await database.pool.query(`
    CREATE FUNCTION take() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO development_slug SELECT 'taken', id FROM development LIMIT 1 ON CONFLICT DO NOTHING;
      RETURN NEW;
    END $$;
    CREATE TRIGGER take AFTER INSERT ON import_progress FOR EACH ROW EXECUTE FUNCTION take()`);
  const row = (id: string, slug: string) => `${id},T,2022,,,https://example.org/${id},${slug}`;
  const lines = ['id,title,day,speakers,topics,url,slug', row('a', ''), row('b', 'taken'), row('c', '')];
  const files = [await save('a.csv', lines.join('\n'))];
  const options = { files, mapping: parseMapping(speeches('  slug: $slug')), batchSize: 1 };

  const stopped = await importFiles(writer, options);
  expect(stopped).toMatchObject({ outcome: 'stopped', recorded: 1 });
  expect(stopped.problems).toMatchObject([{ line: 3, id: 'b', field: 'slug', kind: 'TAKEN_SLUG' }]);
  expect(await database.db.development.count()).toBe(1);
  // The sources of the failed block are not made either.
  expect(await database.db.source.count()).toBe(1);

  const resumed = await importFiles(writer, { ...options, resume: true, onError: 'skip' });
  expect(resumed).toMatchObject({ outcome: 'written', resumedAfter: 1, read: 3, recorded: 2, bad: 1 });
  expect(await database.db.feedEntry.count({ where: { developmentId: { not: null } } })).toBe(2);
});

test('an aborted import ends after its block, and can be run again from the start', async ({
  save,
  writer,
}) => {
  const rows = Array.from({ length: 10 }, (_, id) => `${id},T,2022,,,https://example.org/1`);
  const files = [await save('a.csv', ['id,title,day,speakers,topics,url', ...rows].join('\n'))];
  const controller = new AbortController();
  const options = { files, mapping: parseMapping(speeches()), batchSize: 3 };
  const stopping = { ...writer, wake: () => controller.abort() };
  await expect(importFiles(stopping, { ...options, signal: controller.signal })).rejects.toThrow(
    /The import stopped after 3 rows: it was told to\. .*run the same command with --resume/,
  );
  expect(await writer.db.development.count()).toBe(3);
  expect(await importFiles(writer, options)).toMatchObject({
    outcome: 'written',
    recorded: 7,
    alreadyThere: 3,
  });
});

test('the planner statistics follow the growth of the record during an import', async ({ save, writer }) => {
  const rows = Array.from({ length: 40 }, (_, id) => `${id},T,2022,,,https://example.org/1`);
  const files = [await save('a.csv', ['id,title,day,speakers,topics,url', ...rows].join('\n'))];
  const controller = new AbortController();
  let blocks = 0;
  const wake = () => {
    blocks += 1;
    if (blocks === 6) controller.abort();
  };
  const options = { files, mapping: parseMapping(speeches()), batchSize: 5, signal: controller.signal };
  await expect(importFiles({ ...writer, wake }, options)).rejects.toThrow('stopped after 30 rows');
  const [known] = await writer.db.$queryRaw<{ rows: number }[]>`
    SELECT reltuples::int AS rows FROM pg_class WHERE oid = 'development'::regclass`;
  // The import analysed the tables after 5, 10 and 20 rows.
  expect(known?.rows).toBe(20);
});
