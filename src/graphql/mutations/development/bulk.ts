import { findBulkAct } from '../../../domain/bulk/acts.js';
import { type BulkResult, bulkChange } from '../../../domain/bulk/change.js';
import type { UndoOutcome } from '../../../domain/bulk/outcome.js';
import { undoBulk } from '../../../domain/bulk/undo.js';
import { builder } from '../../builder.js';
import { PAGED, priced } from '../../cost.js';
import { developmentCursor } from '../../entry-cursor.js';
import { ERRORS } from '../../errors/groups.js';
import { BulkChangeInput, UndoBulkInput } from '../../inputs/bulk.js';
import { BulkActRef } from '../../types/bulk/act.js';
import { BulkItemRef } from '../../types/bulk/outcome.js';
import { argsOf, mutationOptions, writerOf } from '../define-mutation.js';
import { withInputPath } from '../input-path.js';

const countOf = (items: BulkResult['items'], outcome: string) =>
  items.filter((item) => item.outcome === outcome).length;

const BulkChangeRef = builder.objectRef<BulkResult>('BulkChangeSuccess').implement({
  description: 'The developments are changed.',
  fields: (t) => ({
    bulk: t.field({
      type: BulkActRef,
      nullable: true,
      description: 'The bulk change, to undo it. Null if nothing has changed.',
      resolve: async ({ id }, _args, { db }) => (id === null ? null : ((await findBulkAct(db, id)) ?? null)),
    }),
    cursor: t.field({
      type: 'Cursor',
      nullable: true,
      description:
        'The cursor that the feed sends with the last change. Null if the feed reports none: for drafts, or if nothing changed.',
      resolve: ({ last }, _args, { db }) => developmentCursor(db, last),
    }),
    items: t.field({
      ...priced(PAGED),
      type: [BulkItemRef],
      description: 'The developments, in the order of the input.',
      resolve: ({ items }) => items,
    }),
    changed: t.int({
      description: 'How many got a revision.',
      resolve: ({ items }) => countOf(items, 'CHANGES'),
    }),
    unchanged: t.int({
      description: 'How many had this content already.',
      resolve: ({ items }) => countOf(items, 'UNCHANGED'),
    }),
    failed: t.int({
      description: 'How many could not be changed. 0 unless `skipFailing` is set.',
      resolve: ({ items }) => countOf(items, 'FAILS'),
    }),
  }),
});

builder.mutationField('bulkChange', (t) =>
  t.field({
    ...mutationOptions('bulkChange', {
      description:
        'Changes many developments in one transaction, as one act. Try it with `bulkPreview` first. The feed reports each change, in the order of the items.',
      errors: ERRORS.bulk,
    }),
    ...priced(({ input }: { readonly input: { readonly items: readonly unknown[] } }) => ({
      points: 1,
      size: input.items.length,
    })),
    type: BulkChangeRef,
    args: argsOf(t, { input: BulkChangeInput, argument: 'The change.' }),
    resolve: (_root, { input: { idempotencyKey, ...input } }, context) =>
      bulkChange(writerOf(context), input, { idempotencyKey }).catch((error: unknown) => {
        throw withInputPath(error, input);
      }),
  }),
);

const UndoOutcomeEnum = builder.enumType('UndoOutcome', {
  description: 'What the undo of a bulk change did to a development.',
  values: {
    REVERTED: { description: 'It has its content from before the bulk change again.' },
    RETRACTED: { description: 'The bulk change had published it, so it is withdrawn.' },
    KEPT: { description: 'It stays as it is: see `reason`.' },
    UNDONE_BEFORE: { description: 'An earlier undo dealt with it.' },
  } as const,
});

const UndoneItemRef = builder.objectRef<UndoOutcome>('UndoneItem').implement({
  description: 'A development of a bulk change that was undone.',
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'The slug of the development.' }),
    outcome: t.expose('outcome', { type: UndoOutcomeEnum, description: 'What the undo did to it.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why it stays as it is, e.g. `changed since by Jo`. Null for the others.',
    }),
  }),
});

/** The developments of a bulk change, for the price of the list. */
const USUAL_ITEMS = 50;

const UndoBulkRef = builder.objectRef<UndoOutcome[]>('UndoBulkSuccess').implement({
  description: 'The bulk change is undone, as far as nothing has changed since.',
  fields: (t) => ({
    items: t.field({
      ...priced({ points: 1, times: USUAL_ITEMS }),
      type: [UndoneItemRef],
      description: 'The developments that the bulk change had changed, ordered by id.',
      resolve: (items) => items,
    }),
  }),
});

builder.mutationField('undoBulk', (t) =>
  t.field({
    ...mutationOptions('undoBulk', {
      description:
        'Undoes a bulk change: restores the earlier content of revised developments, and retracts those it published. Developments that have changed since stay as they are, and so do retractions.',
      errors: ERRORS.undoBulk,
    }),
    type: UndoBulkRef,
    args: argsOf(t, { input: UndoBulkInput, argument: 'The bulk change to undo.' }),
    resolve: (_root, { input }, context) => undoBulk(writerOf(context), input),
  }),
);
