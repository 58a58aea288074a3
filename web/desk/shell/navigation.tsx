import { type MouseEvent, type ReactNode, useMemo, useSyncExternalStore } from 'react';
import { type Address, formatAddress, readAddress } from '../address.js';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

const target = () => `${location.pathname}${location.search}`;

/** Returns the page at the browser's address. Undefined: there is no such page. */
export function useAddress(): Address | undefined {
  const current = useSyncExternalStore(subscribe, target);
  return useMemo(() => readAddress(current), [current]);
}

/** Goes to a page without loading the desk again. */
export function navigate(address: Address, { replace = false } = {}): void {
  const to = formatAddress(address);
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  for (const listener of listeners) listener();
}

interface DeskLinkProps {
  readonly to: Address;
  readonly children: ReactNode;
  readonly className?: string | undefined;
  readonly isCurrent?: boolean | undefined;
}

/** A link to a page of the desk. */
export function DeskLink({ to, children, className, isCurrent }: DeskLinkProps) {
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a
      href={formatAddress(to)}
      onClick={onClick}
      className={className}
      aria-current={isCurrent ? 'page' : undefined}
    >
      {children}
    </a>
  );
}
