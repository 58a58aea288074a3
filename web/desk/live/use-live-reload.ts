import { useEffect } from 'react';
import { useDesk } from '../session/session-context.js';
import type { DeskChange } from './desk-live.js';

/** Changes within this time cause one request, in milliseconds. */
const TOGETHER = 150;

/** Stands for the articles of the inbox. No slug has blanks. */
export const INBOX_SUBJECT = 'the inbox';

/**
 * Loads again when something changes at the desk.
 *
 * @param subject Only changes of the development with this slug, or of the inbox. By default those of all developments.
 */
export function useLiveReload(reload: () => void, subject?: string): void {
  const { live } = useDesk();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = live.subscribe((change) => {
      if (!change || !concerns(change, subject)) return;
      clearTimeout(timer);
      timer = setTimeout(reload, TOGETHER);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [live, subject, reload]);
}

function concerns({ slugs, hasInbox }: DeskChange, subject: string | undefined): boolean {
  if (subject === INBOX_SUBJECT) return hasInbox;
  if (slugs === 'all') return true;
  return subject === undefined ? slugs.size > 0 || !hasInbox : slugs.has(subject);
}
