// Hand-written SQL behind node:http: no GraphQL, one prepared statement a query.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { STATEMENTS } from '../statements.js';

const { DATABASE_URL, DATABASE_POOL } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(DATABASE_POOL) });

async function answer(name: string, body: string): Promise<string> {
  const text = STATEMENTS[name];
  if (text === undefined) throw new Error(`No statement is named "${name}".`);
  const { values } = JSON.parse(body) as { values: unknown[] };
  const { rows } = await pool.query<{ answer: string }>({ name, text, values });
  return rows[0]?.answer ?? '';
}

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    answer((request.url ?? '').slice(1), body).then(
      (json) => {
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(json),
        });
        response.end(json);
      },
      (error: unknown) => {
        response.writeHead(500);
        response.end(String(error));
      },
    );
  });
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`listening "url":"http://127.0.0.1:${port}/"\n`);
});
process.once('SIGTERM', () => process.exit(0));
