import { MAP_HEIGHT, MAP_WIDTH, projection } from '../projection.js';
import type { Card } from '../queries/card.js';
import { PRECISION } from '../words.js';
import { type LabelPlace, placeLabels } from './place-labels.js';

export type Place = Extract<Card, { __typename: 'Event' }>['places'][number];

interface MarksProps {
  /** The marks are numbered in this order. */
  readonly places: readonly Place[];
  /** The least width of the map for which numbers find room, in CSS pixels. */
  readonly width: number;
  readonly className: string;
}

/** The radius of a mark in CSS pixels: the less precisely a place is known, the larger. */
const RADIUS = { EXACT: 4, LOCALITY: 6, REGION: 12, COUNTRY: 22 } as const;

/** The places as marks, each where its place is. Numbers that would cover others stand apart, at the end of a line. */
export function PlaceMarks({ places, width, className }: MarksProps) {
  const scale = width / MAP_WIDTH;
  const points = places.map(pointOf);
  const spots = points.map((point, index) => ({
    x: (point?.[0] ?? -MAP_WIDTH) * scale,
    y: (point?.[1] ?? -MAP_HEIGHT) * scale,
    radius: RADIUS[places[index]?.precision ?? 'EXACT'],
  }));
  const labels = placeLabels(spots, width, MAP_HEIGHT * scale);
  const drawn = places
    .map((place, index) => ({ place, index, point: points[index], label: labels[index] }))
    // Small marks lie on large ones.
    .sort((a, b) => RADIUS[b.place.precision] - RADIUS[a.place.precision]);
  return (
    <svg className={`marks ${className}`} width="100%" height="100%" aria-hidden="true">
      {drawn.map(
        ({ place, index, point, label }) =>
          point && <Mark key={index} {...{ place, point, label }} number={index + 1} />,
      )}
    </svg>
  );
}

interface MarkProps {
  readonly place: Place;
  readonly point: readonly [number, number];
  readonly label: LabelPlace | undefined;
  readonly number: number;
}

function Mark({ place, point, label, number }: MarkProps) {
  const [x, y] = [percent(point[0] / MAP_WIDTH), percent(point[1] / MAP_HEIGHT)];
  const [x1, y1, x2, y2] = label?.line?.map((value) => value.toFixed(1)) ?? [];
  return (
    <a href={`#place-${number}`} tabIndex={-1}>
      <title>{`${number}. ${place.name}: ${PRECISION[place.precision]}`}</title>
      <svg x={x} y={y} overflow="visible" aria-hidden="true">
        <circle className={`place ${place.precision.toLowerCase()}`} r={RADIUS[place.precision]} />
        {label?.line && <line {...{ x1, y1, x2, y2 }} />}
        {label && (
          <text x={label.x.toFixed(1)} y={label.y.toFixed(1)} dy="0.35em" textAnchor="middle">
            {number}
          </text>
        )}
      </svg>
    </a>
  );
}

const percent = (part: number) => `${(part * 100).toFixed(2)}%`;

function pointOf({ longitude, latitude }: Place): readonly [number, number] | null {
  return longitude === null || latitude === null ? null : projection([longitude, latitude]);
}
