import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge } from '../bars.js';
import { serverVersion } from '../database.js';
import { Figures } from '../figures.js';
import { keepRecord } from '../kept.js';
import { machine, printTable, writeResults } from '../report.js';
import { startOurs, urlOfServer } from '../server.js';
import { BARS } from './bars.js';
import { installLighthouse, PAGES, runLighthouse } from './lighthouse.js';
import { scrollList } from './scroll.js';

export interface PageOptions {
  readonly only: readonly string[];
  readonly count: number;
  readonly rounds: number;
}

/** Measures the public page in Chromium. */
export async function runPage({ only, count, rounds }: PageOptions): Promise<void> {
  const log = (line: string) => console.error(line);
  const figures = new Figures();
  const wants = (name: string) => only.length === 0 || only.includes(name);
  if (wants('lighthouse')) {
    const node = installLighthouse(log);
    await using directory = await createDirectory();
    await using server = await startOurs({ SEED: 'dossier', DATA_DIR: directory.path, GRAPHIQL: 'true' });
    for (let round = 0; round < rounds; round += 1) {
      for (const path of PAGES) {
        for (const [figure, value] of Object.entries(await runLighthouse(node, urlOfServer(server), path))) {
          figures.add(`lighthouse / ${path} / ${figure}`, value);
        }
      }
    }
  }
  if (wants('scroll')) {
    const record = await keepRecord(count, log);
    await using server = await startOurs({ DATABASE_URL: record.url });
    for (let round = 0; round < rounds; round += 1) {
      for (const [figure, value] of Object.entries(await scrollList(urlOfServer(server), log))) {
        figures.add(`scroll / 10,000 developments / ${figure}`, value);
      }
    }
  }
  const verdicts = judge(BARS, figures);
  printTable(figures, verdicts);
  const postgres = wants('scroll') ? await serverVersion() : 'not used';
  const results = { machine: machine(postgres), count, rounds, figures: figures.all, bars: verdicts };
  console.log(`\nThe figures are in ${await writeResults('page', results)}.`);
}

async function createDirectory() {
  const path = await mkdtemp(join(tmpdir(), 'doctrine-wire-bench-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
