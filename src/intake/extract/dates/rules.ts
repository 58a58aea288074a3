import type { DateMention } from './date-mention.js';

const DAY = 86_400_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** `last week`, `this month`, `earlier this year`, `summer 2019`, `the 1990s`: dates that are no day. */
export function relativeDates(text: string, language: string, reference: Date | undefined): DateMention[] {
  const rules = language === 'ru' ? RUSSIAN : language === 'en' ? ENGLISH : [];
  return rules.flatMap(({ pattern, rule, read }) =>
    [...text.matchAll(pattern)].flatMap((match): DateMention[] => {
      const edtf = read(match, reference);
      return edtf === undefined
        ? []
        : [{ start: match.index, end: match.index + match[0].length, edtf, rule, grade: 'B' }];
    }),
  );
}

/** Years of the time that the record is about. A number with a unit behind it is no year. */
export function wholeYears(text: string): DateMention[] {
  return [
    ...text.matchAll(
      /(?<![\p{L}\p{N}.,$€£-])(?:19[3-9]\d|20[0-4]\d)(?![\p{L}\p{N}%]|[-–]\p{L}|[.,]\d|\s(?:km|missiles|kilomet|miles|troops|people|warheads|ракет|км))/gu,
    ),
  ].map((match) => ({
    start: match.index,
    end: match.index + 4,
    edtf: match[0],
    rule: 'year',
    grade: 'B',
  }));
}

interface Rule {
  readonly pattern: RegExp;
  readonly rule: string;
  read(match: RegExpMatchArray, reference: Date | undefined): string | undefined;
}

function week(reference: Date | undefined, weeks: number): string | undefined {
  if (!reference) return undefined;
  const monday = reference.getTime() - ((reference.getUTCDay() + 6) % 7) * DAY + weeks * 7 * DAY;
  return `${dayOf(monday)}/${dayOf(monday + 6 * DAY)}`;
}

function month(reference: Date | undefined, months: number): string | undefined {
  return (
    reference && dayOf(Date.UTC(reference.getUTCFullYear(), reference.getUTCMonth() + months, 15)).slice(0, 7)
  );
}

const year = (reference: Date | undefined, years: number) =>
  reference && String(reference.getUTCFullYear() + years);

const STEPS: Readonly<Record<string, number>> = { last: -1, past: -1, previous: -1, this: 0, next: 1 };
const SEASONS: Readonly<Record<string, string>> = {
  spring: '21',
  summer: '22',
  autumn: '23',
  fall: '23',
  winter: '24',
};

const ENGLISH: readonly Rule[] = [
  {
    pattern: /\b(last|past|previous|this|next) week\b/gi,
    rule: 'week',
    read: ([, step = ''], reference) => week(reference, STEPS[step.toLowerCase()] ?? 0),
  },
  {
    pattern: /\b(last|past|previous|this|next) month\b/gi,
    rule: 'month',
    read: ([, step = ''], reference) => month(reference, STEPS[step.toLowerCase()] ?? 0),
  },
  {
    pattern: /\b(last|past|previous|this|next) year\b/gi,
    rule: 'year',
    read: ([, step = ''], reference) => year(reference, STEPS[step.toLowerCase()] ?? 0),
  },
  {
    pattern: /\b(spring|summer|autumn|fall|winter)(?: of)? ((?:19|20)\d\d)\b/gi,
    rule: 'season',
    read: ([, season = '', of]) => `${of}-${SEASONS[season.toLowerCase()]}`,
  },
  { pattern: /\b(?:the )?((?:19|20)\d)0s\b/g, rule: 'decade', read: ([, decade]) => `${decade}X` },
  {
    pattern: /\blast (spring|summer|autumn|fall|winter)\b/gi,
    rule: 'season',
    read: ([, season = ''], reference) =>
      reference &&
      `${reference.getUTCFullYear() - (reference.getUTCMonth() < 8 ? 1 : 0)}-${SEASONS[season.toLowerCase()]}`,
  },
];

const RUSSIAN: readonly Rule[] = [
  {
    pattern: /(?<!\p{L})(?:на )?(прошлой|минувшей|этой) неделе(?!\p{L})/giu,
    rule: 'week',
    read: ([, step = ''], reference) => week(reference, step.toLowerCase() === 'этой' ? 0 : -1),
  },
  {
    pattern: /(?<!\p{L})в (прошлом|этом) месяце(?!\p{L})/giu,
    rule: 'month',
    read: ([, step = ''], reference) => month(reference, step.toLowerCase() === 'этом' ? 0 : -1),
  },
  {
    pattern: /(?<!\p{L})в (прошлом|этом) году(?!\p{L})/giu,
    rule: 'year',
    read: ([, step = ''], reference) => year(reference, step.toLowerCase() === 'этом' ? 0 : -1),
  },
];
