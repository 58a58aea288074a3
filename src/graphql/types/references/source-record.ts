import { countAgreement, type SourceAgreement } from '../../../domain/references/source-agreement.js';
import { builder } from '../../builder.js';
import { batched } from '../../context.js';
import { priced, SCAN_COST } from '../../cost.js';
import { SourceRef } from './source.js';

const loadAgreement = batched(100, ({ db }, ids: readonly string[]) => countAgreement(db, ids));

const AgreementRef = builder.objectRef<SourceAgreement>('SourceAgreement').implement({
  description: 'The number of claims of a source at each rank, in currently published developments.',
  fields: (t) => ({
    preferred: t.exposeInt('preferred', {
      description: 'The number of claims that set the value of a field.',
    }),
    normal: t.exposeInt('normal', { description: 'The number of claims that are alternatives or unranked.' }),
    deprecated: t.exposeInt('deprecated', { description: 'The number of claims that are considered wrong.' }),
  }),
});

// Separate from source.ts, which the types of developments import.
builder.objectFields(SourceRef, (t) => ({
  agreement: t.field({
    ...priced({ points: SCAN_COST }),
    type: AgreementRef,
    description: 'The ranks of the claims of this source in published developments.',
    resolve: ({ id }, _args, context) => loadAgreement(context, id),
  }),
}));
