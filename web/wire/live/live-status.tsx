import type { ConnectionState, ConnectionStatus } from '@doctrine-wire/client/urql';
import { useEffect, useState } from 'react';
import { localeOf } from '../reader-language.js';
import { useSite } from '../site.js';

type Shown =
  | { readonly kind: 'live' }
  | { readonly kind: 'catching-up' }
  | { readonly kind: 'offline'; readonly since: Date };

/** Says whether the page is live, catching up, or offline and since when. Empty without a script. */
export function LiveStatus({ status }: { readonly status: ConnectionStatus | undefined }) {
  const { language } = useSite();
  const [shown, setShown] = useState<Shown>();
  useEffect(() => {
    if (!status) return;
    const update = () => setShown((before) => next(before, status.current));
    update();
    return status.subscribe(update);
  }, [status]);
  return (
    <p className={`status ${shown?.kind ?? 'idle'}`} role="status">
      {shown && wordsFor(shown, language)}
    </p>
  );
}

function next(before: Shown | undefined, state: ConnectionState): Shown | undefined {
  switch (state) {
    case 'live':
      return { kind: 'live' };
    case 'replaying':
    case 'paused':
      return { kind: 'catching-up' };
    case 'waiting':
    case 'fallback':
      return before?.kind === 'offline' ? before : { kind: 'offline', since: new Date() };
    case 'connecting':
      return before?.kind === 'offline' ? before : { kind: 'catching-up' };
    default:
      return undefined;
  }
}

function wordsFor(shown: Shown, language: string): string {
  if (shown.kind === 'live') return 'Live';
  if (shown.kind !== 'offline') return 'Catching up';
  return `Offline since ${shown.since.toLocaleTimeString(localeOf(language), { hour: '2-digit', minute: '2-digit' })}`;
}
