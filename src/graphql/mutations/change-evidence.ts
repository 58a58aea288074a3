import { addCitation } from '../../domain/development/citations.js';
import { assertClaim, rankClaim } from '../../domain/development/claims.js';
import { linkDevelopments, unlinkDevelopments } from '../../domain/development/links.js';
import { builder } from '../builder.js';
import { ERRORS } from '../errors.js';
import { changeFields, citationFields } from '../inputs/developments.js';
import { DevelopmentRef } from '../types/development-ref.js';
import { ClaimFieldEnum, ClaimRankEnum, LinkRelationEnum } from '../types/enums.js';
import { CLAIM_VALUE } from '../types/evidence.js';
import { changeResult } from './change-result.js';
import { reload, writerOf } from './writer.js';

const AddCitationInput = builder.inputType('AddCitationInput', {
  description: 'A citation to add to a development.',
  fields: (t) => ({ ...changeFields(t), ...citationFields(t) }),
});

const AssertClaimInput = builder.inputType('AssertClaimInput', {
  description:
    'A value that a citation of the development gives for one of its fields. It stands as NORMAL until it is ranked.',
  fields: (t) => ({
    ...changeFields(t),
    field: t.field({ type: ClaimFieldEnum, required: true, description: 'The field that it is about.' }),
    value: t.field({ type: 'JSON', required: true, description: CLAIM_VALUE }),
    citation: t.id({ required: true, description: "The `id` of the development's citation that makes it." }),
    note: t.string({ description: 'What there is to say about it; at most 1,000 characters.' }),
  }),
});

const RankClaimInput = builder.inputType('RankClaimInput', {
  description: 'How a claim is to stand among the claims on its field.',
  fields: (t) => ({
    ...changeFields(t),
    claim: t.id({ required: true, description: "The claim's `id`." }),
    rank: t.field({
      type: ClaimRankEnum,
      required: true,
      description: "PREFERRED makes its value the development's own, and the claim preferred so far NORMAL.",
    }),
    reason: t.string({ required: true, description: 'Why, for all to read; 1 to 1,000 characters.' }),
  }),
});

const LinkDevelopmentsInput = builder.inputType('LinkDevelopmentsInput', {
  description: 'A link from the development `slug` to another.',
  fields: (t) => ({
    ...changeFields(t),
    to: t.string({ required: true, description: 'The slug of the other development.' }),
    relation: t.field({ type: LinkRelationEnum, required: true, description: 'How the first bears on it.' }),
    note: t.string({ description: 'What there is to say about the link; at most 1,000 characters.' }),
    citation: t.id({ description: 'The `id` of a citation of the first that bears the link out.' }),
  }),
});

const UnlinkDevelopmentsInput = builder.inputType('UnlinkDevelopmentsInput', {
  description: 'A link from the development `slug` to another, to take away.',
  fields: (t) => ({
    ...changeFields(t),
    to: t.string({ required: true, description: 'The slug of the other development.' }),
    relation: t.field({ type: LinkRelationEnum, required: true, description: 'How the first bears on it.' }),
  }),
});

builder.mutationFields((t) => ({
  addCitation: t.field({
    type: DevelopmentRef,
    description: 'Adds a citation, with the claims that it makes, to a development.',
    errors: changeResult('AddCitation', 'the citation is there', ERRORS.change),
    args: { input: t.arg({ type: AddCitationInput, required: true, description: 'The citation.' }) },
    resolve: async (_root, { input }, context) => {
      const { slug, reason, expectedRevision, idempotencyKey, ...citation } = input;
      const options = { reason, expectedRevision, idempotencyKey };
      return reload(context, await addCitation(writerOf(context), slug, citation, options));
    },
  }),
  assertClaim: t.field({
    type: DevelopmentRef,
    description: "Adds what a citation claims about a field; the development's own value stays.",
    errors: changeResult('AssertClaim', 'the claim is there', ERRORS.evidence),
    args: { input: t.arg({ type: AssertClaimInput, required: true, description: 'The claim.' }) },
    resolve: async (_root, { input }, context) => {
      const { slug, reason, expectedRevision, idempotencyKey, ...claim } = input;
      const options = { reason, expectedRevision, idempotencyKey };
      return reload(context, await assertClaim(writerOf(context), slug, claim, options));
    },
  }),
  rankClaim: t.field({
    type: DevelopmentRef,
    description:
      'Ranks a claim. Where it becomes the preferred one, the development takes its value: a revision, and where it is published, a change in the feed.',
    errors: changeResult('RankClaim', 'the claim is ranked', ERRORS.evidence),
    args: { input: t.arg({ type: RankClaimInput, required: true, description: 'The rank.' }) },
    resolve: async (_root, { input }, context) => {
      const { slug, reason, expectedRevision, idempotencyKey, ...rank } = input;
      const options = { reason, expectedRevision, idempotencyKey };
      return reload(context, await rankClaim(writerOf(context), slug, rank, options));
    },
  }),
  linkDevelopments: t.field({
    type: DevelopmentRef,
    description:
      'Links a development to another that it bears on. ANNOUNCES, IMPLEMENTS, SUPERSEDES and PART_OF lead nowhere back: they form no circle.',
    errors: changeResult('LinkDevelopments', 'the link is there', ERRORS.link),
    args: { input: t.arg({ type: LinkDevelopmentsInput, required: true, description: 'The link.' }) },
    resolve: async (_root, { input }, context) => {
      const { slug, reason, expectedRevision, idempotencyKey, ...link } = input;
      const options = { reason, expectedRevision, idempotencyKey };
      return reload(context, await linkDevelopments(writerOf(context), slug, link, options));
    },
  }),
  unlinkDevelopments: t.field({
    type: DevelopmentRef,
    description: 'Takes a link away. Earlier revisions keep it.',
    errors: changeResult('UnlinkDevelopments', 'the link is gone', ERRORS.change),
    args: { input: t.arg({ type: UnlinkDevelopmentsInput, required: true, description: 'The link.' }) },
    resolve: async (_root, { input }, context) => {
      const { slug, reason, expectedRevision, idempotencyKey, ...link } = input;
      const options = { reason, expectedRevision, idempotencyKey };
      return reload(context, await unlinkDevelopments(writerOf(context), slug, link, options));
    },
  }),
}));
