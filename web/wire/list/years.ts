import type { OrderInput } from '../../../src/parameters/filter-input.js';
import type { Card } from '../queries/card.js';

/** A card, with its year if it is the first one of that year. */
export interface CardInYear {
  readonly card: Card;
  readonly year: string | undefined;
}

/** Returns whether an order is by date, so that a list has years. */
export const hasYears = (order: OrderInput | undefined): boolean =>
  ['EARLIEST', 'LATEST'].includes(order?.field ?? 'EARLIEST');

/** Pairs each card with its year where the order is by date. */
export function inYears(cards: readonly Card[], order: OrderInput | undefined): CardInYear[] {
  if (!hasYears(order)) return cards.map((card) => ({ card, year: undefined }));
  let last: string | undefined;
  return cards.map((card) => {
    const day = order?.field === 'LATEST' ? card.occurred.latest : card.occurred.earliest;
    const year = day?.slice(0, 4) ?? 'No date';
    const isFirst = year !== last;
    last = year;
    return { card, year: isFirst ? year : undefined };
  });
}
