// Prints the calls that lead from a socket, or a command, to SQL and back to sockets, file by file: `npm run build`, then
// `node tools/count-hops.js [QUERY]`. docs/architecture.md explains its figures.
//
// It runs a copy of dist/ in which each function notes that it was called. A hop is a call that passes from one of our
// files to another. Calls through a library's queue, such as a batch of a data loader, belong to the first caller.
import { AsyncLocalStorage } from 'node:async_hooks';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';
import { pino } from 'pino';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TOKEN = 'count-hops'.repeat(4);
const QUERY = '{ developments(first: 5) { nodes { slug headline topics { name } } } }';
const FEED =
  'subscription { feed { __typename ... on DevelopmentPublished { development { slug topics { name } } } } }';
const record = (/** @type {string} */ slug) => `mutation { recordStatement(input: {
  slug: "${slug}", headline: "A statement", occurred: "2026", publish: true,
  participants: [{ actor: "minister", role: SPEAKER }], topics: ["treaties"], citations: [{ source: "article" }]
}) { __typename ... on Error { message } } }`;
const MAPPING = `record: statement
publish: true
id: { dataset: statements, value: $id }
fields:
  headline: $headline
  occurred: $day
  topics: [{ topic: { byName: $topic } }]
  citations: [{ source: { byUrl: $url, title: $headline } }]
`;

/** @type {AsyncLocalStorage<readonly string[]>} The files on the way to a call, without repetitions. */
const walk = new AsyncLocalStorage();
/** @type {Map<string, readonly string[]>} The walk to each statement, or write to a socket, that was first or longest. */
const found = new Map();
/** @type {Set<string>} */
const files = new Set();

Object.assign(globalThis, {
  /** @type {(file: string, work: () => unknown) => unknown} */
  traced: (file, work) => {
    files.add(file);
    const way = walk.getStore() ?? [];
    return walk.run(way.at(-1) === file ? way : [...way, file], work);
  },
});

/** Writes a copy of dist/ whose functions run in `traced`. @param {string} directory */
function instrument(directory) {
  cpSync(join(ROOT, 'dist'), directory, { recursive: true });
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((file) => /^(?!generated|graphiql|image|wire).*\.js$/.test(file))) {
    const path = join(directory, name);
    const text = readFileSync(path, 'utf8');
    const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
    /** @type {{ at: number, text: string }[]} */
    const openings = [];
    /** @type {{ at: number, text: string }[]} */
    const closings = [];
    const visit = (/** @type {ts.Node} */ node) => {
      ts.forEachChild(node, visit);
      if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return;
      if (ts.isConstructorDeclaration(node) || ('asteriskToken' in node && node.asteriskToken)) return;
      const { body } = /** @type {ts.ArrowFunction} */ (node);
      const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
      const isAsync = modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
      const call = `traced(${JSON.stringify(name)}, ${isAsync ? 'async ' : ''}() => `;
      const [start, end] = ts.isBlock(body)
        ? [body.getStart() + 1, body.getEnd() - 1]
        : [body.getStart(), body.getEnd()];
      openings.unshift({ at: start, text: ts.isBlock(body) ? ` return ${call}{` : `${call}(` });
      closings.push({ at: end, text: ts.isBlock(body) ? '}); ' : '))' });
    };
    visit(source);
    let result = '';
    let at = 0;
    for (const insert of [...closings, ...openings].sort((one, other) => one.at - other.at)) {
      result += text.slice(at, insert.at) + insert.text;
      at = insert.at;
    }
    writeFileSync(path, result + text.slice(at));
  }
}

/** @param {string} what */
function arrive(what) {
  const way = walk.getStore() ?? [];
  if (way.length === 0) return;
  const known = found.get(what);
  if (!known || way.length > known.length) found.set(what, way);
}

