import type { RequestContext, RequestPlugin } from '../context.js';
import { warningsIn } from './warnings.js';

/** Adds the warnings of the execution, or of the cached answer, to the extensions of a result. */
export function useWarnings(): RequestPlugin {
  return {
    onExecute: ({ args }) => ({
      onExecuteDone: ({ result, setResult }) => {
        const context = args.contextValue as RequestContext;
        const told = warningsIn(context.answer ?? context);
        if (!('data' in result) || !('warnings' in told)) return;
        setResult({ ...result, extensions: { ...result.extensions, ...told } });
      },
    }),
  };
}
