import type { Item } from '../../text/items.js';
import { isSign, type Range } from '../clause.js';
import { contentEnd, infinitiveEnd, objectEnd } from '../content.js';
import type { CueVerb, Lexicon } from '../lexicon.js';
import { afterCircumstance, afterListener, findAhead, isCircumstance, MAX_BETWEEN } from './look-ahead.js';
import { beforeAdverbs, PROGRESSIVE } from './verb-here.js';

interface Complement extends Range {
  readonly cueEnd: number;
  readonly rule: string;
  readonly rank: number;
  readonly isStance: boolean;
}

/** Finds what a verb says behind it. */
export function complementOf(
  items: readonly Item[],
  at: number,
  verb: CueVerb,
  lexicon: Lexicon,
): Complement | undefined {
  const word = items[at];
  let after = at + 1;
  while (/ly$/.test(items[after]?.lower ?? '') && items[after]?.lower !== 'only') after += 1;
  const next = items[after];
  if (!word || !next) return undefined;
  const clause = (from: number, rule: string, rank: number): Complement => ({
    from,
    to: contentEnd(items, from, lexicon),
    cueEnd: at + 1,
    rule,
    rank,
    isStance: false,
  });
  const { takes } = verb;
  const says = takes.has('SAY') || takes.has('TELL') || takes.has('THAT');
  if (isSign(next, ':'))
    return says || takes.has('OBJECT') ? clause(after + 1, 'speaker-verb-colon', 2) : undefined;
  if (isSign(next, ',') && items[after + 1]?.type === 'QUOTATION')
    return clause(after + 1, 'speaker-verb-quote', 2);
  if (next.type === 'QUOTATION')
    return says || takes.has('OBJECT') || takes.has('QUOTE')
      ? clause(after, 'speaker-verb-quote', 2)
      : undefined;
  if (says && lexicon.conjunctions.has(next.lower)) return clause(after, 'speaker-verb-that', 2);
  if (takes.has('TO') && next.lower === 'to')
    return {
      ...clause(after, 'speaker-intends', 2),
      to: infinitiveEnd(items, after, lexicon),
      isStance: true,
    };
  const particles = lexicon.particles.get(word.lower);
  if (particles?.has(next.lower)) {
    return {
      from: at + 2,
      to: objectEnd(items, at + 2, lexicon),
      cueEnd: at + 2,
      rule: 'speaker-verb-about',
      rank: 2,
      isStance: true,
    };
  }
  if (takes.has('SAY') && isSign(next, ',')) {
    // `She said, however, that …`
    const that = findAhead(items, after + 1, lexicon);
    return that === undefined ? undefined : clause(that, 'speaker-verb-that', 2);
  }
  if (next.type === 'SIGN') return undefined;
  if (takes.has('TELL')) {
    const from = afterListener(items, at + 1, lexicon);
    if (from !== undefined) return clause(from, 'speaker-tells', 2);
  }
  if (takes.has('SAY') && isCircumstance(items, after, lexicon)) {
    const from =
      findAhead(items, after, lexicon) ??
      (takes.has('CLAUSE') ? afterCircumstance(items, after, lexicon) : undefined);
    return from === undefined ? undefined : clause(from, 'speaker-verb-circumstance', 2);
  }
  if (takes.has('CLAUSE') && (!takes.has('OBJECT') || lexicon.auxiliaries.has(next.lower)))
    return clause(after, 'speaker-verb-clause', 2);
  if (takes.has('QUOTE')) {
    // `called the plan “reckless”`
    const to = objectEnd(items, after, lexicon);
    const object = items.slice(after, to);
    const isQuoted = object.some(({ type }) => type === 'QUOTATION') && object.length <= MAX_BETWEEN;
    return isQuoted
      ? { from: after, to, cueEnd: at + 1, rule: 'speaker-calls', rank: 2, isStance: true }
      : undefined;
  }
  // `was considered …` has no object: it is the subject.
  const isPassive = !verb.isParticiple && PROGRESSIVE.has(beforeAdverbs(items, at)?.lower ?? '');
  if (takes.has('OBJECT') && !isPassive && !lexicon.circumstances.has(next.lower)) {
    return {
      from: at + 1,
      to: objectEnd(items, at + 1, lexicon),
      cueEnd: at + 1,
      rule: 'speaker-verb-object',
      rank: 2,
      isStance: true,
    };
  }
  return undefined;
}
