import { useLayoutEffect, useRef } from 'react';

const EDITED = 'input, textarea, select, dialog, [contenteditable], [role="combobox"]';
const KEY = 'doctrine-wire-keys';

/** Whether single keys act. An editor whose input software sends stray keys turns them off for the tab. */
export const keysAreOn = (): boolean => sessionStorage.getItem(KEY) !== 'off';

export const turnKeys = (on: boolean): void => sessionStorage.setItem(KEY, on ? 'on' : 'off');

/** Calls `onKey` for single keys while nothing is being typed. Returns of true mean that the key was used. */
export function useKeys(onKey: (key: string) => boolean): void {
  const current = useRef(onKey);
  current.current = onKey;
  // Before the page is shown: a key that an editor presses at once acts too.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const isTyping = event.target instanceof Element && event.target.closest(EDITED) !== null;
      if (isTyping || document.querySelector('dialog[open]') || (!keysAreOn() && event.key !== '?')) return;
      if (current.current(event.key)) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
