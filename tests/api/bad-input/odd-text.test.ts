import { assertInputObjectType } from 'graphql';
import { expect, inject } from 'vitest';
import { schema } from '../../../src/graphql/schema.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { complaints, refuseFailure } from '../../support/hostile/raw.js';
import { everyMutation, withEachText } from '../../support/inputs.js';
import { runs } from '../../support/random/runs.js';
import { test } from '../../support/shared.js';

const ODD = { 'an empty string': '', 'white space': ' \t\u2003', '100,000 characters': 'é'.repeat(100_000) };
const EXPECTATION = /[Ee]xpected/;

const filter = assertInputObjectType(schema.getType('DevelopmentFilter'));

/** All inputs on PostgreSQL and in the long tests, and one of four in the others. */
const someOf = <T>(inputs: readonly T[]): readonly T[] => {
  const few = runs(inputs.length, inputs.length / 4);
  const step = inject('database') === 'postgres' ? 1 : Math.ceil(inputs.length / few);
  return inputs.filter((_, index) => index % step === 0);
};

describeWithDatabase('odd text', () => {
  for (const [what, text] of Object.entries(ODD)) {
    test(`${what} in any string of a mutation or filter causes no server error`, async ({ server }) => {
      for (const { name, query, type, input } of everyMutation()) {
        for (const { path, value } of someOf(withEachText(type, input, text))) {
          const answer = await server.request(query, { variables: { input: value } });
          refuseFailure(server, answer);
          expect(answer.status, `${name} ${path}`).toBe(200);
        }
      }
      for (const { path, value } of someOf(withEachText(filter, {}, text))) {
        const answer = await server.request(
          'query ($filter: DevelopmentFilter) { developments(filter: $filter) { totalCount } }',
          {
            variables: { filter: value },
          },
        );
        refuseFailure(server, answer);
        expect(answer.errors === undefined || EXPECTATION.test(complaints(answer)), path).toBe(true);
      }
    });
  }
});
