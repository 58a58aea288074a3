import type { CardMark } from '../list/development-card.js';
import type { Card } from '../queries/card.js';
import type { FeedItem } from '../queries/feed.js';
import type { MoreData } from '../queries/more.js';
import type { WireData } from '../queries/wire.js';
import type { Ground } from '../words.js';

/** A list as the reader sees it, while the record changes. */
export interface ShownList {
  readonly data: WireData;
  readonly cards: readonly Card[];
  /** By the id of the development. */
  readonly marks: ReadonlyMap<string, CardMark>;
  /** New developments that are not shown yet, by id. */
  readonly waiting: ReadonlySet<string>;
  /** The grounds of the erasures since the page was opened, by the id of the development. */
  readonly erased: ReadonlyMap<string, Ground>;
  /** The grounds of the erasures of references since the page was opened, by the id of the reference. */
  readonly erasedReferences: ReadonlyMap<string, Ground>;
  /** The cursor of the last card that was loaded, if there are more. */
  readonly next: string | undefined;
}

export const firstShown = (data: WireData): ShownList => ({
  data,
  cards: data.developments?.nodes ?? [],
  marks: new Map(),
  waiting: new Set(),
  erased: new Map(),
  erasedReferences: new Map(),
  next: data.developments ? nextOf(data.developments) : undefined,
});

const nextOf = ({ pageInfo: { hasNextPage, endCursor } }: MoreData): string | undefined =>
  (hasNextPage && endCursor) || undefined;

/** Appends a further page, without developments that the list shows already. */
export function withMore(list: ShownList, more: MoreData): ShownList {
  const added = more.nodes.filter(({ id }) => !isShown(list, id));
  return { ...list, cards: [...list.cards, ...added], next: nextOf(more) };
}

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
    case 'DevelopmentErased':
      return withErasure(list, item);
    case 'ReferenceErased':
      return {
        ...list,
        erasedReferences: new Map(list.erasedReferences).set(item.reference.id, item.ground),
      };
    default:
      return list;
  }
}

/** Drops an erased development at once. One that has lost its quotation only stays, as it is now. */
function withErasure(
  list: ShownList,
  { development, ground }: Extract<FeedItem, { __typename: 'DevelopmentErased' }>,
): ShownList {
  const { id, status } = development;
  const waiting = new Set(list.waiting);
  const wasWaiting = waiting.delete(id);
  if (!isShown(list, id) && !wasWaiting) return list;
  const erased = new Map(list.erased).set(id, ground);
  if (status === 'PUBLISHED') {
    const cards = list.cards.map((card) => (card.id === id ? development : card));
    return { ...list, cards, erased };
  }
  const marks = new Map(list.marks);
  marks.delete(id);
  return { ...list, waiting, marks, erased, cards: list.cards.filter((card) => card.id !== id) };
}

const isShown = ({ cards }: ShownList, id: string): boolean => cards.some((card) => card.id === id);

function withNew(list: ShownList, card: Card): ShownList {
  if (isShown(list, card.id)) {
    const cards = list.cards.map((shown) => (shown.id === card.id ? card : shown));
    const marks = new Map(list.marks);
    if (marks.get(card.id)?.kind === 'retracted') marks.delete(card.id); // The undo of a merge published it again.
    return { ...list, cards, marks };
  }
  return { ...list, waiting: new Set(list.waiting).add(card.id) };
}

const withMark = (list: ShownList, id: string, mark: CardMark) => new Map(list.marks).set(id, mark);

/** Takes over counts, facets and the timeline of a newer answer, and leaves the list as it is. */
export function withCounts(list: ShownList, data: WireData): ShownList {
  return { ...list, data };
}

/**
 * Shows a newer answer, and after it the cards that were loaded beyond its end. Retracted developments stay as struck lines
 * where they were, and what has been waiting is marked as new.
 */
export function withAnswer(list: ShownList, data: WireData): ShownList {
  const answered = data.developments?.nodes ?? [];
  const ids = new Set(answered.map(({ id }) => id));
  const end = endOf(list, data);
  const beyond = list.cards.slice(end).filter(({ id }) => !ids.has(id));
  const cards: Card[] = [...answered, ...beyond];
  const marks = new Map(list.marks);
  for (const [index, card] of list.cards.slice(0, end).entries()) {
    if (marks.get(card.id)?.kind !== 'retracted' || ids.has(card.id)) continue;
    const before = list.cards[index - 1]?.id;
    cards.splice(cards.findIndex(({ id }) => id === before) + 1, 0, card);
  }
  for (const id of list.waiting) if (ids.has(id)) marks.set(id, { kind: 'new' });
  const next = beyond.length > 0 ? list.next : firstShown(data).next;
  return { ...list, data, cards, marks, waiting: new Set(), next };
}

/** Returns how many of the shown cards an answer stands for: all, unless more are loaded than one request returns. */
function endOf({ cards }: ShownList, { developments }: WireData): number {
  const answered = developments?.nodes ?? [];
  if (!developments?.pageInfo.hasNextPage || answered.length >= cards.length) return cards.length;
  const last = cards.findIndex(({ id }) => id === answered.at(-1)?.id);
  return last < 0 ? cards.length : last + 1;
}
