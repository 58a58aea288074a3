import { continuesSentence } from './attribution/continues-sentence.js';
import { ENGLISH } from './attribution/english.js';
import { findAttributions } from './attribution/find.js';
import type { Lexicon } from './attribution/lexicon.js';
import { resolveSpeakers } from './attribution/resolve.js';
import { RUSSIAN } from './attribution/russian.js';
import { findDates } from './dates/find-dates.js';
import { TextTooLongError } from './errors.js';
import { findHappenings } from './events/find-events.js';
import { findLinks } from './links/find-links.js';
import { findNames, type Mention } from './names/find-names.js';
import type { Gazetteer } from './names/gazetteer.js';
import { toDevelopments } from './suggest.js';
import { readText } from './text/sentences.js';
import type { DateSuggestion, NameSuggestion, Suggestion } from './types.js';

export interface ExtractOptions {
  /** The language of the text: the first part of a BCP 47 tag. Statements and events are found in `en` and `ru`. */
  readonly language: string;
  /** The day of publication, `YYYY-MM-DD`. Without it, `last week` and `on Tuesday` are no dates. */
  readonly dateline: string | null;
  /** The names of the record. */
  readonly gazetteer: Gazetteer;
}

/** The longest text in UTF-16 code units: some 80,000 words. Longer ones are books, not articles. */
const MAX_TEXT = 500_000;

const LEXICONS: Readonly<Record<string, Lexicon>> = { en: ENGLISH, ru: RUSSIAN };

/**
 * Suggests what an article's text says: names, dates, statements, events, doctrine changes and links, in the order of the
 * text. The same text gives the same suggestions. Reads nothing but its arguments.
 *
 * @throws {TextTooLongError} If the text has more than {@link MAX_TEXT} code units.
 */
export function extract(text: string, { language, dateline, gazetteer }: ExtractOptions): Suggestion[] {
  if (text.length > MAX_TEXT) throw new TextTooLongError(text.length, MAX_TEXT);
  const code = language.toLowerCase().split('-')[0] ?? '';
  const lexicon = LEXICONS[code];
  const read = readText(text, continuesSentence(lexicon));
  const mentions = findNames(text, gazetteer);
  const dates = findDates(text, read.sentences, code, dateline);
  const names = mentions.map((mention) => nameOf(mention, text));
  const days = dates.map(
    ({ start, end, edtf, rule, grade }): DateSuggestion => ({
      kind: 'DATE',
      key: `date:${start}`,
      excerpt: text.slice(start, end),
      start,
      end,
      rule,
      grade,
      fields: { edtf },
    }),
  );
  if (!lexicon) return inOrder([...names, ...days]);
  const attributions = findAttributions(read, lexicon);
  const speakers = resolveSpeakers(read, attributions, mentions);
  const developments = toDevelopments(
    read,
    attributions,
    speakers,
    findHappenings(read, mentions, dates, attributions),
    dates,
    mentions,
  );
  return inOrder([...names, ...days, ...developments, ...findLinks(read, developments)]);
}

/** Suggests only the names of a text, as {@link extract} does, in their order: a small part of its work. */
export const extractNames = (text: string, gazetteer: Gazetteer): NameSuggestion[] =>
  findNames(text, gazetteer).map((mention) => nameOf(mention, text));

function nameOf(
  { start, end, referenceKind, name, slug, office, rule, grade }: Mention,
  text: string,
): NameSuggestion {
  return {
    kind: 'NAME',
    key: `name:${start}`,
    excerpt: text.slice(start, end),
    start,
    end,
    rule,
    grade,
    fields: { referenceKind, name, slug, office },
  };
}

const inOrder = (suggestions: readonly Suggestion[]) =>
  suggestions.toSorted((a, b) => a.start - b.start || b.end - a.end || (a.key < b.key ? -1 : 1));
