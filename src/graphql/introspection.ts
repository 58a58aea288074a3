import { __Schema, type GraphQLNamedType } from 'graphql';
import type { Context } from './context.js';

/** How many types are described in one turn of the event loop: some 2 ms. */
const AT_ONCE = 15;

// GraphQL.js describes a whole schema in one turn, as long as a hundred other requests take. It has no hook for this field,
// so its resolver is replaced, for all schemas of the process. Without a context, as in tools, nothing waits.
const { types } = __Schema.getFields();
const readTypes = types?.resolve;
if (!types || !readTypes) throw new Error('Expected GraphQL.js to resolve __Schema.types by a function.');

types.resolve = (schema, args, context: Context | undefined, info) => {
  const all = readTypes(schema, args, context, info) as GraphQLNamedType[];
  return context ? inTurns(all, context) : all;
};

function inTurns(all: readonly GraphQLNamedType[], context: Context) {
  const groups = Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) =>
    all.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
  return groups.flatMap((group) => {
    const turn = context.takeTurn();
    return group.map((type) => (turn ? turn.then(() => type) : type));
  });
}
