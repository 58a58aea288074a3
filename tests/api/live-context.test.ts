import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { describe, expect, test } from 'vitest';
import { useFreshContext } from '../../src/transport/use-fresh-context.js';

/** What the source says now; a resolver that remembers it per context would tell old news. */
let current = 0;
const remembered = new WeakMap<object, number>();

async function* changes() {
  for (current = 1; current <= 3; current += 1) yield {};
}

const value = {
  type: new GraphQLNonNull(GraphQLInt),
  resolve: (_: unknown, __: object, context: object) => {
    const known = remembered.get(context) ?? current;
    remembered.set(context, known);
    return known;
  },
};

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { value } }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: { value: { ...value, subscribe: changes } },
  }),
});

describe('the context of a subscription', () => {
  test('is fresh for each event, so that nothing remembered by it goes stale', async () => {
    const yoga = createYoga({ schema, plugins: [useFreshContext()], logging: false });
    const response = await yoga.fetch('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { one: value }' }),
    });
    const events = [...(await response.text()).matchAll(/^data: (\{.*)$/gm)].map(([, data]) => data);
    expect(events).toEqual([1, 2, 3].map((one) => JSON.stringify({ data: { one } })));
  });
});
