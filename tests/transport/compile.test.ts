import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { buildSchema, execute, parse } from 'graphql';
import { expect } from 'vitest';
import { ANONYMOUS } from '../../src/domain/access.js';
import { ReferenceCache } from '../../src/domain/references/cache.js';
import type { Context } from '../../src/graphql/context.js';
import { schema } from '../../src/graphql/schema.js';
import { createExecuteQuery } from '../../src/http/queries/compile.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { readPool } from '../support/random-input.js';
import { randomQueries } from '../support/random-query.js';
import { test } from '../support/shared.js';

/** As clients know it: the generator writes values as they do. */
const printed = buildSchema(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'));

const QUERIES = 200;
/** How often a query comes until it is compiled, and once more. */
const TIMES = 5;

const SEED = Number(process.env['FUZZ_SEED'] ?? 20260101);

describeWithDatabase('a query that is compiled', () => {
  test('comes to what GraphQL.js comes to', { timeout: 300_000 }, async ({ dossier }) => {
    const pool = await readPool(dossier);
    const context = (more: Partial<Context> = {}): Context => ({
      ...{ db: dossier.db, viewer: ANONYMOUS, wake: () => {} },
      ...more,
    });
    const outcomes = { data: 0, errors: 0 };
    await fc.assert(
      fc.asyncProperty(randomQueries(printed, pool), async ({ query, variables }) => {
        const document = parse(query);
        const args = { schema, document, variableValues: variables };
        const expected = await execute({ ...args, contextValue: context() });
        const executeQuery = createExecuteQuery(schema);
        const references = new ReferenceCache(); // Filled by the first times, and used by the last.
        for (let time = 1; time < TIMES; time += 1)
          await executeQuery({ ...args, contextValue: context({ references }) });
        const got = await executeQuery({ ...args, contextValue: context({ references }) });
        outcomes[expected.errors ? 'errors' : 'data'] += 1;
        // What comes to errors is executed as it is once more, for what is told of them.
        if (expected.errors) expect(got.errors, query).toBeDefined();
        else expect(JSON.stringify(got), query).toBe(JSON.stringify(expected));
      }),
      { seed: SEED, numRuns: QUERIES },
    );
    expect(outcomes.data).toBeGreaterThan(QUERIES / 2);
  });
});
