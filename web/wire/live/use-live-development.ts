import type { Client } from '@urql/core';
import { useEffect, useRef, useState } from 'react';
import type { DevelopmentState } from '../page-state.js';
import { variablesOf } from '../plan.js';
import type { DevelopmentData } from '../queries/development.js';
import { DEVELOPMENT } from '../queries/development.js';
import { DEVELOPMENT_FEED, type DevelopmentChange, type FeedItem } from '../queries/development-feed.js';

export interface LiveDevelopment {
  readonly data: DevelopmentData;
  /** The latest change since the page was opened. */
  readonly change: DevelopmentChange | undefined;
  /** Whether the page shows the present of a development that can still change. */
  readonly isLive: boolean;
}

/**
 * Keeps the page of a development current by the feed.
 *
 * @param client Undefined on the server.
 */
export function useLiveDevelopment(
  client: Client | undefined,
  state: DevelopmentState,
  initial: DevelopmentData,
): LiveDevelopment {
  const [{ data, change }, setShown] = useState<Omit<LiveDevelopment, 'isLive'>>({
    data: initial,
    change: undefined,
  });
  const { development } = data;
  const isLive = state.asOf === undefined && development?.status === 'PUBLISHED';
  // A retracted development changes only by the undo of a merge, and what is left of it can be erased.
  const isFollowed = state.asOf === undefined && !isGone(change) && !!development;
  const id = development?.id;
  const filter = JSON.stringify(filterFor(development));
  const head = useRef(data.feedHead);
  head.current = data.feedHead;

  useEffect(() => {
    if (!client || !isFollowed) return;
    let asked = 0;
    const load = async (item?: DevelopmentChange) => {
      asked += 1;
      const request = asked;
      const answer = await client
        .query(DEVELOPMENT, variablesOf(state), { requestPolicy: 'network-only' })
        .toPromise();
      const { data: loaded } = answer;
      if (request !== asked || !loaded?.development) return;
      setShown((shown) => ({ data: loaded, change: item ?? shown.change }));
    };
    const variables = { after: head.current, filter: JSON.parse(filter) };
    const { unsubscribe } = client.subscription(DEVELOPMENT_FEED, variables).subscribe(({ data: answer }) => {
      const item = answer?.feed;
      // An erased name may be that of a participant or a source.
      if (item?.__typename === 'FeedReset' || item?.__typename === 'ReferenceErased') void load();
      if (!item || !isChange(item) || item.development.id !== id) return;
      if (item.__typename === 'DevelopmentErased') setShown((shown) => ({ ...shown, change: item }));
      if (!isGone(item)) void load(item);
    });
    return () => {
      asked += 1;
      unsubscribe();
    };
  }, [client, state, isFollowed, id, filter]);
  return { data, change, isLive };
}

/** The page is that of a published development, so a publication is the undo of a merge that retracted it. */
const isChange = (item: FeedItem): item is DevelopmentChange =>
  ['DevelopmentPublished', 'DevelopmentRevised', 'DevelopmentRetracted', 'DevelopmentErased'].includes(
    item.__typename,
  );

type Erasure = Extract<DevelopmentChange, { __typename: 'DevelopmentErased' }>;

/** The erasure of a whole development. That of a quotation leaves it published. */
type Gone = Erasure & {
  readonly development: { readonly status: Exclude<Erasure['development']['status'], 'PUBLISHED'> };
};

/** Whether a development was erased, and not a quotation in it only. */
export const isGone = (change: DevelopmentChange | undefined): change is Gone =>
  change?.__typename === 'DevelopmentErased' && change.development.status !== 'PUBLISHED';

/**
 * Returns a filter that a development matches, and few others: the feed has none for a single one. A revision that leaves the
 * filter is still sent, and the page follows by its new filter then.
 */
function filterFor(development: DevelopmentData['development']) {
  const { kind, citations = [] } = development ?? {};
  return { kind: [kind], source: citations.slice(0, 1).map(({ source }) => source.slug) };
}
