import { builder } from '../../builder.js';

export const AlternativeNameRef = builder
  .objectRef<{ readonly name: string; readonly language: string }>('AlternativeName')
  .implement({
    description: 'An alternative name of an actor or topic, or an alternative title of a source.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'The name, verbatim.' }),
      language: t.exposeString('language', {
        description: 'The language of the name: a BCP 47 tag, e.g. `uk`. Empty if unknown.',
      }),
    }),
  });
