import type { CardMark } from '../list/development-card.js';
import type { Card } from '../queries/card.js';
import type { FeedItem } from '../queries/feed.js';
import type { WireData } from '../queries/wire.js';

/** A list as the reader sees it, while the record changes. */
export interface ShownList {
  readonly data: WireData;
  readonly cards: readonly Card[];
  /** By the id of the development. */
  readonly marks: ReadonlyMap<string, CardMark>;
  /** New developments that are not shown yet, by id. */
  readonly waiting: ReadonlySet<string>;
}

export const firstShown = (data: WireData): ShownList => ({
  data,
  cards: data.developments?.nodes ?? [],
  marks: new Map(),
  waiting: new Set(),
});

/** Applies an item of the feed to what is shown. Nothing moves: new developments wait. */
export function withItem(list: ShownList, item: FeedItem): ShownList {
  switch (item.__typename) {
    case 'DevelopmentPublished':
      return withNew(list, item.development);
    case 'DevelopmentRevised': {
      const { development, changedFields, matches } = item;
      if (!isShown(list, development.id)) return matches ? withNew(list, development) : list;
      return {
        ...list,
        cards: list.cards.map((card) => (card.id === development.id ? development : card)),
        marks: withMark(list, development.id, { kind: 'revised', fields: changedFields }),
      };
    }
    case 'DevelopmentRetracted': {
      const { development, reason } = item;
      const waiting = new Set(list.waiting);
      waiting.delete(development.id);
      if (!isShown(list, development.id)) return { ...list, waiting };
      return { ...list, waiting, marks: withMark(list, development.id, { kind: 'retracted', reason }) };
    }
    default:
      return list;
  }
}

const isShown = ({ cards }: ShownList, id: string): boolean => cards.some((card) => card.id === id);

function withNew(list: ShownList, card: Card): ShownList {
  if (isShown(list, card.id)) {
    return { ...list, cards: list.cards.map((shown) => (shown.id === card.id ? card : shown)) };
  }
  return { ...list, waiting: new Set(list.waiting).add(card.id) };
}

const withMark = (list: ShownList, id: string, mark: CardMark) => new Map(list.marks).set(id, mark);

/** Takes over counts, facets and the timeline of a newer answer, and leaves the list as it is. */
export function withCounts(list: ShownList, data: WireData): ShownList {
  return { ...list, data };
}

/**
 * Shows a newer answer. Retracted developments stay as struck lines where they were, and what has been waiting is marked as
 * new.
 */
export function withAnswer(list: ShownList, data: WireData): ShownList {
  const cards: Card[] = [...(data.developments?.nodes ?? [])];
  const ids = new Set(cards.map(({ id }) => id));
  const marks = new Map(list.marks);
  for (const [index, card] of list.cards.entries()) {
    if (marks.get(card.id)?.kind !== 'retracted' || ids.has(card.id)) continue;
    const before = list.cards[index - 1]?.id;
    cards.splice(cards.findIndex(({ id }) => id === before) + 1, 0, card);
  }
  for (const id of list.waiting) if (ids.has(id)) marks.set(id, { kind: 'new' });
  return { data, cards, marks, waiting: new Set() };
}
