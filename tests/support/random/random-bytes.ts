import fc from 'fast-check';
import { expectWell, type Served } from '../processes/dossier-process.js';
import { runs } from './runs.js';

/** Set `FUZZ_SEED` to try other bytes. Each run prints its seed. */
export const SEED = Number(process.env['FUZZ_SEED'] ?? 20260101);

const PAGE = 1_000;
const pages = fc.uint8Array({ minLength: PAGE, maxLength: PAGE });
/** Short ones too, because most faults show in the first line. */
export const bytes = fc.oneof(pages, fc.uint8Array({ maxLength: PAGE })).map((array) => Buffer.from(array));
export const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: PAGE }), fc.string({ maxLength: PAGE }));

/** Checks a property for `count` random values, and the server's health after every tenth of them. */
export async function forAll<T>(
  served: Served,
  values: fc.Arbitrary<T>,
  send: (value: T) => Promise<unknown>,
  count = 100,
): Promise<void> {
  const numRuns = runs(count);
  let sent = 0;
  const property = fc.asyncProperty(values, async (value) => {
    await send(value);
    sent += 1;
    if (sent % (numRuns / 10) === 0) await expectWell(served);
  });
  await fc.assert(property, { seed: SEED, numRuns });
  await expectWell(served);
}
