import type { PrismaObjectRef } from '@pothos/plugin-prisma';
import type { Database } from '../../../database/open.js';
import { findMerge } from '../../../domain/merging/acts.js';
import type { OWNER_OF, ReferenceMergeKind } from '../../../domain/merging/kinds.js';
import { mergeReferences } from '../../../domain/merging/references/merge-references.js';
import type { MadeMerge, MergeInput } from '../../../domain/merging/request.js';
import { type UndoMergeInput, type UndoneMerge, undoMerge } from '../../../domain/merging/undo.js';
import type PrismaTypes from '../../../generated/pothos.js';
import { builder } from '../../builder.js';
import type { Context } from '../../context.js';
import { developmentCursor, referenceCursor } from '../../entry-cursor.js';
import { ERRORS } from '../../errors/groups.js';
import { overrideField, writeFields } from '../../inputs/development.js';
import { MergeRef } from '../../types/merging/merge.js';
import { ActorRef } from '../../types/references/actor.js';
import { DoctrineRef } from '../../types/references/doctrine.js';
import { SourceRef } from '../../types/references/source.js';
import { TopicRef } from '../../types/references/topic.js';
import { WeaponSystemRef } from '../../types/references/weapon-system.js';
import { argsOf, mutationOptions, successOf, writerOf } from '../define-mutation.js';
import { withInputPath } from '../input-path.js';

type Types = typeof builder.$inferSchemaTypes;

export const ExpectedRevisionsInput = builder.inputType('ExpectedRevisionsInput', {
  description: 'The revisions of two entries that you have seen. The merge is refused if either has changed.',
  fields: (t) => ({
    from: t.int({ description: 'The revision of the entry to merge: `MergePreview.fromRevision`.' }),
    into: t.int({ description: 'The revision of the survivor: `MergePreview.intoRevision`.' }),
  }),
});

const UndoMergeInputRef = builder.inputType('UndoMergeInput', {
  description: 'A merge to undo.',
  fields: (t) => ({
    merge: t.id({ required: true, description: 'The key of the merge.' }),
    reason: t.string({ description: 'The reason. At most 1,000 characters.' }),
    ...overrideField(t),
    ...writeFields(t),
  }),
});

/** Reads the merge that a mutation has made or undone. */
export const loadMerge = async ({ id }: { readonly id: string }, _args: object, { db }: Context) => {
  const merge = await findMerge(db, id);
  if (!merge) throw new Error(`The merge ${id} was written and cannot be read.`);
  return merge;
};

/** Returns the position of the last change of a merge, or of its undo. */
export const cursorOf = (
  { kind, fromId: id, revision }: UndoneMerge,
  { db }: Pick<Context, 'db'>,
): Promise<string | null> =>
  kind === 'DEVELOPMENT' ? developmentCursor(db, { id, revision }) : referenceCursor(db, { id, revision });

interface MergeMutation {
  readonly kind: ReferenceMergeKind;
  /** Plural, in the name of the mutation and in descriptions. */
  readonly plural: string;
  readonly noun: string;
  /** The field of the success type with the survivor. */
  readonly field: string;
  rows(db: Database): { findUniqueOrThrow(query: { where: { id: string } }): PromiseLike<object> };
}

