import { __Schema, type GraphQLNamedType } from 'graphql';
import type { Context } from './context.js';

/** How many types are described in one turn of the event loop: some 2 ms. */
const AT_ONCE = 15;

// GraphQL.js describes a whole schema without a pause, which takes as long as a hundred other requests. Tools that have no
// context still get everything at once.
const { types } = __Schema.getFields();
const readTypes = types?.resolve;
if (!types || !readTypes) throw new Error('GraphQL.js resolves __Schema.types in another way now.');

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
