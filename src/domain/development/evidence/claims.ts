import { v7 as newId } from 'uuid';
import { InvalidInputError } from '../../errors.js';
import { parseInput, shown, text } from '../../input.js';
import { findReferences } from '../../references/lookup.js';
import type { Writer } from '../../write.js';
import { type ClaimContent, type DevelopmentContent, kindOf } from '../content/content.js';
import {
  MAX_CLAIMS,
  MAX_CLAIMS_OF_CITATION,
  MAX_PARTICIPANTS,
  MAX_QUANTITIES,
} from '../content/field-schemas.js';
import { type ClaimInput, claimInput, type RankInput, rankInput } from '../content/input.js';
import { UnknownEvidenceError } from '../errors.js';
import { type ChangeOptions, changeDevelopment, refuseRetracted } from '../write/change.js';
import type { DevelopmentRef } from '../write/commit.js';
import { actorsIn, whyNotOn } from './claim-schemas.js';
import { type ClaimValue, isLegible } from './claim-values.js';
import { inOrderOfCitations } from './compose-evidence.js';
import { withOwnValue } from './own-values.js';
import { refuseApart } from './preferred.js';

/**
 * Adds a claim to one of a development's citations. Its rank is NORMAL: see {@link rankClaim}.
 *
 * @throws {InvalidInputError}
 * @throws {UnknownSlugError} For the development, or for an actor in the value.
 * @throws {UnknownEvidenceError} If the development has no such citation.
 * @throws {WrongStatusError} If the development is retracted.
 * @throws {RevisionConflictError}
 * @throws {IdempotencyKeyReusedError}
 */
export async function assertClaim(
  writer: Writer,
  slug: string,
  input: ClaimInput,
  options: ChangeOptions = {},
): Promise<DevelopmentRef> {
  const { field, value, citation, note } = parseInput(claimInput, input);
  const request = { operation: 'assert claim', slug, input };
  return changeDevelopment(writer, request, options, async (tx, before) => {
    refuseRetracted(before);
    const { content } = before;
    const foreign = whyNotOn(field, kindOf(content));
    if (foreign !== undefined) throw InvalidInputError.at('field', foreign);
    if (!content.citations.some(({ id }) => id === citation)) {
      throw new UnknownEvidenceError('Citation', citation);
    }
    refuseMoreClaims(content, 1);
    refuseFullCitation(content, citation);
    await findReferences(tx, { Actor: actorsIn([{ field, value }]) });
    const claim = { id: newId(), citationId: citation, field, value, rank: 'NORMAL' as const, note };
    return {
      content: { ...content, claims: inOrderOfCitations(content.citations, [...content.claims, claim]) },
      made: claim.id,
    };
  });
}

/**
 * Changes the rank of a claim. PREFERRED sets the development's own value, and makes the previously
 * preferred claim NORMAL. A claim that has the rank already is not changed. The reason belongs to the
 * revision: the claim keeps its note.
 *
 * @throws {InvalidInputError} Also if the value contradicts a preferred claim about another field: a range
 *   and quantities, or offices and speakers.
 * @throws {UnknownSlugError} For the development.
 * @throws {UnknownEvidenceError} If the development has no such claim.
 * @throws {WrongStatusError} If the development is retracted.
 * @throws {RevisionConflictError}
 * @throws {IdempotencyKeyReusedError}
 */
export async function rankClaim(
  writer: Writer,
  slug: string,
  input: RankInput,
  options: ChangeOptions & { readonly reason: string },
): Promise<DevelopmentRef> {
  const { claim: id, rank } = parseInput(rankInput, input);
  parseInput(text(1_000), options.reason, 'reason');
  const request = { operation: 'rank claim', slug, input };
  return changeDevelopment(writer, request, options, async (tx, before) => {
    refuseRetracted(before);
    const { content } = before;
    const claim = content.claims.find((known) => known.id === id);
    if (!claim) throw new UnknownEvidenceError('Claim', id);
    if (claim.rank === rank) return { made: id };
    const ranked = { ...content, claims: content.claims.map(rankedAs(claim, rank)) };
    if (rank !== 'PREFERRED') return { content: ranked, made: id };
    refuseIllegible(claim);
    const refs = await findReferences(tx, { Actor: actorsIn(content.claims) });
    const revised = withOwnValue(ranked, claim.field, claim.value as ClaimValue, refs);
    refuseLongerLists(revised);
    await refuseApart(tx, revised, refs, () => ({
      path: 'claim',
      remedy: `The claim on ${claim.field} would change it. Rank the other claim NORMAL first.`,
    }));
    return { content: revised, made: id };
  });
}

/** @throws {InvalidInputError} For a value from before values were validated, which the field cannot have. */
function refuseIllegible({ field, value }: ClaimContent): void {
  if (isLegible(field, value)) return;
  throw InvalidInputError.at(
    'claim',
    `Expected a claim with a valid value for ${field}; got ${shown(value)}. Assert the claim again, and rank the new one.`,
  );
}

/** At most one claim about a field is preferred. */
const rankedAs =
  (claim: ClaimContent, rank: ClaimContent['rank']) =>
  (known: ClaimContent): ClaimContent => {
    if (known.id === claim.id) return { ...known, rank };
    const gives = rank === 'PREFERRED' && known.rank === 'PREFERRED' && known.field === claim.field;
    return gives ? { ...known, rank: 'NORMAL' } : known;
  };

/** @throws {InvalidInputError} If the development would have too many claims. */
export function refuseMoreClaims({ claims }: DevelopmentContent, more: number, path = ''): void {
  if (claims.length + more <= MAX_CLAIMS) return;
  const message = `Expected at most ${MAX_CLAIMS} claims on a development; it has ${claims.length}, and ${more} would be added.`;
  throw InvalidInputError.at(path, message);
}

function refuseFullCitation({ claims }: DevelopmentContent, id: string): void {
  if (claims.filter(({ citationId }) => citationId === id).length < MAX_CLAIMS_OF_CITATION) return;
  const message = `Expected at most ${MAX_CLAIMS_OF_CITATION} claims of a citation; it has that many. Add another citation of the source.`;
  throw InvalidInputError.at('citation', message);
}

/** A value can add to lists that the limits on claims do not cover. */
function refuseLongerLists({ participants, detail }: DevelopmentContent): void {
  const quantities = detail.kind === 'EVENT' ? detail.quantities : [];
  if (participants.length <= MAX_PARTICIPANTS && quantities.length <= MAX_QUANTITIES) return;
  throw InvalidInputError.at(
    'claim',
    `Expected at most ${MAX_PARTICIPANTS} participants and ` +
      `${MAX_QUANTITIES} quantities with the value of the claim; got ${participants.length} and ${quantities.length}. Remove some first.`,
  );
}
