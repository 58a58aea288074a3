import type { AsOfInput, OrderInput } from '../../../src/parameters/filter-input.js';
import type { Card } from '../queries/card.js';
import { type CardMark, DevelopmentCard } from './development-card.js';

interface ListProps {
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
        <li key={card.id}>
          {year !== undefined && <h2 className="year">{year}</h2>}
          <DevelopmentCard card={card} asOf={asOf} mark={marks?.get(card.id)} />
        </li>
      ))}
    </ol>
  );
}

/** Pairs each card with its year, if it is the first one of that year. */
function inYears(cards: readonly Card[], order: OrderInput | undefined) {
  const field = order?.field ?? 'EARLIEST';
  let last: string | undefined;
  return cards.map((card) => {
    const day =
      field === 'EARLIEST' ? card.occurred.earliest : field === 'LATEST' ? card.occurred.latest : null;
    const year = day?.slice(0, 4);
    const isFirst = year !== last;
    last = year;
    return { card, year: isFirst ? (year ?? 'No date') : undefined };
  });
}
