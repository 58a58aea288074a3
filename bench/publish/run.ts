import { deepStrictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { judge } from '../bars.js';
import { createDatabase } from '../database.js';
import { openDatabase } from '../domain.js';
import { Figures } from '../figures.js';
import { fillReferences } from '../record/fill.js';
import { machine, printTable, writeResults } from '../report.js';
import { startOurs, urlOfServer } from '../server.js';
import { BARS, cpuOf, serverOf, sqlOf } from './bars.js';
import { publicationAt, publishAll } from './client.js';
import { readRows, writeAll } from './transaction.js';

export interface PublishOptions {
  readonly count: number;
  readonly rounds: number;
}

const TOKEN = 'the-token-of-the-publish-benchmark';
/** Publications before the measurement, so that both sides run compiled code and planned statements. */
const WARM_UP = 300;

/** Measures publishing over HTTP beside a hand-written transaction of the same rows. */
export async function runPublish({ count, rounds }: PublishOptions): Promise<void> {
  const log = (line: string) => console.error(line);
  const figures = new Figures();
  await using empty = await createDatabase();
  {
    await using opened = await openDatabase({ kind: 'postgres', url: empty.env.DATABASE_URL, poolSize: 2 });
    await fillReferences(opened.db);
    await opened.pool.query('ANALYZE');
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const clients of [1, 16]) {
      await using published = await createDatabase(empty.name);
      await using written = await createDatabase(empty.name);
      const indexes = Array.from({ length: WARM_UP + count }, (_, index) => index);
      {
        await using server = await startOurs({ ...published.env, ADMIN_TOKEN: TOKEN });
        const url = urlOfServer(server);
        await publishAll(url, TOKEN, indexes.slice(0, WARM_UP), clients);
        const before = cpuSeconds(server.pid);
        const seconds = await publishAll(url, TOKEN, indexes.slice(WARM_UP), clients);
        const cpu = cpuSeconds(server.pid) - before;
        figures.add(serverOf(clients), count / seconds);
        figures.add(cpuOf(clients), (cpu * 1_000) / count);
        log(
          `${clients} at once: ${(count / seconds).toFixed(0)}/s, ${((cpu * 1_000) / count).toFixed(1)} ms of CPU`,
        );
      }
      await checkPublished(published.env.DATABASE_URL, indexes);
      const rows = await readRows(published.env.DATABASE_URL);
      await writeAll(written.env.DATABASE_URL, rows.slice(0, WARM_UP), clients);
      const seconds = await writeAll(written.env.DATABASE_URL, rows.slice(WARM_UP), clients);
      figures.add(sqlOf(clients), count / seconds);
      log(`${clients} at once, in SQL: ${(count / seconds).toFixed(0)}/s`);
      deepStrictEqual(await contentOf(written.env.DATABASE_URL), await contentOf(published.env.DATABASE_URL));
    }
  }
  const verdicts = judge(BARS, figures);
  printTable(figures, verdicts);
  const results = { machine: machine(empty.version), count, rounds, figures: figures.all, bars: verdicts };
  console.log(`\nAll rows are there. The figures are in ${await writeResults('publish', results)}.`);
}

/** CPU time of a process, user and system. Linux counts it in hundredths of a second. */
function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function checkPublished(url: string, indexes: readonly number[]): Promise<void> {
  const expected = indexes.map((index) => publicationAt(index).slug).sort();
  const rows = await query<{ slug: string; position: string }>(
    url,
    `SELECT slug, position FROM feed_entry JOIN development ON id = development_id ORDER BY slug COLLATE "C"`,
  );
  deepStrictEqual(
    rows.map(({ slug }) => slug),
    expected,
  );
  deepStrictEqual(
    new Set(rows.map(({ position }) => Number(position))),
    new Set(indexes.map((index) => index + 1)),
  );
}

/** Returns the rows of the tables, without the times and positions that each side assigns. */
function contentOf(url: string) {
  return query(
    url,
    `SELECT it.id, it.slug, it.countries, it.search, version.search AS version_search, told.snapshot,
            (SELECT count(*)::int FROM development_mention WHERE development_id = it.id) AS mentions
     FROM development AS it
     JOIN development_version AS version ON version.id = it.id
     JOIN revision AS told ON told.development_id = it.id
     ORDER BY it.id`,
  );
}

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
