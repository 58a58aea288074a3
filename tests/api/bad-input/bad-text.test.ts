import { type GraphQLOutputType, getNamedType, isLeafType, isRequiredArgument, isUnionType } from 'graphql';
import { expect } from 'vitest';
import { schema } from '../../../src/graphql/schema.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { complaints, refuseFailure } from '../../support/hostile/raw.js';
import { everyMutation, leastOf, withEachText } from '../../support/inputs.js';
import { test } from '../../support/shared.js';

// JSON.stringify escapes them as \u0000 and \ud800, so they reach the server unchanged.
const UNSTORABLE = { NUL: 'a\u0000b', 'a lone surrogate': 'a\ud800b' };
const EXPECTATION = /[Ee]xpected/;

const filter = schema.getType('DevelopmentFilter');

/** Returns what to select of an answer to see whether it is an error. */
function selectionOf(answer: GraphQLOutputType): string {
  const type = getNamedType(answer);
  if (isLeafType(type)) return '';
  return `{ __typename ${isUnionType(type) ? '... on Error { message }' : ''} }`;
}

describeWithDatabase('text that cannot be stored', () => {
  for (const [what, text] of Object.entries(UNSTORABLE)) {
    test.for(everyMutation())(
      `${what} is refused in every string of $name`,
      async ({ query, type, input }, { server }) => {
        const inputs = withEachText(type, input, text);
        expect(inputs.length).toBeGreaterThan(1);
        for (const { path, value } of inputs) {
          const answer = await server.request(query, { variables: { input: value } });
          refuseFailure(server, answer);
          expect(answer, path).toMatchObject({ status: 200, data: { result: { code: 'INVALID_INPUT' } } });
          expect(complaints(answer), path).toMatch(EXPECTATION);
        }
      },
    );

    test(`${what} is refused in every string of the filter`, async ({ server }) => {
      const filters = withEachText(filter as Parameters<typeof withEachText>[0], {}, text);
      expect(filters.map(({ path }) => path)).toEqual(
        expect.arrayContaining([
          'participant.actor',
          'country',
          'topic',
          'source',
          'occurred.within',
          'text',
        ]),
      );
      for (const { path, value } of filters) {
        for (const field of [
          'developments(filter: $filter) { totalCount }',
          'timeline(filter: $filter, interval: DAY) { count }',
        ]) {
          const answer = await server.request(`query ($filter: DevelopmentFilter) { ${field} }`, {
            variables: { filter: value },
          });
          refuseFailure(server, answer);
          expect(complaints(answer), path).toMatch(EXPECTATION);
        }
      }
    });

    test(`${what} is refused in every slug, id and cursor`, async ({ server }) => {
      const { getFields } = schema.getQueryType() ?? {};
      const queries = Object.values(getFields?.call(schema.getQueryType()) ?? {}).flatMap(
        ({ name, args, type: answer }) =>
          args
            .filter(({ type }) => type !== filter)
            .flatMap(({ name: arg, type }) =>
              withEachText(type, leastOf(type, arg), text).map(({ path, value }) => {
                const needed = args.filter((other) => other.name !== arg && isRequiredArgument(other));
                const variables = needed.map((other) => [other.name, leastOf(other.type, other.name)]);
                const given = [{ name: arg, type }, ...needed];
                return {
                  at: `${name}(${arg}: ${path})`,
                  query: `query (${given.map((it) => `$${it.name}: ${it.type}`).join(' ')}) {
                  ${name}(${given.map((it) => `${it.name}: $${it.name}`).join(' ')}) ${selectionOf(answer)}
                }`,
                  variables: { ...Object.fromEntries(variables), [arg]: value },
                };
              }),
            ),
      );
      expect(queries.map(({ at }) => at)).toEqual(
        expect.arrayContaining([
          'development(slug: )',
          'nodes(ids: )',
          'developments(after: )',
          'developments(asOf: cursor)',
          'development(asOf: revision.slug)',
          'chain(slug: )',
          'changesBetween(before: )',
          'changesBetween(from: cursor)',
        ]),
      );
      for (const { at, query, variables } of queries) {
        const answer = await server.request(query, { variables });
        refuseFailure(server, answer);
        expect(complaints(answer), at).toMatch(EXPECTATION);
      }
    });
  }
});
