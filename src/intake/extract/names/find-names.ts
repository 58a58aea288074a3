import type { Grade, ReferenceKind, Span } from '../types.js';
import type { Gazetteer, GazetteerEntry, Naming } from './gazetteer.js';
import { type NameToken, nameTokensOf } from './name-tokens.js';
import { HONORIFICS, OFFICE_HEADS, OFFICE_LINKS, ORGANISATION_HEADS } from './offices.js';
import { isInsideOtherName, isMonth } from './other-names.js';

/** A name in a text: of the record, or proposed. */
export interface Mention extends Span {
  readonly referenceKind: ReferenceKind;
  readonly name: string;
  readonly slug: string | null;
  readonly office: string | null;
  readonly by: Naming['by'] | 'PROPOSED';
  readonly rule: string;
  readonly grade: Grade;
}

/** Finds names, in the order of the text. They do not overlap. */
export function findNames(text: string, gazetteer: Gazetteer): Mention[] {
  const tokens = nameTokensOf(text);
  const mentions: Mention[] = [];
  const full = new Map<string, GazetteerEntry>();
  for (let at = 0; at < tokens.length; ) {
    const found = knownAt(text, tokens, at, gazetteer, full) ?? proposedAt(text, tokens, at);
    if (!found) {
      at += 1;
      continue;
    }
    mentions.push(found.mention);
    at += found.length;
  }
  return mentions;
}

interface At {
  readonly mention: Mention;
  readonly length: number;
}

function knownAt(
  text: string,
  tokens: readonly NameToken[],
  at: number,
  gazetteer: Gazetteer,
  full: Map<string, GazetteerEntry>,
): At | undefined {
  const found = gazetteer.longestAt(tokens, at);
  const [first, last] = [tokens[at], found && tokens[at + found.length - 1]];
  if (!found || !first || !last) return undefined;
  if (!isJoined(tokens, at, found.length)) return undefined;
  const written = text.slice(first.start, last.end);
  const fitting = found.namings.filter((naming) => fits(naming, written, first, tokens, at, found.length));
  const naming = choose(fitting, full);
  if (!naming) return undefined;
  const { entry, by } = naming;
  const key = lastWord(entry.name);
  if (by === 'FULL') full.set(key, entry);
  const isFirstOfSurname = by === 'SURNAME' && full.get(key) !== entry;
  const mention: Mention = {
    start: first.start,
    end: last.end,
    referenceKind: entry.kind,
    name: entry.name,
    slug: entry.slug,
    office: entry.kind === 'PERSON' ? officeBefore(text, tokens, at) : null,
    by,
    rule: by === 'FULL' ? 'name-of-record' : by === 'SURNAME' ? 'surname-of-record' : 'capital-or-adjective',
    grade: by === 'FULL' ? 'A' : isFirstOfSurname ? 'C' : 'B',
  };
  return { mention, length: found.length };
}

