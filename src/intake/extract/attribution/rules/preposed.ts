import type { Item } from '../../text/items.js';
import { isSign, type Subject, subjectAfter } from '../clause.js';
import { contentEnd } from '../content.js';
import type { CueVerb, Lexicon } from '../lexicon.js';
import { complementOf } from './complement.js';
import { type Found, isDenied } from './found.js';
import { beforeAdverbs, PROGRESSIVE } from './verb-here.js';

/** `The minister said that …`, `saying …`, `praised …` */
export function preposed(
  items: readonly Item[],
  at: number,
  verb: CueVerb,
  subject: Subject | undefined,
  lexicon: Lexicon,
): Found | undefined {
  if (!subject && !verb.isParticiple) return openingVerb(items, at, verb, lexicon);
  if (verb.isBase && !canBeFinite(items, at, subject)) return undefined;
  const seeming = seems(items, at, verb, subject);
  if (seeming) return seeming;
  const relative = relativeContent(items, at, verb, subject, lexicon);
  if (relative) return relative;
  const content = complementOf(items, at, verb, lexicon);
  if (!content || content.to <= content.from) return undefined;
  const isShared = !subject || subject.kind === 'SHARED';
  return {
    contents: [content],
    cue: { from: at, to: content.cueEnd },
    source: isShared ? null : subject,
    isShared,
    rule: content.rule,
    rank: content.rank,
    isDenial: isDenied(items, at, verb, lexicon),
    isStance: content.isStance,
  };
}

/** `Said the minister: “…”` */
function openingVerb(items: readonly Item[], at: number, verb: CueVerb, lexicon: Lexicon): Found | undefined {
  if (at !== 0 || !verb.takes.has('SAY')) return undefined;
  const source = subjectAfter(items, at, lexicon);
  const next = source && items[source.to];
  if (!source || !isSign(next, ',:') || items[source.to + 1]?.type !== 'QUOTATION') return undefined;
  const content = { from: source.to + 1, to: contentEnd(items, source.to + 1, lexicon) };
  return {
    contents: [content],
    cue: { from: 0, to: 1 },
    source,
    isShared: false,
    rule: 'verb-speaker-quote',
    rank: 1,
    isDenial: verb.isDenial,
    isStance: false,
  };
}

/** `they say`, not `to say`: the form is also the infinitive. */
function canBeFinite(items: readonly Item[], at: number, subject: Subject | undefined): boolean {
  const before = items[at - 1];
  if (!before || !subject) return false;
  if (before.lower === 'to') return false;
  return true;
}

/** `the missile, which officials said was tested`: the content is around the verb. */
function relativeContent(
  items: readonly Item[],
  at: number,
  verb: CueVerb,
  subject: Subject | undefined,
  lexicon: Lexicon,
): Found | undefined {
  if (subject?.kind !== 'PHRASE' || !verb.takes.has('CLAUSE')) return undefined;
  const relative = items[subject.from - 1];
  const next = items[at + 1];
  if (
    !relative ||
    !['which', 'who', 'that', 'whom'].includes(relative.lower) ||
    !next ||
    !FINITE.has(next.lower)
  )
    return undefined;
  const to = contentEnd(items, at + 1, lexicon);
  return {
    contents: [
      { from: subject.from - 1, to: subject.from },
      { from: at + 1, to },
    ],
    cue: { from: at, to: at + 1 },
    source: subject,
    isShared: false,
    rule: 'relative-speaker-verb',
    rank: 1,
    isDenial: isDenied(items, at, verb, lexicon),
    isStance: false,
  };
}

const FINITE = new Set(
  'is are was were will would could should may might must can has have had does did do'.split(' '),
);

/** `The talks seem to …`, `the vote is expected to …`: the subject is a part of the content, and nobody is named. */
function seems(
  items: readonly Item[],
  at: number,
  verb: CueVerb,
  subject: Subject | undefined,
): Found | undefined {
  const word = items[at]?.lower ?? '';
  const isPassive = PASSIVES.has(word) && isAuxiliary(beforeAdverbs(items, at));
  if (!verb.takes.has('SEEM') && !isPassive) return undefined;
  const next = items[at + 1];
  if (next?.lower !== 'to' || !subject || subject.kind === 'SHARED') return undefined;
  let to = at + 1;
  while (to < items.length && !isSign(items[to], ',;:—–')) to += 1;
  while (to > at + 1 && items[to - 1]?.type === 'SIGN') to -= 1;
  return {
    contents: [subject, { from: at + 1, to }],
    cue: { from: at, to: at + 1 },
    source: null,
    isShared: false,
    rule: 'it-seems',
    rank: 2,
    isDenial: false,
    isStance: true,
  };
}

/** `is`, `isn't`, `’s` */
const isAuxiliary = (item: Item | undefined) =>
  item !== undefined && PROGRESSIVE.has(item.lower.replace(/n['’]t$/, '').replace(/^.*['’]s$/, 'is'));

const PASSIVES = new Set([
  'expected',
  'believed',
  'said',
  'reported',
  'thought',
  'rumored',
  'alleged',
  'known',
  'considered',
  'seen',
  'projected',
]);
