import { builder } from './builder.js';
import { CitationStanceEnum, ClaimFieldEnum, ClaimRankEnum } from './enums.js';

/** Claims and citations in the editors' order. */
export const BY_ORDINAL = [{ ordinal: 'asc' as const }];

export const CitationRef = builder.prismaObject('Citation', {
  name: 'Citation',
  description: 'Where a source speaks of a development.',
  fields: (t) => ({
    source: t.relation('source'),
    locator: t.exposeString('locator', { nullable: true }),
    excerpt: t.exposeString('excerpt', { nullable: true }),
    stance: t.expose('stance', { type: CitationStanceEnum }),
    credibility: t.exposeInt('credibility'),
    claims: t.relation('claims', {
      description: "What it claims about the development's fields, in the editors' order.",
      query: { orderBy: BY_ORDINAL },
    }),
  }),
});

export const ClaimRef = builder.prismaObject('Claim', {
  name: 'Claim',
  description: "One field's value according to one citation.",
  fields: (t) => ({
    field: t.expose('field', { type: ClaimFieldEnum }),
    value: t.exposeString('value'),
    rank: t.expose('rank', { type: ClaimRankEnum }),
    note: t.exposeString('note', { nullable: true }),
    citation: t.relation('citation'),
  }),
});