/** Whether only blanks, hyphens and points stand between the words of a name. */
const isJoined = (tokens: readonly NameToken[], at: number, length: number) =>
  tokens
    .slice(at + 1, at + length)
    .every(
      ({ gap }, index) =>
        /^[ \u00a0.\u2010-\u2015\-’'/]?$/u.test(gap) ||
        (gap === '. ' && (tokens[at + index]?.written.length ?? 9) <= 2),
    );

function fits(
  { entry, isAbbreviation, needsCapital, abbreviations, by }: Naming,
  written: string,
  first: NameToken,
  tokens: readonly NameToken[],
  at: number,
  length: number,
): boolean {
  if (isAbbreviation) return written.replaceAll('.', '') === written.replaceAll('.', '').toUpperCase();
  if (needsCapital && written === written.toLowerCase()) return false;
  if (!hasAbbreviations(abbreviations, tokens, at, length)) return false;
  if (entry.kind === 'STATE' && isInsideOtherName(tokens, at, length)) return false;
  if (by === 'SURNAME' && isMonth(tokens, at)) return false;
  const isProper = /^[\p{Lu}\p{N}]/u.test(entry.name);
  if (!isProper && by === 'FULL') return true;
  if (by === 'RELATED' && /^\p{Ll}/u.test(written)) return /^[а-яё]/u.test(written);
  if (entry.kind === 'WEAPON_SYSTEM' || entry.kind === 'TREATY' || entry.kind === 'DOCTRINE')
    return length > 1 || first.isCapitalised;
  if (!first.isCapitalised) return false;
  // `Hall` alone is a surname, `Hall` in `Carnegie Hall` or `Hall Street` is not.
  if (by !== 'SURNAME') return true;
  const [before, after] = [tokens[at - 1], tokens[at + 1]];
  if (after && /^\s$/.test(after.gap) && after.isCapitalised && /^\p{Lu}\p{Ll}/u.test(after.written))
    return false;
  if (!before || !/^\s$/.test(first.gap) || !before.isCapitalised || isSentenceStart(tokens, at - 1))
    return true;
  return HONORIFICS.has(before.folded) || OFFICE_HEADS.has(before.folded);
}

/**
 * Whether the abbreviations of a name are in capitals: `New start` is not `New START`. Some write `New Start treaty`, with a
 * capital and a word that says what it is.
 */
function hasAbbreviations(
  places: readonly number[],
  tokens: readonly NameToken[],
  at: number,
  length: number,
): boolean {
  const isTold = TOLD.test(tokens[at + length]?.folded ?? '');
  return places.every((place) => {
    const written = tokens[at + place]?.written ?? '';
    return written === written.toUpperCase() || (isTold && /^\p{Lu}/u.test(written));
  });
}

const TOLD = /^(?:treaty|pact|accord|agreement)s?$/;

const isSentenceStart = (tokens: readonly NameToken[], at: number) =>
  at === 0 || /[.!?:\n“"«]/.test(tokens[at]?.gap ?? '');

/** Full names win. Of several persons with a surname the one named last in full is meant; without one, none. */
function choose(namings: readonly Naming[], full: ReadonlyMap<string, GazetteerEntry>): Naming | undefined {
  const named = namings.filter(({ by }) => by === 'FULL');
  if (named.length > 0) return named[0];
  const [only, ...others] = namings;
  if (!only || others.length === 0) return only;
  return namings.find(({ entry }) => full.get(lastWord(entry.name)) === entry);
}

const lastWord = (name: string) => name.split(/\s+/).at(-1) ?? name;

/** The title and office right before a name: `Deputy Foreign Minister` of `Deputy Foreign Minister Anna Volkova`. */
function officeBefore(text: string, tokens: readonly NameToken[], at: number): string | null {
  let from = at;
  while (from > 0 && at - from < 6) {
    const gap = tokens[from]?.gap ?? '';
    const before = tokens[from - 1];
    if (!before || !/^[.]?[ \u00a0]$/.test(gap)) break;
    const isOffice = OFFICE_HEADS.has(before.folded) || HONORIFICS.has(before.folded);
    const isPart =
      from < at &&
      ((before.isCapitalised && /^\p{Lu}/u.test(before.written) && !NOT_NAMES.has(before.folded)) ||
        OFFICE_LINKS.has(before.folded));
    if (!isOffice && !isPart) break;
    from -= 1;
  }
  while (from < at && (OFFICE_LINKS.has(tokens[from]?.folded ?? '') || isSentenceWord(tokens[from])))
    from += 1;
  const [first, last] = [tokens[from], tokens[at - 1]];
  if (from >= at || !first || !last) return null;
  const office = text.slice(first.start, last.end);
  return HONORIFICS.has(office.toLowerCase()) ? null : office;
}

const isSentenceWord = (token: NameToken | undefined) =>
  token !== undefined && ['as', 'but', 'and', 'when', 'a', 'an', 'in'].includes(token.folded);

/** The most capitalised words of a proposed name. */
const MAX_NAME = 4;

function proposedAt(text: string, tokens: readonly NameToken[], at: number): At | undefined {
  const token = tokens[at];
  if (!token?.isCapitalised || !/^\p{Lu}/u.test(token.written)) return undefined;
  return proposedPerson(text, tokens, at) ?? proposedOrganisation(text, tokens, at);
}

const isNamePart = (token: NameToken | undefined, gap: RegExp) =>
  token !== undefined && /^\p{Lu}[\p{Ll}’']/u.test(token.written) && gap.test(token.gap);

/** `Gen. Ada Brook`, `Foreign Minister Lena Moroz`, `Ada Brook, a spokeswoman for …`. */
function proposedPerson(text: string, tokens: readonly NameToken[], at: number): At | undefined {
  let length = 0;
  while (
    length < MAX_NAME &&
    isNamePart(tokens[at + length], length === 0 ? /[\s\S]*/ : /^[ \u00a0]$|^\. $|^-$/)
  )
    length += 1;
  if (length === 0) return undefined;
  const words = tokens.slice(at, at + length);
  if (
    words.some(
      ({ folded }) =>
        OFFICE_HEADS.has(folded) ||
        ORGANISATION_HEADS.has(folded) ||
        HONORIFICS.has(folded) ||
        NOT_NAMES.has(folded),
    )
  )
    return undefined;
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return undefined;
  const before = tokens[at - 1];
  const hasHonorific =
    before !== undefined && HONORIFICS.has(before.folded) && /^\.?[ \u00a0]$/.test(first.gap);
  const office = officeBefore(text, tokens, at) ?? officeBehind(text, tokens, at + length);
  if (!hasHonorific && (office === null || length < 2)) return undefined;
  const name = text.slice(first.start, last.end);
  return {
    mention: {
      start: first.start,
      end: last.end,
      referenceKind: 'PERSON',
      name,
      slug: null,
      office,
      by: 'PROPOSED',
      rule: 'name-with-office',
      grade: length > 1 ? 'B' : 'C',
    },
    length,
  };
}

const NOT_NAMES = new Set(
  'the a an in on at of for and but he she it they we i this that these those monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december republican democrat democratic'.split(
    ' ',
  ),
);

/** The office in an apposition: `, a spokeswoman for the ministry,`. */
function officeBehind(text: string, tokens: readonly NameToken[], at: number): string | null {
  const first = tokens[at];
  if (!first || !/^, $/.test(first.gap)) return null;
  let to = at;
  let hasHead = false;
  for (; to < tokens.length && to - at < 14; to += 1) {
    const token = tokens[to];
    if (!token || (to > at && /[,;:.!?—–()\n“”"«»]/.test(token.gap))) break;
    if (STOPS.has(token.folded)) break;
    if (to - at < 5 && OFFICE_HEADS.has(token.folded)) hasHead = true;
  }
  const last = tokens[to - 1];
  if (!hasHead || !last) return null;
  const start = ['a', 'an', 'the'].includes(first.folded) ? tokens[at + 1] : first;
  return start ? text.slice(start.start, last.end) : null;
}

const STOPS = new Set([
  'who',
  'which',
  'said',
  'says',
  'told',
  'added',
  'has',
  'had',
  'was',
  'is',
  'сказал',
  'заявил',
]);

/** `Ministry of Defence`, `Institute for Quiet Studies`: a capitalised phrase with the head of an organisation. */
function proposedOrganisation(text: string, tokens: readonly NameToken[], at: number): At | undefined {
  let length = 0;
  let hasHead = false;
  let lastCapital = 0;
  while (length < 7) {
    const token = tokens[at + length];
    if (!token || (length > 0 && !/^[ \u00a0]$/.test(token.gap))) break;
    const isCapital = /^\p{Lu}/u.test(token.written);
    if (!isCapital && !(length > 0 && OFFICE_LINKS.has(token.folded))) break;
    length += 1;
    if (!isCapital) continue;
    lastCapital = length;
    if (ORGANISATION_HEADS.has(token.folded)) hasHead = true;
  }
  const [first, last] = [tokens[at], tokens[at + lastCapital - 1]];
  if (!hasHead || lastCapital < 2 || !first || !last || NOT_NAMES.has(first.folded)) return undefined;
  const name = text.slice(first.start, last.end);
  return {
    mention: {
      start: first.start,
      end: last.end,
      referenceKind: 'ORGANISATION',
      name,
      slug: null,
      office: null,
      by: 'PROPOSED',
      rule: 'organisation',
      grade: 'C',
    },
    length: lastCapital,
  };
}
