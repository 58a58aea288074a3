import type { Transaction } from '../database/open.js';
import { read } from '../database/read.js';
import { Prisma } from '../generated/prisma/client.js';

const PAGE = 500;

let cursors = 0;

/** Reads the rows of a query a page at a time, with a cursor of the database. Holds one page in memory. */
export async function* pages<Row>(tx: Transaction, query: Prisma.Sql): AsyncGenerator<Row[]> {
  cursors += 1;
  const cursor = Prisma.raw(`verify_${cursors}`);
  await tx.$executeRaw`DECLARE ${cursor} NO SCROLL CURSOR FOR ${query}`;
  for (;;) {
    const rows = await read<Row>(tx, Prisma.sql`FETCH ${Prisma.raw(String(PAGE))} FROM ${cursor}`);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) break;
  }
  await tx.$executeRaw`CLOSE ${cursor}`;
}

/** Reads the rows of a query, and holds one page in memory. */
export async function* each<Row>(tx: Transaction, query: Prisma.Sql): AsyncGenerator<Row> {
  for await (const page of pages<Row>(tx, query)) yield* page;
}
