import { differentSelections, ONE_SELECTION } from '../selections.js';
import { broadcast } from './broadcast.js';
import { idle } from './idle.js';
import { resume } from './resume.js';
import type { Scenario } from './scenario.js';

const clients = 1_000;

/** Scenarios in order of execution. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'one-selection': broadcast({
    name: 'one-selection',
    peers: ['raw', 'plain', 'ours'],
    transport: 'websocket',
    queries: ONE_SELECTION,
    clients,
  }),
  'many-selections': broadcast({
    name: 'many-selections',
    peers: ['raw', 'ours'],
    transport: 'websocket',
    queries: differentSelections(100),
    clients,
  }),
  sse: broadcast({
    name: 'sse',
    peers: ['raw', 'plain', 'ours'],
    transport: 'sse',
    queries: ONE_SELECTION,
    clients,
  }),
  idle,
  resume,
};