/** Runs the work and prints the walks that it took. @param {string} title @param {() => Promise<unknown>} work */
async function trace(title, work) {
  found.clear();
  files.clear();
  await walk.run([], work);
  process.stdout.write(`\n# ${title}: ${files.size} files\n`);
  for (const [what, way] of found) {
    // The composition root is on the way of everything that it starts. And a wake-up comes over a bus, as a rule.
    const started = way.filter((file) => file !== 'server.js' && file !== 'http/listen.js');
    const own = started.slice(Math.max(0, started.indexOf('feed/bus/local.js')));
    process.stdout.write(`\n${Math.max(0, own.length - 1)} hops to ${what}\n`);
    for (const file of own) process.stdout.write(`  ${file.replace(/\.js$/, '.ts')}\n`);
  }
}

const directory = mkdtempSync(join(tmpdir(), 'count-hops-'));
const traced = join(directory, 'dist');
try {
  instrument(traced);
  for (const name of ['node_modules', 'package.json', 'prisma', 'schema.graphql']) {
    symlinkSync(join(ROOT, name), join(directory, name));
  }
  const load = (/** @type {string} */ path) => import(pathToFileURL(join(traced, path)).href);

  const { query } = pg.Client.prototype;
  Object.assign(pg.Client.prototype, {
    /** @this {pg.Client} @param {string | { text: string }} statement @param {unknown[]} more */
    query(statement, ...more) {
      const text = typeof statement === 'string' ? statement : statement.text;
      arrive(`SQL: ${text.trim().replace(/\s+/g, ' ').slice(0, 70)}`);
      return Reflect.apply(query, this, [statement, ...more]);
    },
  });
  const { write } = ServerResponse.prototype;
  Object.assign(ServerResponse.prototype, {
    /** @this {ServerResponse} @param {string} chunk @param {unknown[]} more */
    write(chunk, ...more) {
      arrive(`a socket: ${/event: \w+|^/.exec(String(chunk))?.[0] || 'a comment'}`);
      return Reflect.apply(write, this, [chunk, ...more]);
    },
  });

  const { loadConfig } = await load('config/load.js');
  const env = { DATA_DIR: join(directory, 'data'), PORT: '0', SEED: 'none', ADMIN_TOKEN: TOKEN };
  const { startServer } = await load('server.js');
  const server = await startServer(loadConfig(env), pino({ level: 'error' }));
  /** @param {string} document @param {Record<string, string>} headers */
  const ask = (document, headers = { authorization: `Bearer ${TOKEN}` }) =>
    fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: document }),
    });
  const answer = async (/** @type {Promise<Response>} */ asked) => (await asked).text();
  await answer(
    ask(`mutation {
    upsertActor(input: { slug: "minister", kind: PERSON, name: "Minister" }) { __typename }
    upsertTopic(input: { slug: "treaties", name: "Treaties" }) { __typename }
    upsertSource(input: { slug: "article", title: "Article" }) { __typename } }`),
  );
  await answer(ask(record('one')));
  await trace('A query', () => answer(ask(process.argv[2] ?? QUERY, {})));
  await trace('A mutation', () => answer(ask(record('two'))));

  const readUntil = async (
    /** @type {ReadableStreamDefaultReader<Uint8Array>} */ reader,
    /** @type {string} */ word,
  ) => {
    let text = '';
    while (!text.includes(word)) text += Buffer.from((await reader.read()).value ?? []).toString();
  };
  /** @type {ReadableStreamDefaultReader<Uint8Array> | undefined} */
  let reader;
  await trace('A subscription, to its first item', async () => {
    const { body } = await ask(FEED, { accept: 'text/event-stream' });
    reader = body?.getReader();
    if (reader) await readUntil(reader, 'FeedCaughtUp');
  });
  await trace('A change, to a subscriber', async () => {
    await answer(ask(record('three')));
    if (reader) await readUntil(reader, 'three');
  });
  await server[Symbol.asyncDispose]();

  const [mapping, rows] = ['mapping.yaml', 'rows.csv'].map((name) => join(directory, name));
  writeFileSync(mapping ?? '', MAPPING);
  writeFileSync(
    rows ?? '',
    'id,headline,day,topic,url\n1,Imported,2026-01-02,Treaties,https://example.org/1\n',
  );
  const { importCommand } = await load('import/command.js');
  const { openForImport } = await load('import/open.js');
  const command = importCommand(() => openForImport(loadConfig(env)));
  await trace('An imported row', () => command.parseAsync([rows, '--map', mapping], { from: 'user' }));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
process.exit();
