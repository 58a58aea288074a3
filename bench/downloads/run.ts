import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { serverVersion } from '../database.js';
import { Figures } from '../figures.js';
import { keepRecord } from '../kept.js';
import { machine, printTable, writeResults } from '../report.js';
import { startOurs, urlOfServer } from '../server.js';

export interface DownloadsOptions {
  readonly counts: readonly number[];
}

/** How many lines a download has beside its rows. */
const FORMATS = [
  { path: '/export.csv', encoding: 'identity', more: 1 },
  { path: '/export.csv', encoding: 'gzip', more: 1 },
  { path: '/export.ndjson', encoding: 'identity', more: 0 },
  { path: '/export.geojson', encoding: 'identity', more: 2 },
] as const;

/** Between two looks at the memory, in milliseconds. */
const PAUSE = 100;

/** Measures downloads of whole records: their speed, and the memory that the server takes meanwhile. */
export async function runDownloads({ counts }: DownloadsOptions): Promise<void> {
  const log = (line: string) => console.error(line);
  const figures = new Figures();
  for (const count of counts) {
    const record = await keepRecord(count, log);
    await using server = await startOurs({ DATABASE_URL: record.url });
    const url = urlOfServer(server);
    // A part of the record, so that code is compiled and connections are open.
    await download(new URL('/export.ndjson?since=2024', url), 'identity');
    for (const { path, encoding, more } of FORMATS) {
      const name = `${count.toLocaleString('en')} rows / ${path} ${encoding}`;
      const before = await server.call<number>('residentMemory');
      const memory = watchMemory(server.pid);
      const { lines, bytes, seconds } = await download(new URL(path, url), encoding);
      const peak = memory.stop();
      if (lines !== count + more) throw new Error(`${name} has ${lines} lines.`);
      figures.add(`${name} / rows a second`, count / seconds);
      figures.add(`${name} / MB sent`, bytes / 1e6);
      figures.add(`${name} / memory before, MB`, before / 1e6);
      figures.add(`${name} / peak in the first tenth of the time, MB`, peak.first / 1e6);
      figures.add(`${name} / peak, MB`, peak.all / 1e6);
      log(`${name}: ${Math.round(count / seconds)} rows a second, at most ${Math.round(peak.all / 1e6)} MB`);
    }
  }
  printTable(figures, []);
  const results = { machine: machine(await serverVersion()), counts, figures: figures.all };
  console.log(`\nAll rows came. The figures are in ${await writeResults('downloads', results)}.`);
}

function download(url: URL, encoding: string) {
  const began = performance.now();
  return new Promise<{ lines: number; bytes: number; seconds: number }>((resolve, reject) => {
    const count = (response: IncomingMessage) => {
      let [lines, bytes] = [0, 0];
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      const body = encoding === 'gzip' ? response.pipe(createGunzip()) : response;
      body.on('data', (chunk: Buffer) => {
        for (const byte of chunk) if (byte === 10) lines += 1;
      });
      body.on('error', reject);
      body.on('end', () => resolve({ lines, bytes, seconds: (performance.now() - began) / 1_000 }));
    };
    get(url, { headers: { 'accept-encoding': encoding } }, count).on('error', reject);
  });
}

/** Looks at the resident memory of a process until it is stopped. */
function watchMemory(pid: number) {
  const sizes: number[] = [];
  const timer = setInterval(() => {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    sizes.push(Number(kilobytes) * 1_024);
  }, PAUSE);
  return {
    stop: () => {
      clearInterval(timer);
      const first = sizes.slice(0, Math.ceil(sizes.length / 10));
      return { first: Math.max(...first), all: Math.max(...sizes) };
    },
  };
}
