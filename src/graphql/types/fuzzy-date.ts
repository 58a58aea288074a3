import { DATE_WORDS } from '../../domain/dates/date-words.js';
import { type FuzzyDate, NO_EARLIEST, NO_LATEST } from '../../domain/dates/fuzzy-date.js';
import { describeFuzzyDate } from '../../domain/dates/fuzzy-date-text.js';
import { isApproximate, isUncertain, timeSpanOf } from '../../domain/dates/qualifiers.js';
import type { DatePrecision } from '../../generated/prisma/client.js';
import { builder } from '../builder.js';
import { DatePrecisionEnum } from './enums/development.js';

export const FuzzyDateRef = builder.objectRef<FuzzyDate>('FuzzyDate').implement({
  description: 'A date that is only as precise as the evidence.',
  fields: (t) => ({
    edtf: t.exposeString('edtf', {
      description:
        'The date in the Extended Date/Time Format (EDTF, ISO 8601-2 levels 0 and 1), e.g. `2019-08-02`, `2019-08~` (approximate), `2019?` (uncertain), `201X` (2010s), `20XX` (2000 to 2099), `2019-02-01/2019-08-02`, `../2019` (until 2019), `/2019` (until 2019, start unknown), `XXXX` (unknown), `2019-08-02T10:00+03:00`. Times can be ends of intervals.',
    }),
    earliest: t.field({
      type: 'Date',
      nullable: true,
      description:
        'The earliest possible day. Approximate and uncertain dates reach beyond what they state: a day by 3 days, a month by 1 month, a season by 3 months, a year by 1 year. A time with an offset can mean the day as written and the day in UTC. Null if the start is open or unknown.',
      resolve: ({ earliest }) => (earliest === NO_EARLIEST ? null : earliest),
    }),
    latest: t.field({
      type: 'Date',
      nullable: true,
      description:
        'The latest possible day, as `earliest` is the earliest. A season lasts until the end of the February after its year, because it names no hemisphere. Null if the end is open or unknown.',
      resolve: ({ latest }) => (latest === NO_LATEST ? null : latest),
    }),
    precision: t.expose('precision', {
      type: DatePrecisionEnum,
      description: 'The precision of the date.',
    }),
    isApproximate: t.boolean({
      description: 'Whether the date, or an end of the interval, is approximate (`~` or `%`).',
      resolve: ({ edtf }) => isApproximate(edtf),
    }),
    isUncertain: t.boolean({
      description: 'Whether the date, or an end of the interval, is uncertain (`?` or `%`).',
      resolve: ({ edtf }) => isUncertain(edtf),
    }),
    start: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'The instant at which the stated minute or second begins. Null unless the date has a time with an offset, or is an interval between two.',
      resolve: ({ edtf }) => timeSpanOf(edtf)?.start ?? null,
    }),
    end: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'The instant at which the stated minute or second ends; it is the first one after it. Null unless the date has a time with an offset, or is an interval between two.',
      resolve: ({ edtf }) => timeSpanOf(edtf)?.end ?? null,
    }),
    text: t.string({
      description: 'The date in words, e.g. `about August 2019`.',
      args: {
        language: t.arg.string({
          required: true,
          defaultValue: 'en',
          description: `The language: a BCP 47 tag. Has words for ${Object.keys(DATE_WORDS).join(', ')}; all others get English. With a region, dates are written as there: \`en-US\`.`,
        }),
      },
      resolve: ({ edtf }, { language }) => describeFuzzyDate(edtf, language),
    }),
  }),
});

/** Reads a fuzzy date from its four columns, which are either all set or all null. */
export function fuzzyDateOrNull(
  edtf: string | null,
  earliest: Date | null,
  latest: Date | null,
  precision: DatePrecision | null,
): FuzzyDate | null {
  return edtf && earliest && latest && precision
    ? { edtf, earliest: dayOf(earliest), latest: dayOf(latest), precision }
    : null;
}

/** Reads a fuzzy date from its four columns. */
export const fuzzyDateOf = (
  edtf: string,
  earliest: Date,
  latest: Date,
  precision: DatePrecision,
): FuzzyDate => ({
  edtf,
  earliest: dayOf(earliest),
  latest: dayOf(latest),
  precision,
});

const dayOf = (date: Date) => date.toISOString().slice(0, 10);
