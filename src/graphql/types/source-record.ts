import { countAgreement, type SourceAgreement } from '../../domain/references/source-agreement.js';
import { batched } from '../batch.js';
import { builder } from '../builder.js';
import { connectionTypes } from '../connection.js';
import { pageCost } from '../cost.js';
import { developmentPage, listArgs } from '../queries/developments.js';
import { DevelopmentRef } from './development-ref.js';
import { SourceRef } from './source.js';

const loadAgreement = batched(100, ({ db }, ids: readonly string[]) => countAgreement(db, ids));

const AgreementRef = builder.objectRef<SourceAgreement>('SourceAgreement').implement({
  description: 'How the claims of a source stand in the published developments, as they are now.',
  fields: (t) => ({
    preferred: t.exposeInt('preferred', { description: 'How many the record follows.' }),
    normal: t.exposeInt('normal', { description: 'How many stand beside another, or on their own.' }),
    deprecated: t.exposeInt('deprecated', { description: 'How many are held to be wrong.' }),
  }),
});

// What a source is to the record. Apart from source.ts, because citations refer to sources.
builder.objectFields(SourceRef, (t) => ({
  agreement: t.field({
    type: AgreementRef,
    description: 'How often what it claims was preferred, and how often deprecated.',
    resolve: ({ id }, _args, context) => loadAgreement(context, id),
  }),
  developments: t.connection(
    {
      complexity: pageCost,
      type: DevelopmentRef,
      description: 'The developments that cite it, newest first where no order is given.',
      args: listArgs(t),
      resolve: ({ id }, args, context) => developmentPage(args, context, { citing: id }),
    },
    ...connectionTypes('SourceDevelopment', 'developments'),
  ),
}));
