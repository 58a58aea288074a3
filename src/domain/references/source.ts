import { z } from 'zod';
import { SourceReliability } from '../../generated/prisma/enums.js';
import { dateColumns } from '../dates/fuzzy-date.js';
import { fuzzyDate, language, name, slug, url } from '../input.js';
import { nameVector } from '../search/vector.js';
import { findableSource, replaceKeys } from './named/keys.js';
import { otherNames, saveNames, wikidataId } from './named/other-names.js';
import { defineUpsert, given } from './upsert.js';

export const sourceInput = z.strictObject({
  slug,
  title: name(500),
  publisher: name(300).nullish(),
  url: url.nullish(),
  language: language.nullish(),
  reliability: z.enum(SourceReliability).nullish(),
  published: fuzzyDate.nullish(),
  retrievedAt: z.date().nullish(),
  wikidataId: wikidataId.nullish(),
  names: otherNames(500).nullish(),
});

export type SourceInput = z.input<typeof sourceInput>;

/**
 * Creates or updates a source. Its reliability is F (cannot be judged) until it is set. `names` replaces all alternative
 * titles; the first of a language is preferred.
 */
export const upsertSource = defineUpsert(
  'Source',
  sourceInput,
  async (tx, { slug, published, reliability, names, ...fields }) => {
    const columns = {
      ...given({ ...fields, publisherWords: nameVector(fields.publisher) }),
      titleWords: nameVector(fields.title),
      ...(published === undefined ? {} : dateColumns('published', published)),
    };
    const { id, ...source } = await tx.source.upsert({
      where: { slug },
      create: { slug, reliability: reliability ?? 'F', ...columns },
      update: { ...columns, ...(reliability ? { reliability } : {}) },
      select: { id: true, title: true, url: true, wikidataId: true },
    });
    const others = await saveNames(tx, 'Source', id, names);
    await replaceKeys(tx, id, findableSource({ ...source, others }));
    return { id };
  },
);
