import { type FuzzyDate, NO_EARLIEST, NO_LATEST } from '../../domain/dates/fuzzy-date.js';
import { describeFuzzyDate } from '../../domain/dates/fuzzy-date-text.js';
import type { DatePrecision } from '../../generated/prisma/client.js';
import { builder } from '../builder.js';
import { DatePrecisionEnum } from './enums.js';

export const FuzzyDateRef = builder.objectRef<FuzzyDate>('FuzzyDate').implement({
  description: 'A date as precise as the evidence and no more.',
  fields: (t) => ({
    edtf: t.exposeString('edtf', {
      description:
        'The date in the Extended Date/Time Format, ISO 8601-2 levels 0 and 1: `2019-08-02`, `2019-08~`, `2019?`, `201X`, `2019-02-01/2019-08-02`, `../2019`, `XXXX`.',
    }),
    earliest: t.field({
      type: 'Date',
      nullable: true,
      description: 'The first day that it can be; null where there is no first.',
      resolve: ({ earliest }) => (earliest === NO_EARLIEST ? null : earliest),
    }),
    latest: t.field({
      type: 'Date',
      nullable: true,
      description: 'The last day that it can be; null where there is no last.',
      resolve: ({ latest }) => (latest === NO_LATEST ? null : latest),
    }),
    precision: t.expose('precision', {
      type: DatePrecisionEnum,
      description: 'How finely the evidence dates it.',
    }),
    text: t.string({
      description: 'The date in English words: `about August 2019`.',
      resolve: ({ edtf }) => describeFuzzyDate(edtf),
    }),
  }),
});

/** The fuzzy date in the columns of a row, which are all there or all null. */
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

/** The fuzzy date in the columns of a row. */
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
