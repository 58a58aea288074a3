import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';
import type { MigrationState } from '../../database/migrate.js';
import { RecordIsNewerError } from '../../domain/write-refusals.js';
import type { RequestContext, RequestPlugin } from '../context.js';

/** How long a look at the migrations counts, in milliseconds: it is cheap, and mutations come in floods. */
const LASTS = 1_000;

/**
 * Refuses mutations once a newer version has migrated the database: this version does not know the rules of the new tables.
 * Reads go on, so that old instances can serve until they are replaced.
 */
export function useWriteFence(readState: () => Promise<MigrationState>): RequestPlugin {
  const check = createCheck(readState);
  return {
    onExecute: ({ args, executeFn, setExecuteFn }) => {
      const { operation } = args.contextValue as RequestContext;
      if (operation?.operation !== 'mutation') return;
      setExecuteFn(async (given: ExecutionArgs): Promise<ExecutionResult> => {
        try {
          await check();
        } catch (error) {
          const originalError = error instanceof Error ? error : new Error(String(error));
          return { errors: [new GraphQLError(originalError.message, { originalError })] };
        }
        return executeFn(given);
      });
    },
  };
}

function createCheck(readState: () => Promise<MigrationState>): () => Promise<void> {
  let until = Number.NEGATIVE_INFINITY;
  let asking: Promise<MigrationState> | undefined;
  return async () => {
    if (performance.now() < until) return;
    asking ??= readState().finally(() => {
      asking = undefined;
    });
    if ((await asking) === 'newer') throw new RecordIsNewerError();
    until = performance.now() + LASTS;
  };
}
