import type { AsOfInput } from '../../../src/parameters/filter-input.js';
import { linkToDevelopment } from '../links.js';
import { FuzzyDate } from '../list/fuzzy-date.js';
import { MAP_HEIGHT, MAP_WIDTH } from '../projection.js';
import type { Card } from '../queries/card.js';
import { PRECISION } from '../words.js';
import { type Place, PlaceMarks } from './place-marks.js';

export interface PlaceMapProps {
  readonly cards: readonly Card[];
  readonly asOf: AsOfInput | undefined;
  /** The address of the outlines of land. */
  readonly land: string;
}

interface Marked {
  readonly place: Place;
  readonly cards: Card[];
}

/** The least width of the map on a phone, and on wider screens, in CSS pixels. */
const NARROW = 320;
const WIDE = 580;

/** Places as marks on outlines of land, and beside it the same places as a list. */
export function PlaceMap({ cards, asOf, land }: PlaceMapProps) {
  const places = placesOf(cards);
  return (
    <div className="map">
      <figure>
        <div className="plate">
          <svg viewBox={`0 0 ${MAP_WIDTH} ${MAP_HEIGHT}`} aria-hidden="true">
            <image href={land} width={MAP_WIDTH} height={MAP_HEIGHT} />
          </svg>
          <PlaceMarks places={places.map(({ place }) => place)} width={NARROW} className="narrow" />
          <PlaceMarks places={places.map(({ place }) => place)} width={WIDE} className="wide" />
        </div>
        <figcaption>
          Outlines of land only: <a href="/about#map">the map takes no side</a>. The larger a mark, the less
          precisely its place is known. If marks are close together, a line leads from a mark to its number;
          all places are in the list.
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
