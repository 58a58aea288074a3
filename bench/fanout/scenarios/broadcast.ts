import { percentile } from '../../figures.js';
import { type Audience, deliver, startAudience } from '../audience.js';
import { itemSize } from '../check.js';
import type { Opening } from '../clients/process.js';
import { deliveryRate, latencies } from '../deliveries.js';
import { startOurs } from '../peers/ours.js';
import { type Peer, type PeerName, startPeer } from '../peers/peer.js';
import type { Publication } from '../peers/publish.js';
import { newName, rotated, type Scenario, type Setting } from './scenario.js';

const CHANGES = 200;
const WARM_UP = 50;
const PACED = { count: 200, rate: 20 };

interface Broadcast extends Pick<Opening, 'clients' | 'queries' | 'transport'> {
  /** The prefix of its figures' names. */
  readonly name: string;
  readonly peers: readonly PeerName[];
}

/** Publishes to many subscribers, in a burst and at a fixed rate, through each peer in turn. */
export function broadcast(what: Broadcast): Scenario {
  return async (setting) => {
    await using audience = startAudience();
    const peers: Peer[] = [];
    try {
      for (const name of what.peers) {
        peers.push(name === 'ours' ? await startOurs(setting.database) : await startPeer(name));
      }
      for (let round = 0; round < setting.rounds; round += 1) {
        for (const peer of rotated(peers, round)) {
          setting.progress(`${what.name}: round ${round + 1} of ${setting.rounds}, ${peer.name}`);
          await takeTurn(what, audience, peer, setting);
        }
      }
    } finally {
      for (const peer of peers) await peer[Symbol.asyncDispose]();
    }
  };
}

async function takeTurn(
  what: Broadcast,
  audience: Audience,
  peer: Peer,
  { figures }: Setting,
): Promise<void> {
  const add = (figure: string, value: number) =>
    figures.add(`${what.name} / ${peer.name} / ${figure}`, value);
  const publish = (publication: Omit<Publication, 'name'>) =>
    deliver(audience, peer, what, { name: newName(), ...publication });
  await audience.open(peer, what);
  await publish({ count: WARM_UP });

  const burst = await publish({ count: CHANGES, atOnce: true });
  add('burst, deliveries/s', deliveryRate(burst.recorded, burst.published));
  add('bytes an item', itemSize(burst.recorded));
  if (peer.name === 'ours') {
    const each = await publish({ count: CHANGES });
    add('single commits, deliveries/s', deliveryRate(each.recorded, each.published));
    const writing = (each.published.at(-1) ?? 0) - (each.published[0] ?? 0);
    add('single commits, commits/s', ((CHANGES - 1) * 1_000) / writing);
  }
  const paced = await publish(PACED);
  const sorted = latencies(paced.recorded, paced.published);
  add('paced, p50 ms', percentile(sorted, 0.5));
  add('paced, p99 ms', percentile(sorted, 0.99));
  await audience.close();
}
