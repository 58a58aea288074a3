import { previewBulk } from '../../domain/bulk/change.js';
import type { Planned } from '../../domain/bulk/plan.js';
import { builder } from '../builder.js';
import { PAGED, priced, READ_COST } from '../cost.js';
import { BulkPreviewInput } from '../inputs/bulk.js';
import { BulkPreviewItemRef } from '../types/bulk/outcome.js';

const countOf = (planned: readonly Planned[], outcome: Planned['outcome']) =>
  planned.filter((it) => it.outcome === outcome).length;

const BulkPreviewRef = builder.objectRef<readonly Planned[]>('BulkPreview').implement({
  description: 'What a bulk change would do now. Another editor may change a development before you act.',
  fields: (t) => ({
    items: t.field({
      ...priced(PAGED),
      type: [BulkPreviewItemRef],
      description: 'The developments, in the order of the input.',
      resolve: (planned) => [...planned],
    }),
    changing: t.int({
      description: 'How many would get a revision.',
      resolve: (planned) => countOf(planned, 'CHANGES'),
    }),
    unchanged: t.int({
      description: 'How many have this content already.',
      resolve: (planned) => countOf(planned, 'UNCHANGED'),
    }),
    failing: t.int({
      description: 'How many cannot be changed.',
      resolve: (planned) => countOf(planned, 'FAILS'),
    }),
  }),
});

builder.queryField('bulkPreview', (t) =>
  t.field({
    ...priced(({ input }: { readonly input: { readonly items: readonly unknown[] } }) => ({
      points: READ_COST,
      size: input.items.length,
    })),
    type: BulkPreviewRef,
    nullable: true,
    authScopes: { editor: true },
    description: 'What `bulkChange` would do to each development, and what would fail. Editors only.',
    args: {
      input: t.arg({ type: BulkPreviewInput, required: true, description: 'The bulk change to try.' }),
    },
    resolve: (_root, { input }, { db, viewer }) => previewBulk(db, input, viewer.name ?? ''),
  }),
);
