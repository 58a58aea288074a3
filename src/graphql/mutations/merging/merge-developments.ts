import { mergeDevelopments } from '../../../domain/merging/developments/merge-developments.js';
import type { MadeMerge, MergeInput } from '../../../domain/merging/request.js';
import { builder } from '../../builder.js';
import { ERRORS } from '../../errors/groups.js';
import { overrideField, writeFields } from '../../inputs/development.js';
import { loadView } from '../../loaders.js';
import { MergeRef } from '../../types/merging/merge.js';
import { argsOf, mutationOptions, successOf, writerOf } from '../define-mutation.js';
import { withInputPath } from '../input-path.js';
import { cursorOf, ExpectedRevisionsInput, loadMerge } from './merge-references.js';

const NAME = 'mergeDevelopments';

const MergeDevelopmentsInput = builder.inputType('MergeDevelopmentsInput', {
  description: 'A merge of two published developments of one kind.',
  fields: (t) => ({
    from: t.string({ required: true, description: 'The slug of the development to retract.' }),
    into: t.string({ required: true, description: 'The slug of the survivor.' }),
    reason: t.string({
      required: true,
      description:
        'The reason, which stands in all revisions of the merge and in the retraction. At most 1,000 characters.',
    }),
    expectedRevisions: t.field({
      type: ExpectedRevisionsInput,
      description: 'The revisions that you have seen. Any if omitted.',
    }),
    ...overrideField(t),
    ...writeFields(t),
  }),
});

const SuccessRef = builder.objectRef<MadeMerge>(successOf(NAME)).implement({
  description: 'The developments are merged.',
  fields: (t) => ({
    development: t.field({
      type: 'Development',
      description: 'The survivor.',
      resolve: async ({ intoId: id }, _args, context) => {
        const view = await loadView(context, { id, at: undefined });
        if (!view) throw new Error(`The development ${id} was written and cannot be read.`);
        return view;
      },
    }),
    merge: t.field({ type: MergeRef, description: 'The merge, to undo it.', resolve: loadMerge }),
    cursor: t.field({
      type: 'Cursor',
      nullable: true,
      description: 'The feed position of the whole merge: that of the retraction. Never null.',
      resolve: (made, _args, context) => cursorOf({ ...made, kind: 'DEVELOPMENT' }, context),
    }),
  }),
});

builder.mutationField(NAME, (t) =>
  t.field({
    ...mutationOptions(NAME, {
      description:
        'Merges a published development into another one of its kind, as one act that `undoMerge` can undo. The survivor gets the citations, claims and links of both, and keeps its other fields. Links to the merged one lead to the survivor. The merged one is retracted with the survivor as its successor. Try it with `mergePreview` first.',
      errors: ERRORS.merge,
    }),
    type: SuccessRef,
    args: argsOf<MergeInput>(t, { input: MergeDevelopmentsInput as never, argument: 'The merge.' }),
    resolve: async (_root, args: unknown, context): Promise<MadeMerge> => {
      const given = (args as { readonly input: MergeInput }).input;
      return mergeDevelopments(writerOf(context), given).catch((error: unknown) => {
        throw withInputPath(error, given);
      });
    },
  }),
);
