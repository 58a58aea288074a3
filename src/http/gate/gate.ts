import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import type { Context } from '../../graphql/context.js';
import { KEPT_COST, REQUEST_COST } from '../../graphql/cost.js';
import { type Cost, costOf } from '../cost.js';
import { withinTime } from '../deadline.js';
import type { Limits } from '../limits.js';
import type { Budget } from '../rate-limit.js';
import { checkVariables } from './check-variables.js';
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
   * Takes an operation's cost from its client's budget, or what a refusal costs: once for a context, however often it
   * is asked.
   *
   * @returns The error for an operation that must not be executed.
   */
  admit(args: ExecutionArgs): Promise<GraphQLError | undefined>;
  /** Takes what a kept answer costs from its client's budget; undefined where there is not as much left. */
  admitKept(context: GuardedContext): Promise<CostReport | undefined>;
  /** Executes an admitted query or mutation in its time; the result says what it cost. */
  run(args: ExecutionArgs, execute: (args: ExecutionArgs) => unknown): Promise<ExecutionResult>;
}

export function createGate(limits: Limits, budget: Budget, watch: GateWatch): Gate {
  const admitted = new WeakMap<object, CostReport>();

  const admit: Gate['admit'] = async (args) => {
    const context = args.contextValue as GuardedContext;
    if (admitted.has(context)) return undefined;
    const deep = checkVariables(args.variableValues);
    const cost = deep ? undefined : costOf(args);
    const refusal = deep ?? (cost && beyond(cost));
    const points = refusal || !cost ? REQUEST_COST : cost.points;
    const { isOver, remaining, retryAfter } = await budget.spend(clientOf(context), points);
    if (isOver) return overBudget(limits.budget, points, retryAfter);
    if (refusal) return refusal;
    watch.admitted(points);
    // Where there is no cost the execution says what is wrong.
    admitted.set(context, { requested: points, limit: limits.cost, remaining });
    return undefined;
  };

  const beyond = ({ depth, points }: Cost): GraphQLError | undefined => {
    if (depth > limits.depth) return exceeds('depth', limits.depth, depth);
    if (points > limits.cost) return exceeds('cost', limits.cost, points);
    return undefined;
  };

  return {
    admit,
    admitKept: async (context) => {
      const { isOver, remaining } = await budget.spend(clientOf(context), KEPT_COST);
      if (isOver) return undefined;
      watch.admitted(KEPT_COST);
      return { requested: KEPT_COST, limit: limits.cost, remaining };
    },
    run: async (args, execute) => {
      const context = args.contextValue as GuardedContext;
      const result = await withinTime(
        limits.requestTimeout,
        context,
        async (contextValue) => execute({ ...args, contextValue }) as Promise<ExecutionResult>,
      );
      const cost = admitted.get(context);
      return cost ? { ...result, extensions: { ...result.extensions, cost } } : result;
    },
  };
}

/** Whose budget a request is taken from. */
const clientOf = ({ viewer, address }: GuardedContext): string =>
  viewer.name === null ? `address ${address}` : `token ${viewer.name}`;

const overBudget = (maximum: number, cost: number, retryAfter: number): GraphQLError =>
  refuse(
    `Expected requests that cost at most ${maximum} points a minute (BUDGET_PER_MINUTE); this one of ${cost} ` +
      `would be more. Come back in ${retryAfter} s, or ask for less at a time.`,
    { code: 'TOO_MANY_REQUESTS', limit: 'BUDGET_PER_MINUTE', maximum, got: cost, retryAfter },
    { status: 429, headers: { 'Retry-After': String(retryAfter) } },
  );
