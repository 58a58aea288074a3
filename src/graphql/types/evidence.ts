import { claimText } from '../../domain/development/claim-values.js';
import type { CitationContent, ClaimContent } from '../../domain/development/content.js';
import type { CompetingValue, Dispute } from '../../domain/development/disputes.js';
import type { DevelopmentView } from '../../domain/development/view.js';
import { builder } from '../builder.js';
import { loadReference } from '../loaders.js';
import { CitationStanceEnum, ClaimFieldEnum, ClaimRankEnum } from './enums.js';
import { SourceRef } from './source.js';

/** A part of a development, with the development that it is part of. */
export interface Of<Part> {
  readonly part: Part;
  readonly view: DevelopmentView;
}

/** Parts of a development, each with it. */
export const partsOf = <Part>(view: DevelopmentView, parts: readonly Part[]): Of<Part>[] =>
  parts.map((part) => ({ part, view }));

/** What a claim's value looks like, given out and taken. */
export const CLAIM_VALUE =
  'The value as the inputs take it. OCCURRED and EFFECTIVE_DATE: EDTF text. PLACES: a list as PlaceInput. ' +
  'QUANTITIES: a list as QuantityInput. RANGE: `{ "low": 500, "high": 5500 }` in km, either may be null. SPEAKER: a ' +
  'list of slugs of actors. ROLE: a list of `{ "actor", "capacity" }`. CHANGE_TYPE: a ChangeType. QUOTATION, BEFORE ' +
  'and AFTER: text.';

export const CitationRef = builder.objectRef<Of<CitationContent>>('Citation');
export const ClaimRef = builder.objectRef<Of<ClaimContent>>('Claim');

CitationRef.implement({
  description: 'Where a source speaks of a development.',
  fields: (t) => ({
    id: t.id({
      description: 'Its key within the development, for assertClaim and linkDevelopments.',
      resolve: ({ part }) => part.id,
    }),
    source: t.field({
      type: SourceRef,
      description: 'The source cited.',
      resolve: ({ part }, _args, context) => loadReference(context, 'source', part.sourceId),
    }),
    locator: t.string({
      nullable: true,
      description: 'Where in the source: page, paragraph, minute.',
      resolve: ({ part }) => part.locator,
    }),
    excerpt: t.string({
      nullable: true,
      description: 'The words of the source that matter, at most 1,000 characters.',
      resolve: ({ part }) => part.excerpt,
    }),
    language: t.string({
      nullable: true,
      description: "The excerpt's language, an ISO 639 code such as `en`, or a BCP 47 tag.",
      resolve: ({ part }) => part.language,
    }),
    stance: t.field({
      type: CitationStanceEnum,
      description: 'Whether the source bears the development out.',
      resolve: ({ part }) => part.stance,
    }),
    credibility: t.int({
      description:
        'Credibility of this item in the Admiralty code (NATO AJP-2.1), whatever the source: 1 confirmed by other sources, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 truth cannot be judged.',
      resolve: ({ part }) => part.credibility,
    }),
    claims: t.field({
      type: [ClaimRef],
      description: "What it claims about the development's fields, in the editors' order.",
      resolve: ({ part, view }) =>
        partsOf(
          view,
          view.content.claims.filter(({ citationId }) => citationId === part.id),
        ),
    }),
  }),
});

ClaimRef.implement({
  description: "One field's value according to one citation.",
  fields: (t) => ({
    id: t.id({
      description: 'Its key within the development, for rankClaim.',
      resolve: ({ part }) => part.id,
    }),
    field: t.field({
      type: ClaimFieldEnum,
      description: 'The field that the claim is about.',
      resolve: ({ part }) => part.field,
    }),
    value: t.field({
      type: 'JSON',
      description: CLAIM_VALUE,
      resolve: ({ part }) => part.value,
    }),
    text: t.string({
      description:
        'The value in a line of English: `about August 2019`, `Kapustin Yar (RU)`, `500 to 5,500 km`.',
      resolve: ({ part }) => claimText(part.field, part.value),
    }),
    rank: t.field({
      type: ClaimRankEnum,
      description: 'How the claim stands among the claims on the same field.',
      resolve: ({ part }) => part.rank,
    }),
    note: t.string({
      nullable: true,
      description: 'What there is to say about it.',
      resolve: ({ part }) => part.note,
    }),
    citation: t.field({
      type: CitationRef,
      description: 'The citation that makes the claim.',
      resolve: ({ part, view }) => {
        const citation = view.content.citations.find(({ id }) => id === part.citationId);
        if (!citation) throw new Error(`The claim ${part.id} has no citation.`);
        return { part: citation, view };
      },
    }),
  }),
});

const CompetingValueRef = builder.objectRef<Of<CompetingValue>>('CompetingValue').implement({
  description: 'One of the values that sources give for a field.',
  fields: (t) => ({
    value: t.field({
      type: 'JSON',
      description: 'The value, as in Claim.',
      resolve: ({ part }) => part.value,
    }),
    text: t.string({
      description: 'The value in a line of English.',
      resolve: ({ part }) => part.text,
    }),
    isPreferred: t.boolean({
      description: 'Whether it is the preferred one, which the development shows.',
      resolve: ({ part }) => part.claims.some(({ rank }) => rank === 'PREFERRED'),
    }),
    claims: t.field({
      type: [ClaimRef],
      description: "The claims that give it, each with its citation, in the editors' order.",
      resolve: ({ part, view }) => partsOf(view, part.claims),
    }),
  }),
});

export const DisputeRef = builder.objectRef<Of<Dispute>>('Dispute').implement({
  description: 'A field on which claims that are not deprecated disagree.',
  fields: (t) => ({
    field: t.field({
      type: ClaimFieldEnum,
      description: 'The field.',
      resolve: ({ part }) => part.field,
    }),
    values: t.field({
      type: [CompetingValueRef],
      description: 'The competing values, the preferred one first.',
      resolve: ({ part, view }) => partsOf(view, part.values),
    }),
  }),
});
