import { type Attribution, quotationKindOf } from './attribution/attribution.js';
import type { DateMention } from './dates/date-mention.js';
import type { Happening } from './events/find-events.js';
import type { Mention } from './names/find-names.js';
import type { ReadText } from './text/sentences.js';
import type {
  DevelopmentSuggestion,
  DoctrineChangeSuggestion,
  EventSuggestion,
  Span,
  Speaker,
  StatementSuggestion,
} from './types.js';

/** Makes suggestions of what was found. */
export function toDevelopments(
  read: ReadText,
  attributions: readonly Attribution[],
  speakers: readonly (Speaker | null)[],
  happenings: readonly Happening[],
  dates: readonly DateMention[],
  mentions: readonly Mention[],
): DevelopmentSuggestion[] {
  const events = happenings.map((happening) => happeningSuggestion(read.text, happening));
  const statements = attributions.map((attribution, index) =>
    statementOf(read, attribution, speakers[index] ?? null, dates, mentions),
  );
  // `Moscow announced a moratorium` is the change itself, not words about it.
  const isAct = (one: StatementSuggestion) =>
    one.fields.isStance && events.some(({ start, end }) => one.start >= start && one.end <= end);
  return [...statements.filter((one) => !isAct(one)), ...events];
}

function statementOf(
  read: ReadText,
  attribution: Attribution,
  speaker: Speaker | null,
  dates: readonly DateMention[],
  mentions: readonly Mention[],
): StatementSuggestion {
  const { parts, cue, rule, grade, isDenial, isStance } = attribution;
  const start = Math.min(...parts.map((part) => part.start));
  const end = Math.max(...parts.map((part) => part.end));
  const sentence = read.sentences[attribution.sentence];
  const inside = (span: Span) => parts.some((part) => span.start >= part.start && span.end <= part.end);
  const own = sentence
    ? dates.filter((date) => date.start >= sentence.start && date.end <= sentence.end && !inside(date))
    : [];
  const quoted = read.quotations.filter(
    (quotation) =>
      quotation.start < end &&
      quotation.end > start &&
      parts.some((part) => quotation.start < part.end && quotation.end > part.start),
  );
  return {
    kind: 'STATEMENT',
    key: `statement:${start}`,
    excerpt: read.text.slice(start, end),
    start,
    end,
    rule,
    grade,
    fields: {
      quotation: quotationKindOf(read.text, parts, read.quotations),
      parts,
      quoted: quoted.map(({ inner }) => read.text.slice(inner.start, inner.end)),
      cue,
      speaker,
      occurred: nearest(own, cue ?? { start, end })?.edtf ?? null,
      isDenial,
      isStance,
      setting: settingOf(read.text, sentence, parts, mentions),
    },
  };
}

const nearest = (dates: readonly DateMention[], { start }: Span): DateMention | undefined =>
  dates.reduce<DateMention | undefined>(
    (best, date) =>
      best === undefined || Math.abs(date.start - start) < Math.abs(best.start - start) ? date : best,
    undefined,
  );

/** `in an interview with TASS`, `at a press conference`, `told the agency`: the words of the text outside the content. */
function settingOf(
  text: string,
  sentence: Span | undefined,
  parts: readonly Span[],
  mentions: readonly Mention[],
): string | null {
  if (!sentence) return null;
  const words = text.slice(sentence.start, sentence.end);
  const match = SETTING.exec(words);
  if (match) {
    const at = sentence.start + match.index;
    if (!parts.some((part) => at >= part.start && at < part.end)) return match[0].replace(/[\s,]+$/u, '');
  }
  const outlet = mentions.find(
    ({ referenceKind, start, end }) =>
      referenceKind === 'OUTLET' &&
      start >= sentence.start &&
      end <= sentence.end &&
      !parts.some((part) => start >= part.start && start < part.end),
  );
  return outlet?.name ?? null;
}

const SETTING =
  /(?<!\p{L})(?:in|at|during|to|в|на)\s(?:an?\s|the\s|his\s|her\s|its\s)?(?:\p{L}+\s){0,2}(?:interview|address|speech|briefing|press conference|news conference|statement|letter|article|meeting|hearing|интервью|послании|выступлении|брифинге|пресс-конференции|заявлении|совещании)(?:\s(?:with|to|of|for|by|с|к)\s(?:the\s)?(?:\p{Lu}[\p{L}-]*\s?){1,4})?/u;

function happeningSuggestion(
  text: string,
  { start, end, what, participants, about, occurred, isDenial, rule, grade }: Happening,
): EventSuggestion | DoctrineChangeSuggestion {
  const base = { excerpt: text.slice(start, end), start, end, rule, grade };
  if (what.kind === 'DOCTRINE_CHANGE') {
    return {
      ...base,
      kind: 'DOCTRINE_CHANGE',
      key: `change:${start}`,
      fields: {
        changeType: what.type,
        doctrine: what.doctrine,
        slug: what.slug,
        participants,
        occurred,
        isDenial,
      },
    };
  }
  return {
    ...base,
    kind: 'EVENT',
    key: `event:${start}`,
    fields: {
      eventType: what.type,
      participants,
      about: about.flatMap(({ referenceKind, slug }) => (slug === null ? [] : [{ referenceKind, slug }])),
      occurred,
      isDenial,
    },
  };
}
