import { useLayoutEffect, useRef } from 'react';

/** Calls `save` on Ctrl+S or ⌘S, wherever the focus is. Not while a dialog is open. */
export function useSaveKey(save: () => void): void {
  const current = useRef(save);
  current.current = save;
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      if (!document.querySelector('dialog[open]')) current.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
