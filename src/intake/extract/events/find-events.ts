import type { Attribution } from '../attribution/attribution.js';
import type { DateMention } from '../dates/date-mention.js';
import type { Mention } from '../names/find-names.js';
import type { ReadText, Sentence } from '../text/sentences.js';
import type { ChangeType, EventType, Grade, Participant, Span } from '../types.js';
import { CHANGE_PATTERNS, EVENT_PATTERNS, POLICY } from './patterns.js';

/** An event or a change of doctrine in a clause. */
export interface Happening extends Span {
  readonly what:
    | { readonly kind: 'EVENT'; readonly type: EventType }
    | {
        readonly kind: 'DOCTRINE_CHANGE';
        readonly type: ChangeType;
        readonly doctrine: string;
        readonly slug: string | null;
      };
  readonly participants: readonly Participant[];
  readonly about: readonly Mention[];
  readonly occurred: string | null;
  readonly isDenial: boolean;
  readonly rule: string;
  readonly grade: Grade;
}

/** Finds events and doctrine changes by their words, one of a kind in a clause. Words in quotation marks are left out. */
export function findHappenings(
  read: ReadText,
  mentions: readonly Mention[],
  dates: readonly DateMention[],
  attributions: readonly Attribution[],
): Happening[] {
  const contents = attributions.filter(({ isStance }) => !isStance).flatMap(({ parts }) => parts);
  return read.sentences.flatMap((sentence) =>
    clausesOf(read.text, sentence).flatMap((clause) =>
      happeningsIn(read.text, sentence, clause, mentions, dates, contents),
    ),
  );
}

/** The most characters of a clause that patterns are tried on. */
const MAX_CLAUSE = 1_000;

/** Divides a sentence where another act begins: at `;`, `, and`, `, after`, `in response to`. Quotations are blanked by their callers. */
function clausesOf(text: string, { start, end, items }: Sentence): Span[] {
  const clauses: Span[] = [];
  let from = start;
  for (const [at, item] of items.entries()) {
    const next = items[at + 1];
    const isBreak =
      item.text === ';' ||
      item.text === '—' ||
      item.text === '–' ||
      (item.text === ',' && next !== undefined && CLAUSE_STARTS.has(next.lower)) ||
      (at > 3 && CONNECTORS.has(item.lower) && item.end - from > 25);
    if (!isBreak) continue;
    clauses.push({ start: from, end: item.start });
    from = item.start;
  }
  clauses.push({ start: from, end });
  return clauses
    .map(({ start: one, end: other }) => ({ start: one, end: Math.min(other, one + MAX_CLAUSE) }))
    .filter((clause) => clause.end - clause.start > 12 && text.slice(clause.start, clause.end).trim() !== '');
}

const CLAUSE_STARTS = new Set([
  'and',
  'but',
  'after',
  'while',
  'which',
  'prompting',
  'following',
  'when',
  'и',
  'но',
  'после',
  'когда',
  'а',
]);
const CONNECTORS = new Set(['after', 'following', 'because', 'before', 'response', 'после']);

function happeningsIn(
  text: string,
  sentence: Sentence,
  clause: Span,
  mentions: readonly Mention[],
  dates: readonly DateMention[],
  contents: readonly Span[],
): Happening[] {
  const words = withoutQuotations(text, sentence, clause);
  const own = mentions.filter(
    ({ start, end }) =>
      start >= clause.start &&
      end <= clause.end &&
      words.slice(start - clause.start, end - clause.start).trim() !== '',
  );
  const found: Happening[] = [];
  const change = changeIn(words, own);
  const base = (act: RegExpExecArray | null) => {
    const at = clause.start + (act?.index ?? 0);
    return {
      ...trimmed(text, clause),
      occurred: dateFor(clause, sentence, dates),
      isDenial: NEGATED.test(words.slice(Math.max(0, (act?.index ?? 0) - 30), act?.index ?? 0)),
      participants: participantsOf(own, at, words, clause),
    };
  };
  if (change) {
    const reported = reportedAt(text, clause.start + change.act.index, contents);
    if (reported === 'PLANNED') return [];
    found.push({
      ...base(change.act),
      ...reported,
      what: change.what,
      about: own.filter(({ referenceKind }) => referenceKind === 'DOCTRINE'),
      rule: 'change-of-doctrine',
      grade: change.what.slug && !reported ? 'C' : 'D',
    });
    return found;
  }
  for (const { type, act, object, kinds } of EVENT_PATTERNS) {
    const match = act.exec(words);
    if (!match) continue;
    const named = own.filter(({ referenceKind }) => kinds.includes(referenceKind));
    if (named.length === 0 && !object?.test(words)) continue;
    const what = { kind: 'EVENT', type } as const;
    const reported = reportedAt(text, clause.start + match.index, contents);
    if (reported === 'PLANNED') continue;
    found.push({
      ...base(match),
      ...reported,
      what,
      about: named,
      rule: `event-${type.toLowerCase().replaceAll('_', '-')}`,
      grade: named.length > 0 && !reported ? 'C' : 'D',
    });
    break;
  }
  return found;
}

