import type { Holdings } from '../../feed/fan-out/fan-out.js';
import { exceeds } from '../response/refusal.js';

interface Held {
  bytes: number;
  /** The client's subscriptions in each group, with what the group weighs. */
  readonly groups: Map<string, { count: number; readonly bytes: number }>;
}

/**
 * Bounds what the subscriptions of each client hold in memory. Equal subscriptions of a client count once, since the
 * server holds them once.
 */
export function createHoldings(maxBytes: number): Holdings & { readonly clients: number } {
  const clients = new Map<string, Held>();
  return {
    get clients() {
      return clients.size;
    },
    hold: (client, group, weigh) => {
      const held = clients.get(client) ?? { bytes: 0, groups: new Map() };
      const known = held.groups.get(group);
      if (known) {
        known.count += 1;
        return;
      }
      const bytes = weigh();
      if (held.bytes + bytes > maxBytes) {
        throw exceeds('subscriptionBytes', maxBytes, held.bytes + bytes, { status: 429 });
      }
      held.bytes += bytes;
      held.groups.set(group, { count: 1, bytes });
      clients.set(client, held);
    },
    release: (client, group) => {
      const held = clients.get(client);
      const known = held?.groups.get(group);
      if (!held || !known) return;
      known.count -= 1;
      if (known.count > 0) return;
      held.groups.delete(group);
      held.bytes -= known.bytes;
      if (held.groups.size === 0) clients.delete(client);
    },
  };
}
