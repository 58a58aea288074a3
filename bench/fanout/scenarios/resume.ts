import { now } from '../../clock.js';
import { percentile } from '../../figures.js';
import { type Audience, deliver, startAudience } from '../audience.js';
import { checkAnswers } from '../check.js';
import type { Recorded } from '../clients/recording.js';
import { latencies } from '../deliveries.js';
import { startOurs } from '../peers/ours.js';
import type { Peer } from '../peers/peer.js';
import { ONE_SELECTION, RESUMING } from '../selections.js';
import { newName, type Scenario, type Setting } from './scenario.js';

const MISSED = 1_000;
const RETURNING = 1_000;
const RATE = 20;
const WARM_UP = 40;
const QUIET = 100;
const OPENING = { transport: 'websocket', queries: ONE_SELECTION, clients: 100 } as const;

/** Many clients resume at once, each far behind, while others are live. */
export const resume: Scenario = async (setting) => {
  await using peer = await startOurs(setting.database);
  await using live = startAudience();
  for (let round = 0; round < setting.rounds; round += 1) {
    setting.progress(`resume: round ${round + 1} of ${setting.rounds}`);
    await using returning = startAudience();
    await live.open(peer, OPENING);
    await takeRound(peer, live, returning, setting);
    await live.close();
  }
};

async function takeRound(
  peer: Peer,
  live: Audience,
  returning: Audience,
  { figures }: Setting,
): Promise<void> {
  const add = (figure: string, value: number) => figures.add(`resume / ours / ${figure}`, value);
  const pace = (count: number) => deliver(live, peer, OPENING, { name: newName(), count, rate: RATE });
  await pace(WARM_UP);
  const quiet = await pace(QUIET);
  add('p99 in quiet, ms', percentile(latencies(quiet.recorded, quiet.published), 0.99));

  const after = await headOf(peer.url);
  const missed = newName();
  await deliver(live, peer, OPENING, { name: missed, count: MISSED, atOnce: true });

  let hasReturned = false;
  const start = now();
  const lastReturn = comeBack(peer, returning, after, missed).finally(() => {
    hasReturned = true;
  });
  const meanwhile: { recorded: Recorded; published: Float64Array }[] = [];
  while (!hasReturned) meanwhile.push(await pace(RATE / 2));
  const end = await lastReturn;

  add('until all have caught up, s', (end - start) / 1_000);
  add('deliveries/s to those who return', (RETURNING * MISSED * 1_000) / (end - start));
  const took = meanwhile.flatMap(({ recorded, published }) =>
    [...recorded.arrivals].flatMap((arrival, index) => {
      const at = published[index % published.length] ?? 0;
      return at < end ? [arrival - at] : []; // Ignore the last ones, which arrive when it is quiet again.
    }),
  );
  add('p99 of the others meanwhile, ms', percentile(Float64Array.from(took).sort(), 0.99));
}

/** Opens all resuming clients at once. Resolves with the time when the last one had caught up. */
async function comeBack(peer: Peer, returning: Audience, after: string, missed: string): Promise<number> {
  const clients = RETURNING;
  await returning.expect({ clients, selections: 1, items: MISSED });
  await returning.open(peer, {
    transport: 'websocket',
    queries: [RESUMING],
    variables: { after },
    clients,
    atOnce: clients,
    catchesUp: false, // Record from the very first item.
  });
  const recorded = await returning.recorded();
  checkAnswers({ ...recorded, superfluous: 0 }, missed, MISSED); // Later items are new.
  return recorded.arrivals.reduce((one, other) => Math.max(one, other), 0);
}

async function headOf(url: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ feedHead }' }),
  });
  const { data } = (await response.json()) as { data: { feedHead: string } };
  return data.feedHead;
}
