import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { createObservation } from '../../src/observe/observation.js';

test('a flood of refused requests writes ten lines of each kind and one with the count', async () => {
  const lines: { msg: string; [name: string]: unknown }[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  using observation = createObservation(log, undefined);
  const refuse = (limit: string) => {
    const call = observation.beginCall('http', 'one', {});
    call.settle([{ extensions: { code: 'LIMIT_EXCEEDED', limit } }]);
    call.end();
  };
  for (let index = 0; index < 1_000; index += 1) refuse('MAX_COST');
  for (let index = 0; index < 3; index += 1) refuse('MAX_DEPTH');
  expect(lines.map(({ msg }) => msg)).toEqual(Array(13).fill('request'));
  await vi.waitUntil(() => lines.length > 13, { timeout: 30_000 });
  expect(lines.slice(13)).toEqual([
    expect.objectContaining({
      msg: 'more requests of this kind',
      ...{ transport: 'http', outcome: 'refused', refusal: 'MAX_COST', count: 990 },
    }),
  ]);
  refuse('MAX_COST');
  expect(lines).toHaveLength(15);
});
