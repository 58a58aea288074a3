import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { DevelopmentCard } from './development-card.js';
import { DevelopmentList, type ListProps } from './development-list.js';
import { keepPlace, type Place, scrollToPlace } from './kept-place.js';
import { usePrinting } from './use-printing.js';
import { inYears } from './years.js';

export interface LongListProps extends ListProps {
  readonly heights: ReadonlyMap<string, number>;
  readonly firstAdded: string | undefined;
  readonly place: Place | undefined;
}

/** How many cards are kept on each side of the window, so that the next one can be reached with Tab. */
const BESIDE = 4;

/**
 * A list of thousands of cards, of which only those near the window are in the document. Print has all of them. The card with
 * the focus stays, with its neighbours, wherever the window is.
 */
export function LongList(props: LongListProps) {
  return usePrinting() ? <DevelopmentList {...props} /> : <WindowedList {...props} />;
}

function WindowedList({ cards, order, asOf, marks, heights, firstAdded, place }: LongListProps) {
  const list = useRef<HTMLOListElement>(null);
  const [margin, setMargin] = useState(0);
  const [focused, setFocused] = useState(place?.id);
  const rows = useMemo(() => inYears(cards, order), [cards, order]);
  const usual = useMemo(() => meanOf(heights), [heights]);
  const kept = useMemo(() => rows.findIndex(({ card }) => card.id === focused), [rows, focused]);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    getItemKey: (index) => rows[index]?.card.id ?? index,
    estimateSize: (index) => heights.get(rows[index]?.card.id ?? '') ?? usual,
    overscan: BESIDE,
    scrollMargin: margin,
    rangeExtractor: (range) => withKept(defaultRangeExtractor(range), kept, rows.length),
  });

  // The content above the list may have grown.
  useLayoutEffect(() => {
    const top = (list.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
    if (Math.abs(top - margin) >= 1) setMargin(top);
  });

  // The focus goes to the first card of a further page, once it is there.
  const taken = useRef<string>(undefined);
  useEffect(() => setFocused(firstAdded ?? place?.id), [firstAdded, place]);
  useEffect(() => {
    if (firstAdded === undefined || taken.current === firstAdded) return;
    const link = list.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(firstAdded)}"] h3 a`);
    if (!link) return;
    taken.current = firstAdded;
    link.focus({ preventScroll: true });
  });

  // A reader who comes back finds the place again. Its card is in the document, as the one with the focus is.
  useEffect(() => place && scrollToPlace(place), [place]);
  useEffect(() => {
    const keep = () => keepPlace(rows.length);
    if (!place) keep();
    window.addEventListener('scrollend', keep);
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('scrollend', keep);
      window.removeEventListener('pagehide', keep);
    };
  }, [rows.length, place]);

  return (
    <ol
      ref={list}
      className="cards windowed"
      style={{ height: virtualizer.getTotalSize() }}
      onFocus={({ target }) =>
        setFocused(target.closest('li[data-id]')?.getAttribute('data-id') ?? undefined)
      }
    >
      {virtualizer.getVirtualItems().map(({ key, index, start }) => {
        const { year, card } = rows[index] ?? {};
        if (!card) return null;
        return (
          <li
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            data-id={card.id}
            aria-posinset={index + 1}
            aria-setsize={rows.length}
            style={{ transform: `translateY(${start - margin}px)` }}
          >
            {year !== undefined && <h2 className="year">{year}</h2>}
            <DevelopmentCard card={card} asOf={asOf} mark={marks?.get(card.id)} />
          </li>
        );
      })}
    </ol>
  );
}

/** Adds the card with the focus and its neighbours, in order. */
function withKept(indexes: number[], kept: number, count: number): number[] {
  if (kept < 0) return indexes;
  const near = [kept - 1, kept, kept + 1].filter((index) => index >= 0 && index < count);
  return [...new Set([...indexes, ...near])].sort((a, b) => a - b);
}

const meanOf = (heights: ReadonlyMap<string, number>): number =>
  [...heights.values()].reduce((sum, height) => sum + height, 0) / Math.max(1, heights.size) || 256;

/** Returns the heights of the cards that a list shows, by the ids of their developments. */
export function measureCards(): ReadonlyMap<string, number> {
  const items = [...document.querySelectorAll<HTMLElement>('.cards > li[data-id]')];
  return new Map(items.map((item) => [item.dataset['id'] ?? '', item.getBoundingClientRect().height]));
}
