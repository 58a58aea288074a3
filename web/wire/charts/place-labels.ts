/** A mark on the map: the centre and the radius of its circle, in CSS pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Where the number of a mark stands, from the centre of the mark. */
export interface LabelPlace {
  readonly x: number;
  readonly y: number;
  /** The ends of the line that leads to it, from the centre of the mark. Undefined where it stands beside the mark. */
  readonly line: readonly [x1: number, y1: number, x2: number, y2: number] | undefined;
}

/** How far from a circle a number may stand, in CSS pixels. */
const DISTANCES = [8, 16, 26, 38, 52, 68];
/** Above first, then clockwise and counter-clockwise in turn. */
const ANGLES = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6].map((step) => ((step - 3) * Math.PI) / 6);
const CHARACTER = 7.5;
const LINE = 13;
/** Half of the space between numbers: 1 and 8 side by side must not read as 18. */
const APART = 5;
/** The part of a circle around its centre that no number may cover. */
const CORE = 6;

/**
 * Finds room for the numbers of marks, which are 1, 2, 3, … in their order. Marks stay where their places are: only numbers
 * give way. A number without room is undefined.
 */
export function placeLabels(
  spots: readonly Spot[],
  width: number,
  height: number,
): (LabelPlace | undefined)[] {
  const taken: Box[] = spots.map(({ x, y, radius }) => {
    const core = Math.min(radius, CORE);
    return { left: x - core, right: x + core, top: y - core, bottom: y + core };
  });
  const map: Box = { left: 0, right: width, top: 0, bottom: height };
  return spots.map((spot, index) => {
    const half = (String(index + 1).length * CHARACTER) / 2 + APART;
    for (const distance of DISTANCES) {
      for (const angle of ANGLES) {
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        const away = spot.radius + distance;
        const [x, y] = [cos * away, sin * away];
        const box = boxAround(spot.x + x, spot.y + y, half);
        if (!isWithin(map, box) || taken.some((other) => overlap(box, other))) continue;
        taken.push(box);
        const end = away - LINE / 2;
        const line = [cos * spot.radius, sin * spot.radius, cos * end, sin * end] as const;
        return { x, y, line: distance === DISTANCES[0] ? undefined : line };
      }
    }
    return undefined;
  });
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const boxAround = (x: number, y: number, half: number): Box => ({
  ...{ left: x - half, right: x + half },
  ...{ top: y - LINE / 2, bottom: y + LINE / 2 },
});

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

const isWithin = (outer: Box, { left, right, top, bottom }: Box): boolean =>
  left >= outer.left && right <= outer.right && top >= outer.top && bottom <= outer.bottom;
