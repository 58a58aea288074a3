import type { Client } from '@urql/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { filterOf, listVariables, MAX_PAGE, PAGE_SIZE } from '../list/list-variables.js';
import type { ListState } from '../page-state.js';
import { FEED, type FeedItem } from '../queries/feed.js';
import type { MoreData } from '../queries/more.js';
import { WIRE, type WireData } from '../queries/wire.js';
import { firstShown, type ShownList, withAnswer, withCounts, withItem, withMore } from './shown-list.js';

/** Changes that come together are shown by one request. In milliseconds. */
const TOGETHER = 150;
/** How far down the reader counts as being at the top, in CSS pixels. */
const TOP = 120;

export interface LiveList extends ShownList {
  /** Shows the developments that wait. */
  showWaiting(): void;
  /** Appends a further page. */
  append(more: MoreData): void;
}

/** Whether a list is kept current: the present, from its first page on. */
const isLive = ({ selection: { asOf, page } }: ListState): boolean =>
  asOf === undefined && page.after === undefined && page.before === undefined;

/** Whether an item tells of a reference that the page is not about. */
const isOther = (item: FeedItem, state: ListState): boolean =>
  item.__typename === 'ReferenceChanged' &&
  !(
    state.page === 'reference' &&
    item.reference.slug === state.slug &&
    item.reference.__typename.toLowerCase() === state.kind.toLowerCase()
  );

/**
 * Keeps a list current by the feed. Counts and facets follow every change. The list itself is loaded again only if the reader
 * is at the top or asks for it; until then new developments wait.
 *
 * @param client Undefined on the server.
 */
export function useLiveList(client: Client | undefined, state: ListState, initial: WireData): LiveList {
  const [list, setList] = useState(() => firstShown(initial));
  const current = useRef(list);
  current.current = list;
  const load = useCallback(
    async (isWanted: boolean) => {
      if (!client) return;
      const { cards } = current.current;
      const first = Math.min(MAX_PAGE, Math.max(cards.length, PAGE_SIZE));
      const variables = { ...listVariables(state), first };
      const { data } = await client.query(WIRE, variables, { requestPolicy: 'network-only' }).toPromise();
      if (!data) return;
      const isAtTop = isWanted || window.scrollY < TOP;
      setList((shown) => (isAtTop ? withAnswer(shown, data) : withCounts(shown, data)));
    },
    [client, state],
  );

  useEffect(() => {
    if (!client || !isLive(state)) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isStale = false;
    const onItem = (item: FeedItem) => {
      if (item.__typename === 'FeedCaughtUp' || isOther(item, state)) return;
      setList((shown) => withItem(shown, item));
      // Any card may show a name that was erased.
      isStale ||= item.__typename === 'FeedReset' || item.__typename === 'ReferenceErased';
      clearTimeout(timer);
      timer = setTimeout(() => {
        void load(isStale);
        isStale = false;
      }, TOGETHER);
    };
    const filter = filterOf(state) as never;
    const { unsubscribe } = client
      .subscription(FEED, {
        ...{ after: initial.feedHead, filter, language: state.language },
        references: state.page === 'reference',
      })
      .subscribe(({ data }) => data && onItem(data.feed));
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [client, state, initial, load]);

  const showWaiting = useCallback(() => {
    window.scrollTo({ top: 0 });
    void load(true);
  }, [load]);
  const append = useCallback((more: MoreData) => setList((shown) => withMore(shown, more)), []);
  return { ...list, showWaiting, append };
}
