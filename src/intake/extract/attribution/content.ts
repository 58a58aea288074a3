import type { Item } from '../text/items.js';
import { DASHES, isSign } from './clause.js';
import type { Lexicon } from './lexicon.js';

/** The most words of a subject before its verb in `, but critics say …`. */
const MAX_LOOK = 9;

/** Returns the end of a reported clause that begins at `from`: before the next attribution, or at the end of the sentence. */
export function contentEnd(items: readonly Item[], from: number, lexicon: Lexicon): number {
  const first = items[from];
  let to = from;
  for (; to < items.length; to += 1) {
    const item = items[to];
    if (!item) break;
    if (to > from && isSign(item, `,;${DASHES}`) && startsAttribution(items, to + 1, lexicon)) break;
    if (to > from && isSign(item, ';')) break;
    if (to > from && COORDINATIONS.has(item.lower) && speaksNext(items, to + 1, lexicon)) break;
    if (item === first && item.type === 'QUOTATION' && endsWithSign(item)) {
      to += 1;
      break;
    }
  }
  while (to > from && items[to - 1]?.type === 'SIGN' && !isSign(items[to - 1], ')%')) to -= 1;
  return to;
}

/** A quotation that ends with a comma or full stop ends its clause. */
export function endsWithSign({ quotation, text, start }: Item): boolean {
  if (!quotation) return false;
  return /[.,!?…]['’]?$/.test(text.slice(0, quotation.inner.end - start).trimEnd());
}

/** Whether another attribution begins here: `according to`, `adding that`, `but critics say`, `as she said`. */
function startsAttribution(items: readonly Item[], from: number, lexicon: Lexicon): boolean {
  const first = items[from];
  if (first?.type !== 'WORD') return false;
  if (
    lexicon.accordingTo.some((phrase) => phrase.every((word, index) => items[from + index]?.lower === word))
  )
    return true;
  if (lexicon.verbs.get(first.lower)?.isParticiple) return true;
  if (speaksNext(items, from, lexicon)) return true;
  if (!TURNS.has(first.lower)) return false;
  for (let at = from + 1; at < Math.min(items.length, from + MAX_LOOK); at += 1) {
    const item = items[at];
    if (!item || item.type === 'SIGN' || item.type === 'QUOTATION') return false;
    const verb = lexicon.verbs.get(item.lower);
    if (verb && (verb.takes.has('SAY') || verb.takes.has('TELL')) && !verb.isBase) return true;
  }
  return false;
}

/** The most words of a subject between two clauses: `and the army says`. */
const MAX_SPEAKER = 4;

/** Whether somebody else speaks from here on: `Mr. Hall said he …`, `said that …`. */
function speaksNext(items: readonly Item[], from: number, lexicon: Lexicon): boolean {
  for (let at = from; at <= from + MAX_SPEAKER; at += 1) {
    const item = items[at];
    if (item?.type !== 'WORD' || (at > from && lexicon.relatives.has(item.lower))) return false;
    if (!lexicon.plain.has(item.lower)) continue;
    const next = items[at + 1];
    const isFollowed = next !== undefined && (next.type !== 'SIGN' || isSign(next, ':'));
    return (
      isFollowed && (at > from || lexicon.conjunctions.has(next.lower) || lexicon.auxiliaries.has(next.lower))
    );
  }
  return false;
}

const COORDINATIONS = new Set(['and', 'but', 'while', 'и', 'но']);
const TURNS = new Set('but and while though although as yet whereas но а хотя и'.split(' '));

const OBJECT_ENDS = new Set([
  'during',
  'last',
  'earlier',
  'ahead',
  'amid',
  'at',
  'recently',
  'today',
  'yesterday',
]);
const TIME_PREPOSITIONS = new Set(['on', 'in', 'at', 'by']);
const TIMES = new Set(
  'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december'.split(
    ' ',
  ),
);
const isTime = (item: Item | undefined) =>
  item !== undefined && (TIMES.has(item.lower) || /^(19|20)\d\d$/.test(item.text));

/** `and challenged`: a second verb of the same subject. */
const isVerbForm = (item: Item | undefined, lexicon: Lexicon) =>
  item?.type === 'WORD' &&
  !item.isCapitalised &&
  (/[^e]ed$|ied$/.test(item.lower) ||
    (lexicon.verbs.has(item.lower) &&
      !lexicon.verbs.get(item.lower)?.isBase &&
      !lexicon.verbs.get(item.lower)?.isNoun));

/** Returns the end of an infinitive: `to stay until the talks end`. Its circumstances belong to it, up to a comma or a dash. */
export function infinitiveEnd(items: readonly Item[], from: number, lexicon: Lexicon): number {
  const last = contentEnd(items, from, lexicon);
  let to = from;
  while (to < last && !isSign(items[to], `,;:${DASHES}`)) {
    const item = items[to];
    to += 1;
    if (item?.type === 'QUOTATION' && endsWithSign(item)) break;
  }
  return to;
}

/** Returns the end of an object: at a comma, a dash, or a word such as `while`. */
export function objectEnd(items: readonly Item[], from: number, lexicon: Lexicon): number {
  let to = from;
  for (; to < items.length; to += 1) {
    const item = items[to];
    if (!item) break;
    if (isSign(item, `,;:—–`)) break;
    if (to > from && lexicon.afterObject.has(item.lower)) break;
    if (to > from && (item.lower === 'and' || item.lower === 'but') && isVerbForm(items[to + 1], lexicon))
      break;
    if (to > from + 1 && TIME_PREPOSITIONS.has(item.lower) && isTime(items[to + 1])) break;
    if (to > from && OBJECT_ENDS.has(item.lower)) break;
    if (item.type === 'QUOTATION' && endsWithSign(item)) {
      to += 1;
      break;
    }
  }
  while (to > from && items[to - 1]?.type === 'SIGN' && !isSign(items[to - 1], ')%')) to -= 1;
  return to;
}
