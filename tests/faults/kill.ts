import { setInterval } from 'node:timers/promises';
import { expect } from 'vitest';
import { type DatabaseLocation, openDatabase } from '../../src/database/open.js';
import { CITED, MAKE_SOURCE } from '../support/example-source.js';
import { expectVerified } from '../support/expect-verified.js';
import { type Environment, post, serve } from '../support/processes/processes.js';

const WRITES_PER_SECOND = 50;
const MOST_AT_ONCE = 20;

const RECORD = `mutation ($input: RecordStatementInput!) {
  recordStatement(input: $input) { ... on RecordStatementSuccess { development { slug } } ... on Error { message } }
}`;

export interface Killed {
  acknowledged: number;
  unanswered: number;
  startTimes: number[];
}

/**
 * Repeatedly starts a server, writes to it and kills it during the writes. Sends each unacknowledged write to the next
 * server with its key.
 */
export async function killAgainAndAgain(
  location: DatabaseLocation,
  env: Environment,
  rounds: number,
): Promise<Killed> {
  const acknowledged = new Set<string>();
  const unanswered = new Set<string>();
  const startTimes: number[] = [];
  let interrupted = 0;

  const write = async (url: string, slug: string): Promise<void> => {
    const input = { slug, headline: slug, occurred: '2026', publish: true, idempotencyKey: slug, ...CITED };
    unanswered.add(slug);
    const { recordStatement } = await post(url, RECORD, { input });
    if (recordStatement.development?.slug !== slug) throw new Error(`${slug}: ${recordStatement.message}`);
    unanswered.delete(slug);
    acknowledged.add(slug);
  };

  for (let round = 0; round < rounds; round += 1) {
    await using server = await serve({ LOG_LEVEL: 'info', ...env });
    startTimes.push(server.startTime);
    if (round === 0) await post(server.url, MAKE_SOURCE);
    await Promise.all([...unanswered].map((slug) => write(server.url, slug)));
    // Kill after 10 to 40 responses, so that it hits any moment of a write.
    const enough = acknowledged.size + 10 + Math.floor(Math.random() * 30);
    const writes: Promise<unknown>[] = [];
    const refused: unknown[] = [];
    for await (const _ of setInterval(1_000 / WRITES_PER_SECOND)) {
      if (acknowledged.size >= enough) break;
      if (unanswered.size >= MOST_AT_ONCE) continue; // On a slow machine, do not build a backlog.
      const slug = `round-${round}-write-${writes.length}`;
      writes.push(
        write(server.url, slug).catch((error: unknown) => !server.child.killed && refused.push(error)),
      );
    }
    expect(await server.end('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
    await Promise.all(writes);
    expect(refused).toEqual([]);
    interrupted += unanswered.size;
  }

  await using server = await serve({ LOG_LEVEL: 'info', ...env });
  startTimes.push(server.startTime);
  await Promise.all([...unanswered].map((slug) => write(server.url, slug)));
  await server.end('SIGTERM');
  await expectWhole(location, acknowledged);
  return { acknowledged: acknowledged.size, unanswered: interrupted, startTimes };
}

/** Checks that every acknowledged write is there once with all its rows, and that positions have no gaps or duplicates. */
async function expectWhole(location: DatabaseLocation, acknowledged: ReadonlySet<string>): Promise<void> {
  await using opened = await openDatabase(location);
  const { db } = opened;
  await expectVerified(db);
  const developments = await db.development.findMany({
    include: { slugs: true, revisions: true, feedEntries: { include: { version: true } } },
  });
  expect(developments.map(({ slug }) => slug).sort()).toEqual([...acknowledged].sort());
  for (const { slugs, revisions, feedEntries, status } of developments) {
    expect({
      status,
      slugs: slugs.length,
      revisions: revisions.length,
      entries: feedEntries.length,
      versions: feedEntries.filter(({ version }) => version !== null).length,
    }).toEqual({ status: 'PUBLISHED', slugs: 1, revisions: 1, entries: 1, versions: 1 });
  }
  const log = await db.feedEntry.findMany({ orderBy: { position: 'asc' } });
  expect(log.map(({ position }) => Number(position))).toEqual(log.map((_, index) => index + 1));
  const head = await db.feedHead.findUniqueOrThrow({ where: { id: 1 } });
  expect(head.position).toBe(BigInt(log.length));
  expect(head.hash).toEqual(log.at(-1)?.hash);
}

export function report({ acknowledged, unanswered, startTimes }: Killed): void {
  const [first = 0, ...others] = startTimes.map(Math.round);
  const sorted = others.toSorted((a, b) => a - b);
  process.stdout.write(
    `${startTimes.length - 1} kills: ${acknowledged} acknowledged writes, all there; ${unanswered} unanswered ` +
      `and sent again. Start: first ${first} ms, after a kill ${sorted[0]} to ${sorted.at(-1)} ms ` +
      `(median ${sorted[Math.floor(sorted.length / 2)]} ms).\n`,
  );
}
