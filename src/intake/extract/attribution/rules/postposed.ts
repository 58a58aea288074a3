import type { Item } from '../../text/items.js';
import { DASHES, isEnd, isSign, type Range, type Subject, subjectAfter } from '../clause.js';
import { contentEnd, endsWithSign } from '../content.js';
import type { CueVerb, Lexicon } from '../lexicon.js';
import { type Found, isDenied } from './found.js';

/** `…, the minister said.` */
export function postposed(
  items: readonly Item[],
  at: number,
  verb: CueVerb,
  subject: Subject | undefined,
  lexicon: Lexicon,
): Found | undefined {
  if (subject?.kind !== 'PHRASE' || subject.from === 0) return undefined;
  if (!verb.takes.has('SAY') && !verb.takes.has('TELL')) return undefined;
  const before = contentBefore(items, subject.from);
  if (!before) return undefined;
  const quotation = items[before.to - 1];
  const hasQuotation = quotation?.type === 'QUOTATION';
  const tail =
    hasQuotation && endsWithSign(quotation) ? quotedTail(items, at) : tailAfter(items, at, verb, lexicon);
  if (!tail) return undefined;
  if (
    !hasQuotation &&
    (!lexicon.plain.has(items[at]?.lower ?? '') ||
      (verb.isBase &&
        items[subject.to - 1]?.lower.endsWith('s') === false &&
        !lexicon.pronouns.has(items[subject.to - 1]?.lower ?? '')))
  )
    return undefined;
  const contents = withRest(items, before, tail.to, lexicon);
  if (!contents) return undefined;
  return {
    contents,
    cue: { from: at, to: at + 1 },
    source: subject,
    isShared: false,
    rule: 'content-speaker-verb',
    rank: 1,
    isDenial: isDenied(items, at, verb, lexicon),
    isStance: false,
  };
}

/** `…,” said the minister.` */
export function inverted(
  items: readonly Item[],
  at: number,
  verb: CueVerb,
  lexicon: Lexicon,
): Found | undefined {
  if (!verb.takes.has('SAY') || verb.isParticiple) return undefined;
  let start = at;
  while (start > 0 && lexicon.fillers.has(items[start - 1]?.lower ?? '')) start -= 1;
  const before = contentBefore(items, start);
  if (!before) return undefined;
  const source = subjectAfter(items, at, lexicon);
  if (!source) return undefined;
  const hasQuotation = items.slice(before.from, before.to).some(({ type }) => type === 'QUOTATION');
  const phrase = items.slice(source.from, source.to);
  if (phrase.some(({ lower }, index) => lexicon.auxiliaries.has(lower) && index > 0)) return undefined;
  if (lexicon.auxiliaries.has(phrase[0]?.lower ?? '') && phrase.length > 1) return undefined;
  if (!lexicon.plain.has(items[at]?.lower ?? '') && !hasQuotation) return undefined;
  if (!hasQuotation && !lexicon.plain.has(items[at]?.lower ?? '')) return undefined;
  // Without a quotation, `the army, reports say` and `…, said he` look alike: what follows must be a whole source.
  if (
    !hasQuotation &&
    !isEnd(items, source.to) &&
    !isSign(items[source.to], ',') &&
    !lexicon.circumstances.has(items[source.to]?.lower ?? '') &&
    !lexicon.relatives.has(items[source.to]?.lower ?? '')
  )
    return undefined;
  const contents = withRest(items, before, source.to, lexicon) ?? [before];
  return {
    contents,
    cue: { from: at, to: at + 1 },
    source,
    isShared: false,
    rule: 'content-verb-speaker',
    rank: 1,
    isDenial: isDenied(items, at, verb, lexicon),
    isStance: false,
  };
}

/** The clause or quotation that ends before `at` with a comma, a dash or a quotation mark. */
function contentBefore(items: readonly Item[], at: number): Range | undefined {
  let to = at;
  while (isSign(items[to - 1], `,${DASHES}`)) to -= 1;
  const last = items[to - 1];
  if (!last) return undefined;
  if (to === at && last.type !== 'QUOTATION') return undefined;
  return { from: 0, to };
}

/** Skips what is behind `“…,” he said`, up to the next comma that a quotation follows, or to the end. */
function quotedTail(items: readonly Item[], at: number): Range {
  let to = at + 1;
  while (to < items.length && !isSign(items[to], `,:;${DASHES}`)) to += 1;
  return { from: at + 1, to };
}

/** Skips the listener and the circumstances behind a postposed verb. Undefined if a clause follows, so that the verb is not postposed. */
function tailAfter(items: readonly Item[], at: number, verb: CueVerb, lexicon: Lexicon): Range | undefined {
  let to = at + 1;
  if (isSign(items[to], ':')) return undefined;
  const first = items[to];
  const isListener = verb.takes.has('TELL') && !verb.takes.has('SAY');
  if (
    first?.type === 'WORD' &&
    !isListener &&
    !lexicon.circumstances.has(first.lower) &&
    !first.lower.endsWith('ly')
  )
    return undefined;
  for (; to < items.length; to += 1) {
    const item = items[to];
    if (item?.type === 'QUOTATION') return undefined;
    if (item && lexicon.conjunctions.has(item.lower) && item.lower === 'that') return undefined;
    if (isSign(item, ':')) return undefined;
    if (isSign(item, `,;${DASHES}`)) break;
  }
  return { from: at + 1, to };
}

/** Adds the part behind `he said,` to the content before it. Undefined if only that part is the content. */
function withRest(
  items: readonly Item[],
  before: Range,
  tail: number,
  lexicon: Lexicon,
): Range[] | undefined {
  const hasQuotation = items.slice(before.from, before.to).some(({ type }) => type === 'QUOTATION');
  let from = tail;
  while (isSign(items[from], `,${DASHES}`)) from += 1;
  const next = items[from];
  if (!next || from === tail || isEnd(items, from)) return [before];
  if (next.type === 'QUOTATION') {
    if (!hasQuotation) return undefined;
    return [before, { from, to: contentEnd(items, from, lexicon) }];
  }
  if (hasQuotation) return [before];
  if (isOnlyCircumstance(items, before, lexicon))
    return [before, { from, to: contentEnd(items, from, lexicon) }];
  if (lexicon.verbs.get(next.lower)?.isParticiple || /ing$/.test(next.lower)) return [before];
  if (
    lexicon.boundaries.has(next.lower) ||
    lexicon.circumstances.has(next.lower) ||
    lexicon.relatives.has(next.lower) ||
    COORDINATING.has(next.lower)
  )
    return [before];
  return [before, { from, to: contentEnd(items, from, lexicon) }];
}

/** `In any case, the minister said, …`: the clause is behind the verb. */
const isOnlyCircumstance = (items: readonly Item[], { from, to }: Range, lexicon: Lexicon): boolean =>
  to - from <= 8 &&
  !items.slice(from, to).some(({ lower }) => lexicon.auxiliaries.has(lower) || /[^e]ed$/.test(lower));

const COORDINATING = new Set(['and', 'but', 'or', 'a', 'an', 'the', 'и', 'но', 'а']);
