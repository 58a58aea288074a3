import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { type Calls, createCalls } from './calls.js';
import { createFigures, type Figures } from './figures.js';
import type { Traces } from './traces.js';
import { noteArgs, useCalls } from './use-calls.js';

/** What a server's operators see of its requests. */
export interface Observation {
  /** The log, whose lines carry the id of the request on whose behalf they are written. */
  readonly log: Logger;
  readonly calls: Calls;
  readonly figures: Figures;
  /** Where the figures are: one registry for each server. */
  readonly registry: Registry;
  /** Takes the cost of a request that the gate lets in. */
  admitted(points: number): void;
  /** Writes down what is asked on behalf of the current call, where Yoga is not asked. */
  noted(args: Parameters<typeof noteArgs>[1]): void;
  /** Writes down what Yoga learns of a request. */
  readonly plugin: Plugin;
}

export function createObservation(ownLog: Logger, traces: Traces | undefined): Observation {
  const registry = new Registry();
  const figures = createFigures(registry);
  const calls = createCalls({ log: ownLog, watch: figures, traces });
  return {
    log: calls.log,
    calls,
    figures,
    registry,
    admitted: (points) => {
      figures.admitted(points);
      const call = calls.current();
      if (call) call.cost = points;
    },
    noted: (args) => noteArgs(calls, args),
    plugin: useCalls(calls, figures.streams),
  };
}
