import type { AsOfInput, OrderInput } from '../../../src/parameters/filter-input.js';
import type { Card } from '../queries/card.js';
import { type CardMark, DevelopmentCard } from './development-card.js';
import { inYears } from './years.js';

export interface ListProps {
  readonly cards: readonly Card[];
  readonly order: OrderInput | undefined;
  readonly asOf: AsOfInput | undefined;
  /** By the id of the development. */
  readonly marks?: ReadonlyMap<string, CardMark> | undefined;
}

/** Developments in order, under the year in which they happened where the order is by date. */
export function DevelopmentList({ cards, order, asOf, marks }: ListProps) {
  return (
    <ol className="cards">
      {inYears(cards, order).map(({ year, card }) => (
        <li key={card.id} data-id={card.id}>
          {year !== undefined && <h2 className="year">{year}</h2>}
          <DevelopmentCard card={card} asOf={asOf} mark={marks?.get(card.id)} />
        </li>
      ))}
    </ol>
  );
}
