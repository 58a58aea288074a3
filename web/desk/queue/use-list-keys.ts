import type { RefObject } from 'react';
import { useKeys } from './use-keys.js';

/**
 * Moves through the links of a list with `j` and `k`, and passes other keys on with the number of the focused line.
 *
 * @param onKey Returns whether it used the key. The number is -1 if no line has the focus.
 */
export function useListKeys(
  list: RefObject<HTMLElement | null>,
  onKey: (key: string, at: number) => boolean,
): void {
  const links = () => [...(list.current?.querySelectorAll<HTMLElement>('a.draft') ?? [])];
  const focused = () =>
    links().findIndex((link) => link.closest('li')?.contains(document.activeElement) ?? false);
  useKeys((key) => {
    if (key !== 'j' && key !== 'k') return onKey(key, focused());
    const all = links();
    const at = focused();
    const to = at === -1 ? 0 : Math.min(Math.max(at + (key === 'j' ? 1 : -1), 0), all.length - 1);
    all[to]?.focus();
    return true;
  });
}
