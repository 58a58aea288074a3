import { NoSchemaIntrospectionCustomRule, parse } from 'graphql';
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
