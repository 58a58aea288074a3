import { GraphQLError, NoSchemaIntrospectionCustomRule, parse } from 'graphql';
import type { Plugin } from 'graphql-yoga';

const MAX_TOKENS = 5_000;

/** Refuses documents of more than 5,000 tokens before they are parsed whole. */
export function useTokenLimit(): Plugin {
  return {
    onParse: ({ setParseFn }) =>
      setParseFn((source, options) => parse(source, { ...options, maxTokens: MAX_TOKENS })),
  };
}

/** Refuses to describe the schema. */
export function useNoIntrospection(): Plugin {
  return { onValidate: ({ addValidationRule }) => addValidationRule(NoSchemaIntrospectionCustomRule) };
}

const MAX_VARIABLE_DEPTH = 100;

/** Refuses variables nested more than 100 deep, which would exhaust the stack of the execution. */
export function useVariableDepthLimit(): Plugin {
  return {
    onExecute: ({ args, setResultAndStopExecution }) => {
      const refusal = refuseDeepVariables(args.variableValues);
      if (refusal) setResultAndStopExecution({ errors: [refusal] });
    },
    onSubscribe: ({ args, setResultAndStopExecution }) => {
      const refusal = refuseDeepVariables(args.variableValues);
      if (refusal) setResultAndStopExecution({ errors: [refusal] });
    },
  };
}

/** The error for variables nested more than 100 deep; undefined for others. */
export function refuseDeepVariables(variables: unknown): GraphQLError | undefined {
  if (!isDeeper(variables)) return undefined;
  return new GraphQLError(`Expected variables nested at most ${MAX_VARIABLE_DEPTH} deep; got more.`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}

/** Level by level and not by recursion: this is what guards against recursion. */
function isDeeper(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_VARIABLE_DEPTH) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}
