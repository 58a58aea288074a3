import type { DevelopmentContent } from '../../domain/development/content/content.js';
import type { DevelopmentFacts } from '../../domain/filter/types.js';
import { type FeedEvent, viewedAt } from '../../feed/event.js';
import { isOfReference } from '../../feed/hash-chain.js';
import type { DevelopmentEntry, RevisionState } from '../../feed/log.js';
import type { EntryFacts } from './entry-facts.js';
import type { FeedItem } from './feed-item.js';
import type { FeedPlan } from './feed-plan.js';

/**
 * Returns the item that a plan sends for an event.
 *
 * @returns Undefined if it sends none: the filter matches neither before nor after the change.
 */
export async function itemOf(
  { sends, filter, references, wanted }: Pick<FeedPlan, 'sends' | 'filter' | 'references' | 'wanted'>,
  event: FeedEvent,
  known: EntryFacts,
): Promise<FeedItem | undefined> {
  if (event.kind !== 'ENTRY' && event.kind !== 'LATEST') return sends === 'FEED' ? event : undefined;
  const { at, entry } = event;
  if (entry.change === 'REFERENCE_CHANGED') {
    return references ? { kind: entry.change, at, entry, viewedAt: viewedAt(event) } : undefined;
  }
  if (isOfReference(entry)) {
    // Every client may have shown the name with a development.
    return sends === 'FEED' ? { kind: 'REFERENCE_ERASED', at, entry, viewedAt: viewedAt(event) } : undefined;
  }
  if (sends === 'PUBLISHED' && entry.change !== 'PUBLISHED') return undefined;
  const base = { kind: entry.change, at, entry, viewedAt: viewedAt(event) };
  // Every client may have a copy to delete, and what the filter matched is gone.
  if (entry.change === 'ERASED') return { ...base, matches: false };
  const countries = filter.asksForCountry ? await known.countries(entry) : NO_COUNTRIES;
  const texts = filter.texts.length > 0 ? await known.texts(entry, filter.texts) : NO_TEXTS;
  const picks = (state: RevisionState | null, found: ReadonlySet<string>) =>
    state !== null && filter.matches(factsOf(entry, state, countries, found));
  // A development that matched before the change is reported too, e.g. its retraction.
  const matches = picks(entry.after, texts.after);
  const concerns =
    matches ||
    picks(entry.before, texts.before) ||
    // Older changes are not sent, so the client may still show any earlier state, whatever its cursor.
    (event.kind === 'LATEST' && entry.before && wanted && (await known.matchedBefore(entry, wanted)));
  if (!concerns) return undefined;
  if (matches || entry.change !== 'PUBLISHED') return { ...base, matches };
  // Published again by an undo, and only the retraction matched. A publication would have it added.
  return sends === 'FEED' ? { ...base, kind: 'REVISED', matches } : undefined;
}

const NO_COUNTRIES: ReadonlyMap<string, string> = new Map();
const NO_TEXTS = { after: new Set<string>(), before: new Set<string>() };

function factsOf(
  { recordedAt, publishedAt }: DevelopmentEntry,
  { snapshot, status, recordedAt: changedAt }: RevisionState,
  countries: ReadonlyMap<string, string>,
  texts: ReadonlySet<string>,
): DevelopmentFacts {
  const content = snapshot as DevelopmentContent;
  return { content, status, recordedAt, publishedAt, changedAt, countries, texts };
}
