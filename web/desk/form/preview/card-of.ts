import type { Card, FuzzyDate } from '../../../wire/queries/card.js';
import type { Kind } from '../../address.js';
import type { FormValues } from '../values/form-values.js';

/** Makes the card that readers will see of what a form holds. The server derives the confidence when it is saved. */
export function cardOf(kind: Kind, values: FormValues, date: FuzzyDate | undefined): Card {
  const core = {
    ...{
      id: 'preview',
      slug: 'preview',
      revision: 0,
      status: 'DRAFT' as const,
      disputed: false,
      disputes: [],
    },
    headline: values.headline || 'A headline, in one sentence',
    summary: values.summary,
    occurred: date ?? noDate(values.occurred),
    confidence: (values.confidence || 'LOW') as Card['confidence'],
    citations: values.citations.flatMap(({ key, stance, credibility, source }) =>
      source
        ? {
            key,
            stance: stance as 'SUPPORTS' | 'DISPUTES',
            credibility: Number(credibility),
            source: {
              ...{ id: source.slug, slug: source.slug, title: source.name },
              ...{ publisher: source.publisher || null, reliability: source.reliability },
            },
          }
        : [],
    ),
  };
  switch (kind) {
    case 'STATEMENT':
      return {
        ...core,
        ...{ __typename: 'Statement', kind, speech: values.quotation ? 'QUOTED' : 'REPORTED' },
        quotation: values.quotation || null,
        translation: values.translation || null,
        originalLanguage: values.originalLanguage || null,
        speakers: values.participants.flatMap(({ role, actor, capacity }) =>
          role === 'SPEAKER' && actor
            ? { capacity: capacity || null, actor: { id: actor.slug, slug: actor.slug, name: actor.name } }
            : [],
        ),
      } as Card;
    case 'EVENT':
      return { ...core, __typename: 'Event', kind, type: values.type || 'OTHER', places: [] } as Card;
    case 'DOCTRINE_CHANGE':
      return {
        ...core,
        ...{ __typename: 'DoctrineChange', kind, changeType: values.changeType || 'ADOPTED' },
        doctrine: values.doctrine && { id: values.doctrine.slug, ...values.doctrine },
      } as Card;
  }
}

const noDate = (edtf: string): FuzzyDate => ({
  ...{ edtf, earliest: null, latest: null, precision: 'UNKNOWN', text: edtf || 'A date' },
  ...{ isApproximate: false, isUncertain: false },
});