function addMergeMutation<Model extends (typeof OWNER_OF)[ReferenceMergeKind]>(
  ref: PrismaObjectRef<Types, PrismaTypes[Model]>,
  { kind, plural, noun, field, rows }: MergeMutation,
): void {
  const name = `merge${plural}`;
  const success = builder.objectRef<MadeMerge>(successOf(name)).implement({
    description: `The ${noun} is merged.`,
    fields: (t) => ({
      [field]: t.prismaField({
        type: ref,
        description: 'The survivor.',
        // The plugin infers the row type from a known model; here it can be any of five.
        resolve: (query, { intoId }, _args, { db }) =>
          rows(db).findUniqueOrThrow({ ...query, where: { id: intoId } }) as never,
      }),
      merge: t.field({ type: MergeRef, description: 'The merge, to undo it.', resolve: loadMerge }),
      cursor: t.field({
        type: 'Cursor',
        nullable: true,
        description: 'The feed position of the whole merge: that of its last change. Never null.',
        resolve: (made, _args, context) => cursorOf({ ...made, kind }, context),
      }),
    }),
  });
  const input = builder.inputType(`Merge${plural}Input`, {
    description: `A merge of two ${noun}s.`,
    fields: (t) => ({
      from: t.string({ required: true, description: `The slug of the ${noun} to merge.` }),
      into: t.string({ required: true, description: 'The slug of the survivor.' }),
      reason: t.string({
        required: true,
        description: 'The reason, which stands in all revisions of the merge. At most 1,000 characters.',
      }),
      expectedRevisions: t.field({
        type: ExpectedRevisionsInput,
        description: 'The revisions that you have seen. Any if omitted.',
      }),
      ...(kind === 'TOPIC' ? {} : overrideField(t)),
      ...writeFields(t),
    }),
  });
  builder.mutationField(name, (t) =>
    t.field({
      ...mutationOptions(name, {
        description: `Merges ${kind === 'ACTOR' ? 'an' : 'a'} ${noun} into another one, as one act that \`undoMerge\` can undo. Every development and reference that refers to it gets a revision that refers to the survivor. From then on its slug, id and names lead to the survivor; with \`asOf\` before the merge, they lead to itself. Try it with \`mergePreview\` first.`,
        errors: kind === 'TOPIC' ? ERRORS.mergeTopics : ERRORS.merge,
      }),
      type: success,
      args: argsOf<MergeInput>(t, { input: input as never, argument: 'The merge.' }),
      resolve: async (_root, args: unknown, context): Promise<MadeMerge> => {
        const given = (args as { readonly input: MergeInput }).input;
        return mergeReferences(writerOf(context), kind, given).catch((error: unknown) => {
          throw withInputPath(error, given);
        });
      },
    }),
  );
}

addMergeMutation(ActorRef, {
  ...{ kind: 'ACTOR', plural: 'Actors', noun: 'actor', field: 'actor' },
  rows: ({ actor }) => actor,
});
addMergeMutation(SourceRef, {
  ...{ kind: 'SOURCE', plural: 'Sources', noun: 'source', field: 'source' },
  rows: ({ source }) => source,
});
addMergeMutation(TopicRef, {
  ...{ kind: 'TOPIC', plural: 'Topics', noun: 'topic', field: 'topic' },
  rows: ({ topic }) => topic,
});
addMergeMutation(WeaponSystemRef, {
  ...{ kind: 'WEAPON_SYSTEM', plural: 'WeaponSystems', noun: 'weapon system', field: 'weaponSystem' },
  rows: ({ weaponSystem }) => weaponSystem,
});
addMergeMutation(DoctrineRef, {
  ...{ kind: 'DOCTRINE', plural: 'Doctrines', noun: 'doctrine', field: 'doctrine' },
  rows: ({ doctrine }) => doctrine,
});

const UndoMergeRef = builder.objectRef<UndoneMerge>('UndoMergeSuccess').implement({
  description: 'The merge is undone.',
  fields: (t) => ({
    merge: t.field({ type: MergeRef, description: 'The merge that was undone.', resolve: loadMerge }),
    cursor: t.field({
      type: 'Cursor',
      nullable: true,
      description: 'The feed position of the whole undo: that of its last change. Never null.',
      resolve: (undone, _args, context) => cursorOf(undone, context),
    }),
  }),
});

builder.mutationField('undoMerge', (t) =>
  t.field({
    ...mutationOptions('undoMerge', {
      description:
        'Undoes a merge: restores the earlier content of everything it changed. If any of it was changed since, nothing is undone, and the error lists who changed what. The judgement that the two are the SAME stays.',
      errors: ERRORS.undoMerge,
    }),
    type: UndoMergeRef,
    args: argsOf<UndoMergeInput>(t, { input: UndoMergeInputRef as never, argument: 'The merge to undo.' }),
    resolve: async (_root, args: unknown, context): Promise<UndoneMerge> => {
      const { input } = args as { readonly input: UndoMergeInput };
      return undoMerge(writerOf(context), input);
    },
  }),
);
