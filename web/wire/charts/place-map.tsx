import type { AsOfInput } from '../../../src/parameters/filter-input.js';
import { linkToDevelopment } from '../links.js';
import { FuzzyDate } from '../list/fuzzy-date.js';
import { MAP_HEIGHT, MAP_WIDTH, projection } from '../projection.js';
import type { Card } from '../queries/card.js';
import { PRECISION } from '../words.js';

export interface PlaceMapProps {
  readonly cards: readonly Card[];
  readonly asOf: AsOfInput | undefined;
  /** The address of the outlines of land. */
  readonly land: string;
}

type Place = Extract<Card, { __typename: 'Event' }>['places'][number];

interface Marked {
  readonly place: Place;
  readonly cards: Card[];
}

/** The radius of a mark: the less precisely a place is known, the larger. */
const RADIUS = { EXACT: 4, LOCALITY: 7, REGION: 14, COUNTRY: 26 } as const;

/** Places as marks on outlines of land, and beside it the same places as a list. */
export function PlaceMap({ cards, asOf, land }: PlaceMapProps) {
  const places = placesOf(cards);
  return (
    <div className="map">
      <figure>
        <svg viewBox={`0 0 ${MAP_WIDTH} ${MAP_HEIGHT}`} aria-hidden="true">
          <image href={land} width={MAP_WIDTH} height={MAP_HEIGHT} />
          {places.map(({ place }, index) => (
            <Mark key={keyOf(place)} place={place} number={index + 1} />
          ))}
        </svg>
        <figcaption>
          Outlines of land only: <a href="/about#map">the map takes no side</a>. The larger a mark, the less
          precisely its place is known.
        </figcaption>
      </figure>
      {places.length === 0 ? (
        <p className="empty">None of these developments has a place. Statements have none.</p>
      ) : (
        <ol className="places">
          {places.map(({ place, cards: there }, index) => (
            <li key={keyOf(place)} id={`place-${index + 1}`}>
              <h2>
                {place.name} <span className="small">{PRECISION[place.precision]}</span>
              </h2>
              <ul>
                {there.map((card) => (
                  <li key={card.id}>
                    <a href={linkToDevelopment(card.slug, asOf)}>
                      <bdi>{card.headline}</bdi>
                    </a>
                    {', '}
                    <FuzzyDate date={card.occurred} />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function Mark({ place, number }: { readonly place: Place; readonly number: number }) {
  if (place.longitude === null || place.latitude === null) return null;
  const point = projection([place.longitude, place.latitude]);
  if (!point) return null;
  const [x, y] = point.map((value) => value.toFixed(1));
  return (
    <a href={`#place-${number}`} tabIndex={-1}>
      <title>{`${place.name}: ${PRECISION[place.precision]}`}</title>
      <circle
        className={`place ${place.precision.toLowerCase()}`}
        cx={x}
        cy={y}
        r={RADIUS[place.precision]}
      />
      <text x={x} y={y} dy="-0.5em" textAnchor="middle">
        {number}
      </text>
    </a>
  );
}

const keyOf = ({ name, latitude, longitude }: Place) => `${name} ${latitude} ${longitude}`;

/** Gathers the places, those with the most developments first. */
function placesOf(cards: readonly Card[]): Marked[] {
  const places = new Map<string, Marked>();
  for (const card of cards) {
    if (card.__typename !== 'Event') continue;
    for (const place of card.places) {
      const marked = places.get(keyOf(place)) ?? { place, cards: [] };
      marked.cards.push(card);
      places.set(keyOf(place), marked);
    }
  }
  return [...places.values()].sort((a, b) => b.cards.length - a.cards.length);
}
