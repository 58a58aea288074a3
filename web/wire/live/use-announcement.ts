import { useEffect, useRef, useState } from 'react';

/** Announcements are at least this far apart, in milliseconds: a flood would silence everything else. */
const PAUSE = 20_000;

/** Returns what a screen reader says, for an element with the role `status`: the newest text, but not too often. */
export function useAnnouncement(text: string): string {
  const [spoken, setSpoken] = useState('');
  const last = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (text === '') return setSpoken('');
    const timer = setTimeout(
      () => {
        last.current = performance.now();
        setSpoken(text);
      },
      Math.max(0, last.current + PAUSE - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [text]);
  return spoken;
}
