import type { Pool } from 'pg';
import { createAddressOf } from '../client-address.js';
import type { Limits } from '../limits.js';
import { createIsWelcome } from '../origin-check.js';
import { createBudget } from '../rate-limit.js';
import type { Door } from './admit-sockets.js';
import { createCrowd } from './crowd.js';
import { createGate, type Gate, type GateWatch } from './gate.js';

/** What stands before the schema: the gate for operations, the door for connections. */
export interface Guard {
  readonly limits: Limits;
  readonly gate: Gate;
  readonly door: Door;
}

export interface GuardOptions {
  readonly limits: Limits;
  readonly trustedProxies: readonly string[];
  readonly corsOrigins: readonly string[];
  /** Where instances count budgets together; each for itself, where undefined. */
  readonly shared: Pool | undefined;
  /** Told of what is let in. */
  readonly watch: GateWatch;
  /** Told of each connection that is refused, for the figures. */
  refused(limit: string): void;
}

export function createGuard({
  limits,
  trustedProxies,
  corsOrigins,
  shared,
  watch,
  refused,
}: GuardOptions): Guard {
  return {
    limits,
    gate: createGate(limits, createBudget(limits.budget, shared), watch),
    door: {
      isWelcome: createIsWelcome(corsOrigins),
      addressOf: createAddressOf(trustedProxies),
      crowd: createCrowd(limits.socketsPerAddress),
      refused,
    },
  };
}
