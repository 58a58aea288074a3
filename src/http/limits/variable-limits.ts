import type { GraphQLError } from 'graphql';
import { refuse } from '../response/refusal.js';

const MAX_DEPTH = 100;

/** A mutation with everything that it can hold has some hundreds. */
const MAX_VALUES = 2_000;

/** Bounds how deep variables nest, which the execution recurses into, and how many values they have. */
export function checkVariables(variables: unknown): GraphQLError | undefined {
  // Level by level, because recursion is what this bounds.
  let level = [variables];
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    values += level.length;
    if (depth > MAX_DEPTH) return tooMuch('nested at most', MAX_DEPTH, 'deep', depth);
    if (values > MAX_VALUES) return tooMuch('of at most', MAX_VALUES, 'values', values);
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return undefined;
}

const tooMuch = (how: string, maximum: number, unit: string, got: number) =>
  refuse(
    `Expected variables ${how} ${maximum} ${unit}; got more.`,
    { code: 'LIMIT_EXCEEDED', limit: 'VARIABLES', maximum, got },
    { status: 400, spec: true },
  );
