import { useEffect } from 'react';
import { useDesk } from '../session/session-context.js';
import type { DeskChange } from './desk-live.js';

/** Changes within this time cause one request, in milliseconds. */
const TOGETHER = 150;

/** Stands for the articles of the inbox. No slug has blanks. */
export const INBOX_SUBJECT = 'the inbox';

/** Stands for the merges. */
export const MERGES_SUBJECT = 'the merges';

/**
 * Loads again when something changes at the desk.
 *
 * @param subject Only changes of the development with this slug, of the inbox or of merges. By default those of all
 *   developments and proposals.
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

function concerns(change: DeskChange, subject: string | undefined): boolean {
  const { slugs, hasInbox, hasMerges, hasProposals } = change;
  if (subject === INBOX_SUBJECT) return hasInbox;
  if (subject === MERGES_SUBJECT) return hasMerges;
  if (slugs === 'all') return true;
  return subject === undefined ? slugs.size > 0 || hasProposals : slugs.has(subject);
}
