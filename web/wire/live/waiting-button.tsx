import { useEffect, useRef, useState } from 'react';
import { counted } from '../words.js';

interface WaitingProps {
  readonly count: number;
  onShow(): void;
}

/** Says how many new developments wait, and shows them on request. */
export function WaitingButton({ count, onShow }: WaitingProps) {
  return (
    <>
      <div className="fresh">
        {count > 0 && (
          <button type="button" onClick={onShow}>
            {count} new
          </button>
        )}
      </div>
      <p className="unseen" role="status">
        {useSpoken(count)}
      </p>
    </>
  );
}

/** Announcements are at least this far apart, in milliseconds: a flood would silence everything else. */
const PAUSE = 20_000;

/** Returns what a screen reader says about new developments. */
function useSpoken(count: number): string {
  const [spoken, setSpoken] = useState('');
  const last = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (count === 0) return setSpoken('');
    const timer = setTimeout(
      () => {
        last.current = performance.now();
        setSpoken(`${counted(count, 'new development')} at the top`);
      },
      Math.max(0, last.current + PAUSE - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [count]);
  return spoken;
}
