import type { FieldChange } from '../../domain/development/field-changes.js';
import { builder } from '../builder.js';

const VALUE =
  'in the form in which inputs take it: enums and texts as strings, dates as EDTF, things of the record by slug, lists in their order';

export const FieldChangeRef = builder.objectRef<FieldChange>('FieldChange').implement({
  description: 'A field that a revision changed, with its value before and after.',
  fields: (t) => ({
    field: t.exposeString('field', {
      description:
        "The field's name in the inputs that record and revise, e.g. `occurred` or `topics`; `links` and `externalIds` besides. Claims are told within `citations`.",
    }),
    before: t.field({
      type: 'JSON',
      nullable: true,
      description: `The value before, ${VALUE}; null where it was empty.`,
      resolve: ({ before }) => before,
    }),
    after: t.field({
      type: 'JSON',
      nullable: true,
      description: `The value after, ${VALUE}; null where it is empty now. E.g. \`[{ "actor": "russia", "role": "INITIATOR", "capacity": null }]\` for \`participants\`.`,
      resolve: ({ after }) => after,
    }),
  }),
});
