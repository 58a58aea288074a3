import type { PrismaObjectRef } from '@pothos/plugin-prisma';
import type { FuzzyDate } from '../../../domain/dates/fuzzy-date.js';
import type { At } from '../../../domain/development/read/view.js';
import type { ReferenceOwner } from '../../../domain/references/lookup.js';
import {
  findOccurrences,
  findOccurrencesAt,
  type OccurrenceKey,
} from '../../../domain/references/occurrences.js';
import type PrismaTypes from '../../../generated/pothos.js';
import { builder } from '../../builder.js';
import type { Context } from '../../context.js';
import { batched } from '../../context.js';
import { OCCURRENCE_COST, pageCost, priced } from '../../cost.js';
import { inGroups } from '../../loaders.js';
import { pastPosition } from '../../node-id.js';
import { DevelopmentConnectionRef, developmentPage, listArgs } from '../../queries/developments.js';
import { FuzzyDateRef } from '../fuzzy-date.js';
import { ActorRef } from './actor.js';
import { DoctrineRef } from './doctrine.js';
import { SourceRef } from './source.js';
import { TopicRef } from './topic.js';
import { TreatyRef } from './treaty.js';
import { WeaponSystemRef } from './weapon-system.js';

interface PastOccurrenceKey extends OccurrenceKey {
  readonly at: At;
}

/** Batches the ends of a request: one statement for all of now, and one for each position of the past. */
const loadOccurrence = batched(1_000, async ({ db }, keys: readonly PastOccurrenceKey[]) => {
  const found = new Map<PastOccurrenceKey, FuzzyDate | null>();
  const groupOf = ({ at }: PastOccurrenceKey) => (at === undefined ? '' : `${at}`);
  await inGroups(keys, groupOf, async (group, { at }) => {
    const nameOf = ({ id, end }: OccurrenceKey) => `${end} ${id}`;
    const distinct = [...new Map(group.map((key) => [nameOf(key), key])).values()];
    const dates =
      at === undefined ? await findOccurrences(db, distinct) : await findOccurrencesAt(db, distinct, at);
    const dateOf = new Map(distinct.map((key, index) => [nameOf(key), dates[index] ?? null]));
    for (const key of group) found.set(key, dateOf.get(nameOf(key)) ?? null);
    return [];
  });
  return keys.map((key) => found.get(key) ?? null);
});

type Types = typeof builder.$inferSchemaTypes;

/**
 * Adds the fields that list the developments of a reference and their first and last dates.
 *
 * @param which The developments, for descriptions.
 */
function addDevelopments<Model extends ReferenceOwner>(
  ref: PrismaObjectRef<Types, PrismaTypes[Model]>,
  owner: Model,
  which: string,
): void {
  const idOf = (row: unknown) => (row as { readonly id: string }).id; // TypeScript cannot reduce the generic row.
  const keyOf = (context: Context, row: unknown, end: OccurrenceKey['end']): PastOccurrenceKey => ({
    ...{ id: idOf(row), end },
    at: pastPosition(context, row as object),
  });
  builder.objectFields(ref, (t) => ({
    developments: t.connection(
      {
        ...priced(pageCost),
        type: 'Development',
        description: `The developments that ${which}, newest first by default.`,
        args: listArgs(t),
        resolve: (row, args, context) =>
          developmentPage(args, context, {
            about: { owner, id: idOf(row) },
            at: pastPosition(context, row as object),
          }),
      },
      DevelopmentConnectionRef,
    ),
    firstOccurred: t.field({
      ...priced({ points: OCCURRENCE_COST }),
      type: FuzzyDateRef,
      nullable: true,
      description: `The date of the earliest of the published developments that ${which}, by EARLIEST. Null if none has a known start.`,
      resolve: (row, _args, context) => loadOccurrence(context, keyOf(context, row, 'first')),
    }),
    lastOccurred: t.field({
      ...priced({ points: OCCURRENCE_COST }),
      type: FuzzyDateRef,
      nullable: true,
      description: `The date of the newest of the published developments that ${which}, by EARLIEST. Null if none has a known start.`,
      resolve: (row, _args, context) => loadOccurrence(context, keyOf(context, row, 'last')),
    }),
  }));
}

// Separate from the types themselves, which the types of developments import.
addDevelopments(ActorRef, 'Actor', 'this actor takes part in');
addDevelopments(DoctrineRef, 'Doctrine', 'concern or change this doctrine');
addDevelopments(SourceRef, 'Source', 'cite this source');
addDevelopments(TopicRef, 'Topic', 'have this topic');
addDevelopments(TreatyRef, 'Treaty', 'concern this treaty');
addDevelopments(WeaponSystemRef, 'WeaponSystem', 'concern this weapon system');
