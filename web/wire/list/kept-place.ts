/** Where a reader is in a list of several pages. The browser keeps it with the entry of its history, and nobody else does. */
export interface Place {
  /** How many developments were in the list. */
  readonly shown: number;
  /** The development at the top of the window, and how far its card was from there, in CSS pixels. */
  readonly id: string;
  readonly top: number;
}

/** Returns the place that was kept for this entry of the history. */
export function readPlace(): Place | undefined {
  const { shown, id, top } = history.state?.place ?? {};
  return Number.isInteger(shown) && typeof id === 'string' && Number.isFinite(top)
    ? { shown, id, top }
    : undefined;
}

/** Keeps the place for when the reader comes back. The browser alone would look for it in a list of one page. */
export function keepPlace(shown: number): void {
  const cards = [...document.querySelectorAll<HTMLElement>('.cards > li[data-id]')];
  const first = cards.find((card) => card.getBoundingClientRect().bottom > 0);
  if (!first) return;
  const place: Place = { shown, id: first.dataset['id'] ?? '', top: first.getBoundingClientRect().top };
  history.scrollRestoration = 'manual';
  history.replaceState({ ...history.state, place }, '');
}

/** What a reader does who no longer wants to be led to a place. */
const MOVES = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;
/** In frames. The place is found once nothing has moved for so long, or is given up. */
const [STILL, PATIENCE] = [5, 120];

/** Scrolls to a place, again while cards above it get their heights. Returns a function that gives it up. */
export function scrollToPlace({ id, top }: Place): () => void {
  let [frame, still, frames] = [0, 0, 0];
  const end = () => {
    cancelAnimationFrame(frame);
    for (const move of MOVES) window.removeEventListener(move, end);
  };
  const look = () => {
    const card = document.querySelector(`.cards > [data-id="${CSS.escape(id)}"]`);
    const distance = (card?.getBoundingClientRect().top ?? top) - top;
    if (Math.abs(distance) >= 1) window.scrollBy({ top: distance, behavior: 'instant' });
    still = Math.abs(distance) < 1 ? still + 1 : 0;
    frames += 1;
    if (still < STILL && frames < PATIENCE) frame = requestAnimationFrame(look);
    else end();
  };
  for (const move of MOVES) window.addEventListener(move, end, { passive: true });
  look();
  return end;
}
