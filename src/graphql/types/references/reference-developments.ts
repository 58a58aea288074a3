import type { PrismaObjectRef } from '@pothos/plugin-prisma';
import type { ReferenceOwner } from '../../../domain/references/lookup.js';
import { findOccurrences, type OccurrenceKey } from '../../../domain/references/occurrences.js';
import type PrismaTypes from '../../../generated/pothos.js';
import { builder } from '../../builder.js';
import { batched } from '../../context.js';
import { OCCURRENCE_COST, pageCost, priced } from '../../cost.js';
import { DevelopmentConnectionRef, developmentPage, listArgs } from '../../queries/developments.js';
import { FuzzyDateRef } from '../fuzzy-date.js';
import { ActorRef } from './actor.js';
import { DoctrineRef } from './doctrine.js';
import { SourceRef } from './source.js';
import { TopicRef } from './topic.js';
import { TreatyRef } from './treaty.js';
import { WeaponSystemRef } from './weapon-system.js';

const loadOccurrence = batched(1_000, ({ db }, keys: readonly OccurrenceKey[]) => findOccurrences(db, keys));

type Types = typeof builder.$inferSchemaTypes;

/**
 * Adds what the record has about an object of a type.
 *
 * @param which The developments, for descriptions.
 */
function addDevelopments<Model extends ReferenceOwner>(
  ref: PrismaObjectRef<Types, PrismaTypes[Model]>,
  owner: Model,
  which: string,
): void {
  const idOf = (row: unknown) => (row as { readonly id: string }).id; // TypeScript cannot reduce the generic row.
  builder.objectFields(ref, (t) => ({
    developments: t.connection(
      {
        ...priced(pageCost),
        type: 'Development',
        description: `The developments that ${which}, newest first by default.`,
        args: listArgs(t),
        resolve: (row, args, context) => developmentPage(args, context, { about: { owner, id: idOf(row) } }),
      },
      DevelopmentConnectionRef,
    ),
    firstOccurred: t.field({
      ...priced({ points: OCCURRENCE_COST }),
      type: FuzzyDateRef,
      nullable: true,
      description: `The date of the earliest of the published developments that ${which}, by EARLIEST. Null if none has a known start.`,
      resolve: (row, _args, context) => loadOccurrence(context, { id: idOf(row), end: 'first' }),
    }),
    lastOccurred: t.field({
      ...priced({ points: OCCURRENCE_COST }),
      type: FuzzyDateRef,
      nullable: true,
      description: `The date of the newest of the published developments that ${which}, by EARLIEST. Null if none has a known start.`,
      resolve: (row, _args, context) => loadOccurrence(context, { id: idOf(row), end: 'last' }),
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
