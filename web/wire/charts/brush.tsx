import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { ListState } from '../page-state.js';
import { endsOf, linkToSpan, nameOf, type Period } from './bars.js';

interface BrushProps {
  readonly state: ListState;
  /** The periods of the chart, in order, without gaps. Its whole width stands for them. */
  readonly periods: readonly Period[];
  readonly children: ReactNode;
}

/** The edges of a span: its first period, and the one after its last. */
type Edges = readonly [start: number, end: number];

/** A pointer that has moved less than this many CSS pixels has clicked. */
const CLICK = 5;

/**
 * Lets the reader choose a span of time on a chart: by dragging over it, or with a handle at each end. The form shows the
 * span meanwhile. Letting go or Enter filters, Escape gives up. Without a script there is the form alone.
 */
export function Brush({ state, periods, children }: BrushProps) {
  const whole: Edges = [0, periods.length];
  const [hasScript, setHasScript] = useState(false);
  const [edges, setEdges] = useState(whole);
  const box = useRef<HTMLDivElement>(null);
  const drag = useRef<{ readonly x: number; hasMoved: boolean }>(undefined);
  useEffect(() => {
    setHasScript(true);
    // Back to a page that the browser has kept: it shows what its address says.
    const forget = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return;
      setEdges([0, periods.length]);
      fillForm(undefined);
    };
    window.addEventListener('pageshow', forget);
    return () => window.removeEventListener('pageshow', forget);
  }, [periods.length]);
  const [first, last] = [periods[edges[0]], periods[edges[1] - 1]];
  if (!first || !last) return children;
  const isChosen = edges[0] > 0 || edges[1] < periods.length;

  const choose = (chosen: Edges) => {
    setEdges(chosen);
    const [one, other] = [periods[chosen[0]], periods[chosen[1] - 1]];
    if (one && other) fillForm(endsOf(one, other));
  };
  const giveUp = () => {
    drag.current = undefined;
    setEdges(whole);
    fillForm(undefined);
  };
  const apply = () => isChosen && location.assign(linkToSpan(state, first, last));

  /** Returns how far along the chart a point is, in periods. */
  const placeOf = (clientX: number) => {
    const { left = 0, width = 1 } = box.current?.getBoundingClientRect() ?? {};
    return Math.max(0, Math.min(periods.length - 1e-6, ((clientX - left) / width) * periods.length));
  };
  const onPointerDown = ({ button, clientX, target }: PointerEvent) => {
    if (button === 0 && !(target instanceof HTMLElement && target.closest('input, button'))) {
      drag.current = { x: clientX, hasMoved: false };
    }
  };
  const onPointerMove = ({ clientX, pointerId }: PointerEvent) => {
    const { current } = drag;
    if (!current || (!current.hasMoved && Math.abs(clientX - current.x) < CLICK)) return;
    current.hasMoved = true;
    box.current?.setPointerCapture(pointerId);
    const [from, to] = [placeOf(current.x), placeOf(clientX)].map(Math.floor) as [number, number];
    choose([Math.min(from, to), Math.max(from, to) + 1]);
  };
  const onPointerUp = () => {
    const { current } = drag;
    drag.current = undefined;
    if (current?.hasMoved) apply();
  };

  const handle = (name: string, value: number, onMove: (value: number) => void, period: Period) => (
    <input
      type="range"
      aria-label={name}
      aria-valuetext={nameOf(period)}
      min={0}
      max={periods.length}
      value={value}
      onChange={({ target }) => onMove(Number(target.value))}
      onPointerUp={apply}
      onKeyDown={({ key }) => key === 'Enter' && apply()}
    />
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the handles within do the same by keyboard.
    <div
      ref={box}
      className="brush"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={giveUp}
      onDragStart={(event) => event.preventDefault()}
      onKeyDown={({ key }) => key === 'Escape' && giveUp()}
    >
      {children}
      {hasScript && (
        <>
          {isChosen && <Chosen edges={edges} count={periods.length} />}
          <fieldset className="handles">
            <legend className="unseen">Span of time to filter to</legend>
            {handle('From', edges[0], (at) => choose([Math.min(at, edges[1] - 1), edges[1]]), first)}
            {handle('Until', edges[1], (at) => choose([edges[0], Math.max(at, edges[0] + 1)]), last)}
          </fieldset>
          {isChosen && (
            <button type="button" className="apply" onClick={apply}>
              Show {endsOf(first, last).join(' to ')}
            </button>
          )}
        </>
      )}
    </div>
  );
}

function Chosen({ edges: [start, end], count }: { readonly edges: Edges; readonly count: number }) {
  const style = { left: `${(start / count) * 100}%`, width: `${((end - start) / count) * 100}%` };
  return <div className="chosen" style={style} />;
}

/** Writes a span into the form of the filter; without one, what the address says. */
function fillForm(ends: readonly [string, string] | undefined): void {
  for (const [index, id] of ['since', 'until'].entries()) {
    const field = document.getElementById(id);
    if (field instanceof HTMLInputElement) field.value = ends?.[index] ?? field.defaultValue;
  }
}
