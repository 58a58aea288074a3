import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeLabels, type Spot } from '../../../web/wire/charts/place-labels.js';

const WIDTH = 320;
const HEIGHT = 157;

/** Returns the centres of the numbers. */
function centres(spots: readonly Spot[]) {
  return placeLabels(spots, WIDTH, HEIGHT).flatMap((label, index) => {
    const { x = 0, y = 0 } = spots[index] ?? {};
    return label ? [{ x: x + label.x, y: y + label.y }] : [];
  });
}

describe('numbers of marks on the map', () => {
  test('stand above marks that have room', () => {
    const [label] = placeLabels([{ x: 100, y: 80, radius: 6 }], WIDTH, HEIGHT);
    expect(label).toEqual({ x: expect.closeTo(0), y: -14, line: undefined });
  });

  test('stand apart where places are the same, with a line to the second', () => {
    const spots = Array.from({ length: 20 }, () => ({ x: 160, y: 80, radius: 6 }));
    const labels = placeLabels(spots, WIDTH, HEIGHT);
    expect(labels.filter((label) => label !== undefined)).toHaveLength(20);
    expect(labels.at(-1)?.line).toBeDefined();
  });

  test('never cover each other and never leave the map', () => {
    const spot = fc.record({
      x: fc.integer({ min: 0, max: WIDTH }),
      y: fc.integer({ min: 0, max: HEIGHT }),
      radius: fc.constantFrom(4, 6, 12, 22),
    });
    fc.assert(
      fc.property(fc.array(spot, { maxLength: 100 }), (spots) => {
        const all = centres(spots);
        for (const [index, { x, y }] of all.entries()) {
          expect(x > 0 && x < WIDTH && y > 0 && y < HEIGHT).toBe(true);
          const near = all
            .slice(index + 1)
            .filter((one) => Math.abs(one.x - x) < 8 && Math.abs(one.y - y) < 12);
          expect(near).toEqual([]);
        }
      }),
      { numRuns: 50 },
    );
  });
});
