import { type ExecutionArgs, type GraphQLError, NoSchemaIntrospectionCustomRule, type Source } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Limits } from '../limits.js';
import type { Gate } from './gate.js';
import { parseWithin } from './parse-within.js';

/** Holds documents to their limits. */
export function useDocumentLimits(limits: Limits): Plugin {
  return {
    onParse: ({ setParseFn }) => {
      setParseFn((source: string | Source, options) => parseWithin(limits, source, options));
    },
  };
}

/** Lets nothing be executed that the gate has not admitted, here or before. */
export function useGate(gate: Gate): Plugin {
  return {
    onExecute: async ({ args, executeFn, setExecuteFn, setResultAndStopExecution }) => {
      const error = await gate.admit(args);
      if (error) setResultAndStopExecution({ errors: [error] });
      else setExecuteFn((given: ExecutionArgs) => gate.run(given, executeFn));
    },
    onSubscribe: async ({ args, setResultAndStopExecution }) => {
      const error = await gate.admit(args);
      if (error) setResultAndStopExecution({ errors: [error] });
    },
  };
}

/** Has what validation finds told as other errors are: Yoga masks only what comes of executions. */
export function useMaskedValidation(maskError: (error: unknown) => Error): Plugin {
  return {
    onValidate:
      () =>
      ({ valid, result, setResult }) => {
        if (!valid) setResult(result.map((error) => maskError(error) as GraphQLError));
      },
  };
}

/** Refuses to describe the schema. */
export function useNoIntrospection(): Plugin {
  return { onValidate: ({ addValidationRule }) => addValidationRule(NoSchemaIntrospectionCustomRule) };
}
