import { useSyncExternalStore } from 'react';
import { useDesk } from '../session/session-context.js';

/** Says whether the screens follow the desk. */
export function DeskStatus() {
  const { live } = useDesk();
  const isLive = useSyncExternalStore(live.subscribe, () => live.isLive);
  return (
    <p className={`status ${isLive ? 'live' : 'offline'}`} role="status">
      {isLive ? 'Live' : 'Connecting'}
    </p>
  );
}
