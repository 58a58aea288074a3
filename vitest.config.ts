import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take long: they start many processes or pages of a browser, wait for time-outs and reconnections, or try
 * everything with every viewer, damage or attack.
 */
const LONG = [
  'tests/api/access/{json-web-tokens,roles,session-ends,sessions,stock-clients}.test.ts',
  'tests/api/feed/{slow-clients,stock-http}.test.ts',
  'tests/api/inbox/model.test.ts',
  'tests/api/read/total-count.test.ts',
  'tests/api/review/flood.test.ts',
  // Properties whose main cases tests/{api,http}/response-cache.test.ts and tests/api/search/filter.test.ts state.
  'tests/api/response-cache-agreement.test.ts',
  'tests/api/search/{counts-as-of,filter-agreement}.test.ts',
  'tests/backup/{merges,notes,round-trip}.test.ts',
  'tests/browser/**/*.test.ts',
  'tests/client/{package,restored-record,resume,tokens}.test.ts',
  'tests/conformance/{hostile,hostile-http,random-bytes,random-values,relay-server,websocket-refusals}.test.ts',
  'tests/database/{database,directory-lock}.test.ts',
  'tests/docs/snippets.test.ts',
  'tests/dossier/stopped.test.ts',
  'tests/examples/*.test.ts',
  'tests/faults/kill.test.ts',
  'tests/feed/{fair-turns,latest-states}.test.ts',
  'tests/http/{leaving,slow-body}.test.ts',
  'tests/import/{command,guide,real-files,resume}.test.ts',
  'tests/intake/{draft-command,reader/document-reader,watch/unreadable,watch/watching}.test.ts',
  'tests/main.test.ts',
  'tests/tools/*.test.ts',
  'tests/verify/{command,verify}.test.ts',
  'tests/websocket/{flow-control,keep-alive}.test.ts',
];

/** Files with properties that the embedded project tries a few times, and the long one as often as they say. */
const PROPERTIES = [
  'tests/api/bad-input/{odd-text,random-text}.test.ts',
  'tests/api/read/{chain,page-stability,pages}.test.ts',
  'tests/api/response-cache.test.ts',
  'tests/api/search/{facets,highlights,search,search-pairs}.test.ts',
  'tests/conformance/random-queries.test.ts',
  'tests/domain/{claim-values,decompose,disputes,fuzzy-date-properties,own-values,timeline}.test.ts',
  'tests/http/price.test.ts',
  'tests/feed/state-machine.test.ts',
  'tests/backup/{altered-export,random-round-trip}.test.ts',
  'tests/import/dirty-csv.test.ts',
];

/** Behaviour that no database takes part in: tested on the embedded one only. */
const ANY_DATABASE = [
  'tests/api/{metrics,request-log,schema}.test.ts',
  'tests/api/access/{json-web-tokens,session-ends,stock-clients}.test.ts',
  'tests/api/bad-input/{bad-document,bad-request}.test.ts',
  'tests/api/feed/{event-stream,live,stock-http}.test.ts',
  'tests/http/{compression,cors,documented-limits,exact-json,fair-queue,graphiql,graphql-over-http,group-key,introspection}.test.ts',
  'tests/http/{held-subscriptions,hosts,limits,origins,other-upgrades,persisted-documents,price,schema-file}.test.ts',
  'tests/http/{slow-body,turns,work}.test.ts',
  'tests/http/page/{not-built,place-labels}.test.ts',
];

/** Faults whose tests compare latencies or memory. The others mostly wait. */
const ALONE = [
  'tests/faults/{flood,health,hostile-neighbours,live-neighbours,mass-reconnect,stalled}.test.ts',
];

/**
 * Files that take long start first. By default short files come last, whatever they take: those that only call a suite
 * would run alone at the end.
 */
const FIRST = new RegExp(
  'tests/(main|(faults|browser|conformance|examples|services|verify)/.*|import/resume|backup/round-trip|client/resume|' +
    'database/database|feed/(latest-states|state-machine)|api/access/(roles|session-ends|sessions|stock-clients)|' +
    'intake/(reader/document-reader|watch/(unreadable|watching))|api/review/flood|api/(response-cache|search/filter)-agreement).test.ts$',
);

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isFirst = ({ moduleId }: TestSpecification) => FIRST.test(moduleId);
    return [...sorted.filter(isFirst), ...sorted.filter((file) => !isFirst(file))];
  }
}

// Vite would take graphql's ES module and Node its CommonJS: two copies, and every `instanceof` fails.
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };

/** How long `expect.poll` waits, in milliseconds: a second is little on a busy machine. */
const PATIENCE = { poll: { timeout: 30_000 } };

const shared = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: PATIENCE,
  setupFiles: ['tests/support/random/seed.ts'],
  // Files share the processes with their compiled modules and open databases. A process for each file would spend
  // a fourth of the time on loading libraries.
  isolate: false,
};

const faults = {
  testTimeout: 300_000,
  hookTimeout: 120_000,
  expect: PATIENCE,
  provide: { database: 'postgres', runs: 'all' },
} as const;

export default defineConfig({
  test: {
    // Tests wait for sockets and time-outs too, so three workers use two cores better than two workers.
    maxWorkers: 3,
    globalSetup: ['tests/support/template.ts'],
    sequence: { sequencer: LongFirst },
    projects: [
      // Everything that needs no other server, on the embedded database, in minutes.
      {
        resolve,
        test: {
          ...shared,
          name: 'embedded',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/services/**', 'tests/faults/**', ...LONG],
          provide: { database: 'embedded', runs: 'few' },
        },
      },
      // What takes minutes: processes, a browser, time-outs, and properties tried hundreds of times.
      {
        resolve,
        test: {
          ...shared,
          name: 'long',
          include: [...LONG, ...PROPERTIES],
          provide: { database: 'embedded', runs: 'all' },
        },
      },
      // The same behaviour on a PostgreSQL server, and what only a server can show.
      {
        resolve,
        test: {
          ...shared,
          name: 'postgres',
          include: [
            'tests/api/**/*.test.ts',
            'tests/http/**/*.test.ts',
            'tests/services/**/*.test.ts',
            'tests/domain/timeline.test.ts',
          ],
          exclude: ANY_DATABASE,
          provide: { database: 'postgres', runs: 'few' },
        },
      },
      // Real processes that are killed, cut off and starved.
      {
        resolve,
        test: {
          ...faults,
          name: 'outages',
          isolate: false,
          include: ['tests/faults/**/*.test.ts'],
          exclude: [...LONG, ...ALONE],
        },
      },
      // Each of these files has the machine to itself, after all others.
      {
        resolve,
        test: {
          ...faults,
          name: 'faults',
          include: ALONE,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
