import { z } from 'zod';
import { SourceReliability } from '../../generated/prisma/enums.js';
import { dateColumns } from '../dates/fuzzy-date.js';
import { fuzzyDate, language, slug, text, url } from '../input.js';
import { defineUpsert, given } from './upsert.js';

export const sourceInput = z.strictObject({
  slug,
  title: text(500),
  publisher: text(300).nullish(),
  url: url.nullish(),
  language: language.nullish(),
  reliability: z.enum(SourceReliability).nullish(),
  published: fuzzyDate.nullish(),
  retrievedAt: z.date().nullish(),
});

export type SourceInput = z.input<typeof sourceInput>;

/** Creates or updates a source. Its reliability is F (cannot be judged) until it is set. */
export const upsertSource = defineUpsert(
  'upsertSource',
  sourceInput,
  (tx, { slug, published, reliability, ...fields }) => {
    const columns = {
      ...given(fields),
      ...(published === undefined ? {} : dateColumns('published', published)),
    };
    return tx.source.upsert({
      where: { slug },
      create: { slug, reliability: reliability ?? 'F', ...columns },
      update: { ...columns, ...(reliability ? { reliability } : {}) },
      select: { id: true },
    });
  },
);
