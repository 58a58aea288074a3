import { MAX_ITEMS } from '../../../domain/bulk/input.js';
import { BadArgumentError } from '../../../domain/errors.js';
import { findRegraded, MAX_LOOKED_AT, type Regrading } from '../../../domain/references/regraded.js';
import type { Upserted } from '../../../domain/references/upsert.js';
import { builder } from '../../builder.js';
import { priced, SCAN_COST } from '../../cost.js';
import { showDevelopments } from '../../types/budget.js';
import { ConfidenceEnum } from '../../types/enums/development.js';

const RegradingRef = builder.objectRef<Regrading>('Regrading').implement({
  description: 'A development whose derived confidence differs under the present grades of its sources.',
  fields: (t) => ({
    development: t.field({
      type: 'Development',
      description: 'The development, with the `derivedConfidence` that its revision has.',
      resolve: ({ development }) => development,
    }),
    derivedConfidence: t.expose('derivedConfidence', {
      type: ConfidenceEnum,
      description: 'The confidence that its next revision derives.',
    }),
  }),
});

/** The developments listed by default. */
const DEFAULT_LISTED = 100;

type Types = typeof builder.$inferSchemaTypes;

/** The field of `UpsertSourceSuccess` with the developments that the grade of the source concerns. */
export const regradedField = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Upserted>) => ({
  regraded: t.field({
    ...priced(({ first }: { readonly first: number }) => ({ points: SCAN_COST, times: Math.max(first, 1) })),
    type: [RegradingRef],
    description: `The drafts and published developments that cite the source and whose derived confidence would change, newest first, among the newest ${MAX_LOOKED_AT.toLocaleString('en')} that cite it. They change with their next revision. To regrade them in one act, pass their slugs and revisions to \`bulkChange\` with the action \`regrade\`.`,
    args: {
      first: t.arg.int({
        required: true,
        defaultValue: DEFAULT_LISTED,
        description: `How many, 0 to ${MAX_ITEMS}, which a bulk change takes.`,
      }),
    },
    resolve: async ({ id }, { first }, context) => {
      if (first < 0 || first > MAX_ITEMS) {
        throw new BadArgumentError('first', `Expected first from 0 to ${MAX_ITEMS}; got ${first}.`);
      }
      showDevelopments(context, first);
      const found = await findRegraded(context.db, context.viewer, id, first);
      return [...found];
    },
  }),
});
