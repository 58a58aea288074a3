import type { CitationContent, ClaimContent } from '../../../domain/development/content/content.js';
import { claimText } from '../../../domain/development/evidence/claim-values.js';
import type { CompetingValue, Dispute } from '../../../domain/development/evidence/disputes.js';
import type { DevelopmentView } from '../../../domain/development/read/view.js';
import { builder } from '../../builder.js';
import { loadReference } from '../../loaders.js';
import { CitationStanceEnum, ClaimFieldEnum, ClaimRankEnum } from '../enums/evidence.js';
import { SourceRef } from '../references/source.js';

/** A part of a development, and the development. */
export interface Of<Part> {
  readonly part: Part;
  readonly view: DevelopmentView;
}

/** Pairs each part with its development. */
export const partsOf = <Part>(view: DevelopmentView, parts: readonly Part[]): Of<Part>[] =>
  parts.map((part) => ({ part, view }));

/** Describes the JSON of a claim's value, in inputs and results. */
export const CLAIM_VALUE =
  'The value, in a format that depends on the field:\n\n' +
  '- OCCURRED, EFFECTIVE_DATE: a date in EDTF\n- PLACES: a list of PlaceInput\n- QUANTITIES: a list of ' +
  'QuantityInput\n- RANGE: `{ "low": 500, "high": 5500 }` in kilometres; either can be null\n- SPEAKER: a list of ' +
  'slugs of actors\n- ROLE: a list of `{ "actor": …, "capacity": … }`\n- CHANGE_TYPE: a ChangeType\n- QUOTATION, ' +
  'BEFORE, AFTER: a string';

export const CitationRef = builder.objectRef<Of<CitationContent>>('Citation');
export const ClaimRef = builder.objectRef<Of<ClaimContent>>('Claim');

CitationRef.implement({
  description: 'A citation of a source by a development.',
  fields: (t) => ({
    key: t.id({
      description: 'The key within the development, for `assertClaim` and `linkDevelopments`.',
      resolve: ({ part }) => part.id,
    }),
    source: t.field({
      type: SourceRef,
      description: 'The cited source.',
      resolve: ({ part, view }, _args, context) => loadReference(context, 'source', part.sourceId, view.at),
    }),
    locator: t.string({
      nullable: true,
      description: 'The location within the source, e.g. page, paragraph or minute. Null if not recorded.',
      resolve: ({ part }) => part.locator,
    }),
    excerpt: t.string({
      nullable: true,
      description: 'The relevant words of the source. At most 1,000 characters. Null if not recorded.',
      resolve: ({ part }) => part.excerpt,
    }),
    language: t.string({
      nullable: true,
      description:
        'The language of the excerpt: an ISO 639 code or BCP 47 tag, e.g. `en`. Null if not recorded.',
      resolve: ({ part }) => part.language,
    }),
    stance: t.field({
      type: CitationStanceEnum,
      description: 'Whether the source supports or disputes the development.',
      resolve: ({ part }) => part.stance,
    }),
    credibility: t.int({
      description:
        'The credibility of this item in the Admiralty code (NATO AJP-2.1), independent of the source: 1 confirmed by other sources, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged.',
      resolve: ({ part }) => part.credibility,
    }),
    claims: t.field({
      type: [ClaimRef],
      description:
        'The claims it makes about the fields of the development, in the order set by the editors.',
      resolve: ({ part, view }) =>
        partsOf(
          view,
          view.content.claims.filter(({ citationId }) => citationId === part.id),
        ),
    }),
  }),
});

ClaimRef.implement({
  description: 'The value of a field according to a citation.',
  fields: (t) => ({
    key: t.id({
      description: 'The key within the development, for `rankClaim`.',
      resolve: ({ part }) => part.id,
    }),
    field: t.field({
      type: ClaimFieldEnum,
      description: 'The field that it is about.',
      resolve: ({ part }) => part.field,
    }),
    value: t.field({
      type: 'JSON',
      description: CLAIM_VALUE,
      resolve: ({ part }) => part.value,
    }),
    text: t.string({
      description:
        'The value in English, e.g. `about August 2019`, `Kapustin Yar (RU)` or `500 to 5,500 km`.',
      resolve: ({ part }) => claimText(part.field, part.value),
    }),
    rank: t.field({
      type: ClaimRankEnum,
      description: 'The rank among the claims about the same field.',
      resolve: ({ part }) => part.rank,
    }),
    note: t.string({
      nullable: true,
      description: 'A remark about the claim. Null if there is none.',
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
  description: 'One of several values that sources state for a field.',
  fields: (t) => ({
    value: t.field({
      type: 'JSON',
      description: 'The value, in the format of `Claim.value`.',
      resolve: ({ part }) => part.value,
    }),
    text: t.string({
      description: 'The value in English.',
      resolve: ({ part }) => part.text,
    }),
    isPreferred: t.boolean({
      description: 'Whether this value is preferred. The field of the development has the preferred value.',
      resolve: ({ part }) => part.claims.some(({ rank }) => rank === 'PREFERRED'),
    }),
    claims: t.field({
      type: [ClaimRef],
      description: 'The claims that state this value, in the order set by the editors.',
      resolve: ({ part, view }) => partsOf(view, part.claims),
    }),
  }),
});

export const DisputeRef = builder.objectRef<Of<Dispute>>('Dispute').implement({
  description: 'A field that claims disagree about. Ignores deprecated claims.',
  fields: (t) => ({
    field: t.field({
      type: ClaimFieldEnum,
      description: 'The field that it is about.',
      resolve: ({ part }) => part.field,
    }),
    values: t.field({
      type: [CompetingValueRef],
      description: 'The competing values, with the preferred one first.',
      resolve: ({ part, view }) => partsOf(view, part.values),
    }),
  }),
});