/** The content of a statement that the act is in. PLANNED if it says only what may come. */
function reportedAt(text: string, at: number, contents: readonly Span[]): Span | 'PLANNED' | undefined {
  const content = contents.find(({ start, end }) => at >= start && at < end);
  if (!content) return undefined;
  return PLANNED.test(text.slice(content.start, at)) ? 'PLANNED' : trimmed(text, content);
}

const PLANNED =
  /(?<!\p{L})(?:would|could|should|will|may|might|if|plan\p{L}*|prepar\p{L}*|intend\p{L}*|hope\p{L}*|want\p{L}*|ready to|must|бы|если|готов\p{L}*|план\p{L}*|намерен\p{L}*|буд(?:ет|ут))(?!\p{L})/iu;

function changeIn(words: string, own: readonly Mention[]) {
  const policy = POLICY.exec(words);
  const doctrine = own.find(({ referenceKind }) => referenceKind === 'DOCTRINE');
  if (!policy && !doctrine) return undefined;
  const acts: { type: ChangeType; match: RegExpExecArray }[] = CHANGE_PATTERNS.flatMap(({ type, act }) => {
    const match = act.exec(words);
    return match ? [{ type, match }] : [];
  });
  // Of several acts in a clause the first is the one that the subject before it does.
  for (const { type, match } of acts.sort((a, b) => a.match.index - b.match.index)) {
    const name = doctrine?.name ?? phraseAround(words, policy?.index ?? 0);
    return {
      act: match,
      what: {
        kind: 'DOCTRINE_CHANGE' as const,
        type: type === 'ADOPTED' && RENEWED.test(words) ? 'AMENDED' : type,
        doctrine: name,
        slug: doctrine?.slug ?? null,
      },
    };
  }
  return undefined;
}

/** `approved the updated doctrine` changes one that there was. */
const RENEWED =
  /(?<!\p{L})(?:(?:an?|the|its|his)\s(?:\p{L}{1,20}\s)?(?:updated|amended|revised)|new version|обновл[её]нн\p{L}*|нов\p{L}* редакци\p{L}*)(?!\p{L})/iu;

/** `unilateral moratorium on deploying …`: a few words on both sides of the noun. */
function phraseAround(words: string, at: number): string {
  const before =
    words
      .slice(Math.max(0, at - 40), at)
      .split(/\b(?:the|a|an|its|their|his|of|to|that)\s/i)
      .at(-1) ?? '';
  const after = (
    words.slice(at).split(/[,.;:—–]|\s(?:in|by|that|which|after|since|has|have|was|is)\s/)[0] ?? ''
  )
    .split(' ')
    .slice(0, 8)
    .join(' ');
  return `${before.trimStart()}${after}`.trim();
}

const NEGATED = /(?<!\p{L})(?:not|never|no|n't|denied|denies|without|не|отрица\p{L}*)(?!\p{L})/iu;

function withoutQuotations(text: string, { items }: Sentence, { start, end }: Span): string {
  let words = text.slice(start, end);
  for (const { quotation } of items) {
    if (!quotation || quotation.start < start || quotation.end > end) continue;
    words = `${words.slice(0, quotation.start - start)}${' '.repeat(quotation.end - quotation.start)}${words.slice(quotation.end - start)}`;
  }
  return words;
}

function trimmed(text: string, { start, end }: Span): Span {
  const part = text.slice(start, end);
  const lead = /^(?:[\s,;—–]|(?:and|but|и|но|а)\s)*/u.exec(part)?.[0].length ?? 0;
  return { start: start + lead, end: start + part.replace(/[\s,;:.—–]+$/u, '').length };
}

/** The date in the clause, or the only one in the sentence. */
function dateFor(clause: Span, sentence: Span, dates: readonly DateMention[]): string | null {
  const within = (span: Span) => dates.filter(({ start, end }) => start >= span.start && end <= span.end);
  const own = within(clause);
  if (own[0]) return own[0].edtf;
  const all = within(sentence);
  return all.length === 1 ? (all[0]?.edtf ?? null) : null;
}

const ACTORS = new Set(['PERSON', 'STATE', 'ORGANISATION', 'ALLIANCE']);

/** Before the act stands who did it, behind it to whom; behind `with` a partner, behind `in` and `at` the place, behind `by` who did it. */
function participantsOf(own: readonly Mention[], act: number, words: string, clause: Span): Participant[] {
  const participants: Participant[] = [];
  for (const { referenceKind, start, name, slug, by } of own) {
    if (!ACTORS.has(referenceKind) || participants.some((one) => one.name === name)) continue;
    const before = words.slice(Math.max(0, start - clause.start - 14), start - clause.start).toLowerCase();
    const isPlace =
      /\b(?:in|at|near|from|inside|off|в|на)\s(?:the\s)?$/.test(before) &&
      referenceKind === 'STATE' &&
      by === 'FULL';
    const role = isPlace
      ? 'LOCATION'
      : /\b(?:with|с)\s(?:the\s)?$/.test(before)
        ? 'PARTNER'
        : start < act || /\bby\s(?:the\s|president\s)?$/.test(before)
          ? 'ACTOR'
          : 'TARGET';
    participants.push({ role, name, slug });
  }
  return participants;
}
