import type { Client } from '@urql/core';
import { type ComponentType, useCallback, useEffect, useRef, useState } from 'react';
import type { ListState } from '../page-state.js';
import { MORE, type MoreData } from '../queries/more.js';
import { type Place, readPlace } from './kept-place.js';
import { MAX_PAGE, moreVariables } from './list-variables.js';
import type { LongListProps } from './long-list.js';

/** A list of more cards than the first page has. Its code is loaded with the second page. */
export interface Longer {
  readonly LongList: ComponentType<LongListProps>;
  /** The heights of the cards of the first page, by their ids: nothing moves when the long list takes over. */
  readonly heights: ReadonlyMap<string, number>;
  /** The first card of the page that was loaded last. It takes the focus. */
  readonly firstAdded: string | undefined;
  /** Where the reader was, after coming back. */
  readonly place: Place | undefined;
}

export interface More {
  /** Undefined until more has been asked for. */
  readonly longer: Longer | undefined;
  readonly isLoading: boolean;
  /** Why the last page could not be loaded. */
  readonly problem: string | undefined;
  show(): Promise<void>;
}

/** The most pages that are loaded again for a reader who comes back. */
const PAGES_AGAIN = 10;

/**
 * Loads further pages into a list, also those that it had before its reader left and came back.
 *
 * @param shown How many developments the list has.
 * @param next The cursor after which the next page begins.
 * @param append Appends its cards.
 */
export function useMore(
  client: Client | undefined,
  state: ListState,
  shown: number,
  next: string | undefined,
  append: (more: MoreData) => void,
): More {
  const [longer, setLonger] = useState<Longer>();
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState<string>();
  const load = useCallback(
    async (pages: number, place?: Place) => {
      if (!client || next === undefined) return;
      setLoading(true);
      const [{ more, error }, { LongList, measureCards }] = await Promise.all([
        ask(client, state, next, pages),
        import('./long-list.js'),
      ]);
      setLoading(false);
      setProblem(error);
      if (!more) return;
      const firstAdded = place ? undefined : more.nodes[0]?.id;
      setLonger((known) => ({ LongList, heights: known?.heights ?? measureCards(), firstAdded, place }));
      append(more);
    },
    [client, state, next, append],
  );

  const isNew = useRef(true);
  useEffect(() => {
    if (!client || !isNew.current) return;
    isNew.current = false;
    const place = state.view === 'list' ? readPlace() : undefined;
    const pages = Math.ceil(((place?.shown ?? 0) - shown) / MAX_PAGE);
    if (pages > 0) void load(Math.min(pages, PAGES_AGAIN), place);
  }, [client, state, shown, load]);

  const show = useCallback(() => load(1), [load]);
  return { longer, isLoading, problem, show };
}

/** Asks for the pages after a cursor, one after the other. What has come before an error is returned with it. */
async function ask(client: Client, state: ListState, next: string, pages: number) {
  let more: MoreData | undefined;
  let after: string | null = next;
  for (let page = 0; page < pages && after; page += 1) {
    const variables = moreVariables(state, after);
    const { data, error } = await client
      .query(MORE, variables, { requestPolicy: 'network-only' })
      .toPromise();
    if (!data?.developments) return { more, error: error?.message };
    const { nodes, pageInfo }: MoreData = data.developments;
    more = { nodes: [...(more?.nodes ?? []), ...nodes], pageInfo };
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  }
  return { more, error: undefined };
}
