import { pause } from '../../clock.js';
import { startAudience } from '../audience.js';
import { checkFileLimit } from '../file-limit.js';
import { startOurs } from '../peers/ours.js';
import { type Peer, startPeer } from '../peers/peer.js';
import { ONE_SELECTION } from '../selections.js';
import type { Scenario } from './scenario.js';

const CLIENTS = 10_000;
const ADDRESSES = 5;

/** Measures a server's resident memory with many idle subscribers. */
export const idle: Scenario = async ({ figures, database, rounds, progress }) => {
  checkFileLimit(CLIENTS + 500);
  for (let round = 0; round < rounds; round += 1) {
    for (const start of [() => startPeer('raw'), () => startOurs(database)]) {
      // A new process for each, because processes do not always return freed memory.
      await using peer: Peer = await start();
      progress(`idle: round ${round + 1} of ${rounds}, ${peer.name}`);
      await using audience = startAudience();
      const open = (clients: number) =>
        audience.open(peer, {
          transport: 'websocket',
          queries: ONE_SELECTION,
          clients,
          addresses: ADDRESSES,
        });
      await open(100); // Do not count what the first clients load and compile.
      const before = await settled(peer);
      await open(CLIENTS);
      const after = await settled(peer);
      await audience.close();
      figures.add(`idle / ${peer.name} / bytes a connection`, (after - before) / CLIENTS);
      figures.add(`idle / ${peer.name} / MB resident`, after / 1024 ** 2);
    }
  }
};

/** Measures after several collections, because V8 returns free memory gradually. */
async function settled(peer: Peer): Promise<number> {
  for (let collection = 1; collection < 5; collection += 1) {
    await peer.memory();
    await pause(500);
  }
  return peer.memory();
}
