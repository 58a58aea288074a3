import { useEffect } from 'react';
import { useAct } from '../shell/use-act.js';

/** How often an editor says again that the form is open, in milliseconds. The server forgets after 30 s. */
const INTERVAL = 10_000;

/** Tells other editors that this one is editing a development, while the form is open. */
export function usePresence(slug: string): void {
  const { send } = useAct();
  useEffect(() => {
    const say = (editing: boolean) => void send('setPresence', { slug, editing });
    say(true);
    const timer = setInterval(() => say(true), INTERVAL);
    return () => {
      clearInterval(timer);
      say(false);
    };
  }, [send, slug]);
}
