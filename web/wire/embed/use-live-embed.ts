import type { Client } from '@urql/core';
import { useEffect, useState } from 'react';
import type { CardMark } from '../list/development-card.js';
import type { EmbedState } from '../page-state.js';
import { DEVELOPMENT_FEED, type FeedItem } from '../queries/development-feed.js';
import { EMBED, type EmbedCard, type EmbedData } from '../queries/embed.js';
import { embedVariables } from './embed-plan.js';

/** Changes that come together are shown by one request. In milliseconds. */
const TOGETHER = 150;

export interface LiveEmbed {
  readonly data: EmbedData;
  readonly cards: readonly EmbedCard[];
  /** By the id of the development. */
  readonly marks: ReadonlyMap<string, CardMark>;
}

const firstShown = (data: EmbedData): LiveEmbed => ({
  data,
  cards: data.developments?.nodes ?? [],
  marks: new Map(),
});

/**
 * Keeps an embedded list current by the feed: it is loaded again after each change.
 *
 * @param client Undefined on the server.
 */
export function useLiveEmbed(client: Client | undefined, state: EmbedState, initial: EmbedData): LiveEmbed {
  const [list, setList] = useState(() => firstShown(initial));
  useEffect(() => {
    if (!client || state.selection.asOf !== undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      const { data } = await client
        .query(EMBED, embedVariables(state), { requestPolicy: 'network-only' })
        .toPromise();
      if (data) setList((shown) => withAnswer(shown, data));
    };
    const onItem = (item: FeedItem) => {
      if (item.__typename === 'FeedCaughtUp') return;
      setList((shown) => withItem(shown, item));
      clearTimeout(timer);
      timer = setTimeout(() => void load(), TOGETHER);
    };
    const variables = { after: initial.feedHead, filter: embedVariables(state).filter };
    const { unsubscribe } = client
      .subscription(DEVELOPMENT_FEED, variables)
      .subscribe(({ data }) => data && onItem(data.feed));
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [client, state, initial]);
  return list;
}

function withItem(list: LiveEmbed, item: FeedItem): LiveEmbed {
  if (item.__typename === 'DevelopmentErased') {
    const { id } = item.development;
    const marks = new Map(list.marks);
    marks.delete(id);
    return { ...list, marks, cards: list.cards.filter((card) => card.id !== id) };
  }
  const mark = markOf(item);
  return mark && 'development' in item
    ? { ...list, marks: new Map(list.marks).set(item.development.id, mark) }
    : list;
}

function markOf(item: FeedItem): CardMark | undefined {
  switch (item.__typename) {
    case 'DevelopmentPublished':
      return { kind: 'new' };
    case 'DevelopmentRevised':
      return { kind: 'revised', fields: item.changedFields };
    case 'DevelopmentRetracted':
      return { kind: 'retracted', reason: item.reason };
    default:
      return undefined;
  }
}

/** Shows a newer answer. Retracted developments stay where they were, as struck lines. */
function withAnswer({ cards: shown, marks }: LiveEmbed, data: EmbedData): LiveEmbed {
  const cards = [...(data.developments?.nodes ?? [])];
  const ids = new Set(cards.map(({ id }) => id));
  for (const [index, card] of shown.entries()) {
    if (marks.get(card.id)?.kind === 'retracted' && !ids.has(card.id)) cards.splice(index, 0, card);
  }
  return { data, cards, marks };
}
