import * as chrono from 'chrono-node';
import type { Sentence } from '../text/sentences.js';
import type { DateMention } from './date-mention.js';
import { relativeDates, wholeYears } from './rules.js';

/** The most characters of a sentence that are searched: chrono's patterns were not made for more. */
const MAX_SENTENCE = 2_000;

const PARSERS: Readonly<Record<string, Pick<chrono.Chrono, 'parse'>>> = {
  en: chrono.en.casual,
  ru: chrono.ru.casual,
  de: chrono.de.casual,
  fr: chrono.fr.casual,
  es: chrono.es.casual,
  pt: chrono.pt.casual,
  nl: chrono.nl.casual,
  uk: chrono.uk.casual,
  ja: chrono.ja.casual,
};

/**
 * Finds dates. Days and months without a year, and words such as `last week`, are read back from the dateline; without one
 * they are left out.
 *
 * @param dateline The day of publication, as `YYYY-MM-DD`.
 */
export function findDates(
  text: string,
  sentences: readonly Sentence[],
  language: string,
  dateline: string | null,
): DateMention[] {
  const reference = dateline === null ? undefined : new Date(`${dateline}T12:00:00Z`);
  const parser = PARSERS[language];
  return sentences.flatMap(({ start, end }) => {
    const part = text.slice(start, Math.min(end, start + MAX_SENTENCE));
    const own = [
      ...relativeDates(part, language, reference),
      ...(parser && HINT.test(part) ? fromChrono(part, parser, reference) : []),
    ];
    const kept: DateMention[] = [];
    for (const one of [...own, ...wholeYears(part)])
      if (!kept.some((other) => one.start < other.end && other.start < one.end)) kept.push(one);
    return kept
      .sort((a, b) => a.start - b.start)
      .map((one) => ({ ...one, start: one.start + start, end: one.end + start }));
  });
}

/** Sentences with none of these have no date. */
const HINT =
  /\p{N}|day|yesterday|tonight|ago|january|february|march|april|may|june|july|august|september|october|november|december|monday|tag|tage|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec|вчера|сегодня|поне|втор|сред|четв|пятн|субб|воскр|янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек|назад|прошл|日|月/iu;

function fromChrono(
  part: string,
  parser: Pick<chrono.Chrono, 'parse'>,
  reference: Date | undefined,
): DateMention[] {
  const results = parser.parse(part, reference ? { instant: reference, timezone: 0 } : undefined);
  return results.flatMap((result) => {
    const edtf = edtfOf(result, reference);
    if (edtf === undefined || isOtherWord(result.text)) return [];
    // Chrono includes the preposition.
    const lead = /^(?:on|in|at|в|на)\s+/iu.exec(result.text)?.[0].length ?? 0;
    const start = result.index + lead;
    const isWhole = result.start.isCertain('year');
    return [
      {
        start,
        end: result.index + result.text.trimEnd().length,
        edtf,
        rule: isWhole ? 'date' : 'date-from-dateline',
        grade: isWhole ? 'A' : 'B',
      } as const,
    ];
  });
}

/** `march`, `may`, `sat` and `sun` in small letters are other words, and a number alone is no date. */
const isOtherWord = (text: string) =>
  /^(?:march|may|sat|sun|mar|now|second|first)$/.test(text.trim()) ||
  /^\d{1,2}(?::\d\d)?\s*(?:am|pm|a\.m\.|p\.m\.)?$/i.test(text.trim());

function edtfOf({ start, end }: chrono.ParsedResult, reference: Date | undefined): string | undefined {
  const first = readBack(start, reference);
  if (first === undefined || !end) return first;
  const last = readBack(end, reference);
  return last === undefined || last <= first ? first : `${first}/${last}`;
}

function readBack(date: chrono.ParsedComponents, reference: Date | undefined): string | undefined {
  const [year, month, day] = [date.get('year') ?? 0, date.get('month') ?? 1, date.get('day') ?? 1];
  const isDay = date.isCertain('day') || date.isCertain('weekday');
  if (!isDay && !date.isCertain('month')) return undefined;
  if (date.isCertain('year')) return isDay ? dayText(year, month, day) : `${pad(year, 4)}-${pad(month)}`;
  if (!reference) return undefined;
  const [thisYear, thisMonth] = [reference.getUTCFullYear(), reference.getUTCMonth() + 1];
  if (!isDay) return `${month > thisMonth ? thisYear - 1 : thisYear}-${pad(month)}`;
  let time = Date.UTC(year, month - 1, day);
  if (time > reference.getTime()) {
    // Articles tell what has happened: the last such day.
    time =
      date.isCertain('weekday') && !date.isCertain('month')
        ? time - 7 * 86_400_000
        : Date.UTC(year - 1, month - 1, day);
  } else if (date.isCertain('month') && !date.isCertain('year') && year < thisYear) {
    const thisOne = Date.UTC(thisYear, month - 1, day);
    if (thisOne <= reference.getTime()) time = thisOne;
  }
  return new Date(time).toISOString().slice(0, 10);
}

const pad = (value: number, length = 2) => String(value).padStart(length, '0');

/** Undefined for days that no month has. */
function dayText(year: number, month: number, day: number): string | undefined {
  const time = new Date(Date.UTC(year, month - 1, day));
  return time.getUTCMonth() === month - 1 ? `${pad(year, 4)}-${pad(month)}-${pad(day)}` : undefined;
}
