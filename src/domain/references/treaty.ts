import { z } from 'zod';
import { TreatyState } from '../../generated/prisma/enums.js';
import { asDate } from '../dates/fuzzy-date.js';
import { fuzzyDate, listOf, name, slug, text } from '../input.js';
import { nameVector } from '../search/vector.js';
import { findReferences } from './lookup.js';
import { replaceKeys } from './named/keys.js';
import { defineUpsert, given } from './upsert.js';

export const treatyInput = z.strictObject({
  slug,
  name: name(300),
  abbreviation: name(50).nullish(),
  summary: text(5_000).nullish(),
  parties: listOf(slug, 300).nullish(),
  states: listOf(
    z.strictObject({ state: z.enum(TreatyState), since: fuzzyDate, note: text(1_000).nullish() }),
    50,
  ).nullish(),
});

export type TreatyInput = z.input<typeof treatyInput>;

/** Creates or updates a treaty. `parties` and `states` replace the existing ones. */
export const upsertTreaty = defineUpsert(
  'Treaty',
  treatyInput,
  async (tx, { slug, parties, states, ...fields }) => {
    const refs = await findReferences(tx, { Actor: parties ?? [] });
    const columns = {
      ...given({ ...fields, abbreviationWords: nameVector(fields.abbreviation) }),
      nameWords: nameVector(fields.name),
    };
    const { id, name, abbreviation } = await tx.treaty.upsert({
      where: { slug },
      create: { slug, ...columns },
      update: columns,
      select: { id: true, name: true, abbreviation: true },
    });
    await replaceKeys(tx, id, {
      owner: 'Treaty',
      names: [name, ...(abbreviation === null ? [] : [abbreviation])],
    });
    if (parties !== undefined) {
      await tx.treatyParty.deleteMany({ where: { treatyId: id } });
      await tx.treatyParty.createMany({
        data: (parties ?? []).map((party, ordinal) => ({
          treatyId: id,
          actorId: refs.id('Actor', party),
          ordinal,
        })),
        skipDuplicates: true,
      });
    }
    if (states !== undefined) {
      await tx.treatyStatus.deleteMany({ where: { treatyId: id } });
      await tx.treatyStatus.createMany({
        data: (states ?? []).map(({ state, since, note }) => ({
          treatyId: id,
          state,
          sinceEdtf: since.edtf,
          sinceEarliest: asDate(since.earliest),
          sinceLatest: asDate(since.latest),
          sincePrecision: since.precision,
          note: note ?? null,
        })),
        skipDuplicates: true,
      });
    }
    return { id };
  },
);
