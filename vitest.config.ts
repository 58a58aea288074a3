import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of minutes, which would else come last, since they are short to read, and run alone at the end. */
const LONG = /tests\/(faults\/kill|main|services\/import-resume|services\/kill-postgres)\.test\.ts$/;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

// Vite would take graphql's ES module and Node its CommonJS: two copies, and every `instanceof` fails.
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };

const shared = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  globalSetup: ['tests/support/template.ts'],
  // Files share two processes, each with what it has compiled: a new one for each file would load the libraries and
  // warm the embedded database up anew, a fourth of all the time.
  isolate: false,
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    projects: [
      // Everything that needs no outside server, on the embedded database.
      {
        resolve,
        test: {
          ...shared,
          name: 'embedded',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/services/**', 'tests/faults/!(kill.test.ts)'],
          provide: { database: 'embedded' },
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
          provide: { database: 'postgres' },
        },
      },
      // Real processes that are killed, cut off and starved: each file has the machine to itself.
      {
        resolve,
        test: {
          name: 'faults',
          globalSetup: ['tests/support/template.ts'],
          include: ['tests/faults/**/*.test.ts'],
          exclude: ['tests/faults/kill.test.ts'], // It needs no server but its own: it is among the embedded ones.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
          provide: { database: 'postgres' },
        },
      },
    ],
  },
});
