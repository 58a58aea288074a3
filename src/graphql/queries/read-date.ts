import { parseFuzzyDate } from '../../domain/dates/fuzzy-date.js';
import { InvalidInputError } from '../../domain/errors.js';
import { builder } from '../builder.js';
import { FuzzyDateRef } from '../types/fuzzy-date.js';

builder.queryField('readDate', (t) =>
  t.field({
    type: FuzzyDateRef,
    nullable: true,
    description:
      'Reads a date in EDTF as the inputs of mutations do, so that a form can show what an entry means: `2019-08~` is "about August 2019", from 1 July to 30 September. It does not read the record.',
    args: {
      edtf: t.arg.string({
        required: true,
        description: 'The date, e.g. `2019-08-02`, `2019-08~`, `2019?` or `../2019`.',
      }),
    },
    errors: {
      types: [InvalidInputError],
      union: {
        name: 'ReadDateResult',
        description: 'The date, or the reason why the text is not one.',
      },
    },
    resolve: (_root, { edtf }) => parseFuzzyDate(edtf, 'edtf'),
  }),
);
