import {
  type ExecutionArgs,
  type GraphQLError,
  NoSchemaIntrospectionCustomRule,
  parse,
  type Source,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { checkDocument } from './check-document.js';
import { checkText } from './check-text.js';
import type { Gate } from './gate.js';
import type { Limits } from './limits.js';

/** Holds documents to their limits before they are parsed, and then before they are validated. */
export function useDocumentLimits(limits: Limits): Plugin {
  return {
    onParse: ({ setParseFn }) => {
      setParseFn((source: string | Source, options) => {
        const tooMuch = checkText(typeof source === 'string' ? source : source.body, limits.tokens);
        if (tooMuch) throw tooMuch;
        const document = parse(source, options);
        const refused = checkDocument(document, limits);
        if (refused) throw refused;
        return document;
      });
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
