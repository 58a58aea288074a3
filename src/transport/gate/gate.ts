import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import type { Context } from '../../context.js';
import type { Budget } from './budget.js';
import { checkVariables } from './check-variables.js';
import { costOf } from './cost.js';
import { withinTime } from './deadline.js';
import type { Limits } from './limits.js';
import { exceeds, refuse } from './refusal.js';

/** A context that knows whose budget the request is for. */
export type GuardedContext = Context & {
  /** Where the request comes from, for those without a token. */
  readonly address: string;
};

/** What an answer says of its cost, as `extensions.cost`. */
export interface CostReport {
  readonly requested: number;
  readonly limit: number;
  /** Points of the client's budget that are left in this minute. */
  readonly remaining: number;
}

/** Told of what the gate lets in, for the figures. What it refuses is seen in the answers. */
export interface GateWatch {
  admitted(points: number): void;
}

/** What stands between a valid operation and its execution, on every transport. */
export interface Gate {
  /**
   * Takes an operation's cost from its client's budget: once for a context, however often it is asked.
   *
   * @returns The error for an operation that must not be executed.
   */
  admit(args: ExecutionArgs): Promise<GraphQLError | undefined>;
  /** Executes an admitted query or mutation in its time; the result says what it cost. */
  run(args: ExecutionArgs, execute: (args: ExecutionArgs) => unknown): Promise<ExecutionResult>;
}

export function createGate(limits: Limits, budget: Budget, watch: GateWatch): Gate {
  const admitted = new WeakMap<object, CostReport | undefined>();

  const check = async (args: ExecutionArgs): Promise<GraphQLError | undefined> => {
    const context = args.contextValue as GuardedContext;
    if (admitted.has(context)) return undefined;
    const deep = checkVariables(args.variableValues);
    if (deep) return deep;
    const cost = costOf(args);
    if (!cost) {
      admitted.set(context, undefined); // The execution refuses it.
      return undefined;
    }
    if (cost.depth > limits.depth) return exceeds('depth', limits.depth, cost.depth);
    if (cost.points > limits.cost) return exceeds('cost', limits.cost, cost.points);
    const { viewer, address } = context;
    const client = viewer.name === null ? `address ${address}` : `token ${viewer.name}`;
    const { isOver, remaining, retryAfter } = await budget.spend(client, cost.points);
    if (isOver) return overBudget(limits.budget, cost.points, retryAfter);
    watch.admitted(cost.points);
    admitted.set(context, { requested: cost.points, limit: limits.cost, remaining });
    return undefined;
  };

  return {
    admit: check,
    run: async (args, execute) => {
      const context = args.contextValue as GuardedContext;
      const { result } = await withinTime(
        limits.requestTimeout,
        context,
        async (contextValue) => execute({ ...args, contextValue }) as Promise<ExecutionResult>,
      );
      const cost = admitted.get(context);
      return cost ? { ...result, extensions: { ...result.extensions, cost } } : result;
    },
  };
}

const overBudget = (maximum: number, cost: number, retryAfter: number): GraphQLError =>
  refuse(
    `Expected requests that cost at most ${maximum} points a minute (BUDGET_PER_MINUTE); this one of ${cost} ` +
      `would be more. Come back in ${retryAfter} s, or ask for less at a time.`,
    { code: 'TOO_MANY_REQUESTS', limit: 'BUDGET_PER_MINUTE', maximum, got: cost, retryAfter },
    { status: 429, headers: { 'Retry-After': String(retryAfter) } },
  );
