import { addCitation } from '../../../domain/development/evidence/citations.js';
import { assertClaim, rankClaim } from '../../../domain/development/evidence/claims.js';
import { builder } from '../../builder.js';
import { ERRORS } from '../../errors/groups.js';
import { changeFields, citationFields } from '../../inputs/development.js';
import { CitationRef, CLAIM_VALUE, ClaimRef } from '../../types/development/evidence.js';
import { ClaimFieldEnum, ClaimRankEnum } from '../../types/enums/evidence.js';
import { addChangeMutation, type SuccessFields } from '../define-mutation.js';

/** Why a success can lack the object that the mutation created. */
const SINCE_REMOVED =
  'Null if the mutation is repeated with its idempotency key after another change has removed it.';

const madeCitation = (t: SuccessFields) => ({
  citation: t.field({
    type: CitationRef,
    nullable: true,
    description: `The added citation. ${SINCE_REMOVED}`,
    resolve: ({ written, view }) => {
      const part = view.content.citations.find(({ id }) => id === written.made);
      return part ? { part, view } : null;
    },
  }),
});

const madeClaim = (description: string) => (t: SuccessFields) => ({
  claim: t.field({
    type: ClaimRef,
    nullable: true,
    description: `${description} ${SINCE_REMOVED}`,
    resolve: ({ written, view }) => {
      const part = view.content.claims.find(({ id }) => id === written.made);
      return part ? { part, view } : null;
    },
  }),
});

addChangeMutation('addCitation', {
  description: 'Adds a citation and its claims to a development.',
  input: builder.inputType('AddCitationInput', {
    description: 'A citation to add to a development.',
    fields: (t) => ({ ...changeFields(t), ...citationFields(t) }),
  }),
  success: 'The citation is added.',
  made: madeCitation,
  errors: ERRORS.change,
  write: addCitation,
});

addChangeMutation('assertClaim', {
  description: "Adds a claim of a citation about a field. The development's own value does not change.",
  input: builder.inputType('AssertClaimInput', {
    description: 'A claim to add to a citation. Its rank is NORMAL until `rankClaim` changes it.',
    fields: (t) => ({
      ...changeFields(t),
      field: t.field({
        type: ClaimFieldEnum,
        required: true,
        description: 'The field that the claim is about.',
      }),
      value: t.field({ type: 'JSON', required: true, description: CLAIM_VALUE }),
      citation: t.id({
        required: true,
        description: 'The `key` of the citation, from the citations of the development.',
      }),
      note: t.string({ description: 'A remark about the claim. At most 1,000 characters.' }),
    }),
  }),
  success: 'The claim is added.',
  made: madeClaim('The added claim.'),
  errors: ERRORS.evidence,
  write: assertClaim,
});

addChangeMutation('rankClaim', {
  description:
    'Ranks a claim. A claim that becomes PREFERRED sets the value of its field, which creates a revision. If the development is published, the feed reports it.',
  input: builder.inputType('RankClaimInput', {
    description: 'The new rank of a claim.',
    fields: (t) => ({
      ...changeFields(t),
      claim: t.id({
        required: true,
        description: 'The `key` of the claim, from the claims of the development.',
      }),
      rank: t.field({
        type: ClaimRankEnum,
        required: true,
        description:
          'The new rank. PREFERRED sets the value of the field, and makes the previously preferred claim NORMAL.',
      }),
      reason: t.string({
        required: true,
        description: 'The public reason for the rank. 1 to 1,000 characters.',
      }),
    }),
  }),
  success: 'The claim is ranked.',
  made: madeClaim('The ranked claim.'),
  errors: ERRORS.evidence,
  write: rankClaim,
});
