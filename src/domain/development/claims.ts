import { v7 as newId } from 'uuid';
import { InvalidInputError, UnknownEvidenceError } from '../errors.js';
import { parseInput, shown, text } from '../input.js';
import { findReferences } from '../references/lookup.js';
import type { Writer } from '../write.js';
import { type ChangeOptions, changeDevelopment, refuseRetracted } from './change.js';
import { actorsIn, whyNotOn } from './claim-schemas.js';
import { type ClaimValue, isLegible } from './claim-values.js';
import type { DevelopmentRef } from './commit.js';
import { inOrderOfCitations } from './compose-evidence.js';
import { type ClaimContent, type DevelopmentContent, kindOf } from './content.js';
import { MAX_CLAIMS, MAX_CLAIMS_OF_CITATION, MAX_PARTICIPANTS, MAX_QUANTITIES } from './field-schemas.js';
import { type ClaimInput, claimInput, type RankInput, rankInput } from './input.js';
import { withOwnValue } from './own-values.js';
import { refuseApart } from './preferred.js';

/**
 * Adds a claim that one of a development's citations makes. Its rank is NORMAL: see {@link rankClaim}.
 *
 * @throws {InvalidInputError}
 * @throws {UnknownSlugError} For the development, or for an actor whom the value names.
 * @throws {UnknownEvidenceError} When the citation is not one of the development's.
 * @throws {WrongStatusError} When the development was withdrawn.
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
    };
  });
}

/**
 * Ranks a claim among those on its field. PREFERRED makes its value the development's own, and the claim
 * that was preferred NORMAL; otherwise the development's own value stays. A claim that ranks so already is
 * left as it is. The reason is the revision's: the claim keeps its note.
 *
 * @throws {InvalidInputError} Also when the value does not go with a preferred claim on another field:
 *   a range with quantities, or offices with speakers.
 * @throws {UnknownSlugError} For the development.
 * @throws {UnknownEvidenceError} When the claim is not one of the development's.
 * @throws {WrongStatusError} When the development was withdrawn.
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
    if (claim.rank === rank) return {};
    const ranked = { ...content, claims: content.claims.map(rankedAs(claim, rank)) };
    if (rank !== 'PREFERRED') return { content: ranked };
    refuseIllegible(claim);
    const refs = await findReferences(tx, { Actor: actorsIn(content.claims) });
    const revised = withOwnValue(ranked, claim.field, claim.value as ClaimValue, refs);
    refuseLongerLists(revised);
    await refuseApart(tx, revised, refs, () => ({
      path: 'claim',
      remedy: `The claim on ${claim.field} would change it. Rank the other claim NORMAL first.`,
    }));
    return { content: revised };
  });
}

/** @throws {InvalidInputError} For a value that the record's first version took, and that no field can have. */
function refuseIllegible({ field, value }: ClaimContent): void {
  if (isLegible(field, value)) return;
  throw InvalidInputError.at(
    'claim',
    `Expected a claim whose value ${field} can have; got ${shown(value)}. Assert the claim anew, and prefer that one.`,
  );
}

/** Only one claim on a field is preferred. */
const rankedAs =
  (claim: ClaimContent, rank: ClaimContent['rank']) =>
  (known: ClaimContent): ClaimContent => {
    if (known.id === claim.id) return { ...known, rank };
    const gives = rank === 'PREFERRED' && known.rank === 'PREFERRED' && known.field === claim.field;
    return gives ? { ...known, rank: 'NORMAL' } : known;
  };

/** @throws {InvalidInputError} When so many more claims are too many. */
export function refuseMoreClaims({ claims }: DevelopmentContent, more: number, path = ''): void {
  if (claims.length + more <= MAX_CLAIMS) return;
  const message = `Expected at most ${MAX_CLAIMS} claims on a development; it has ${claims.length} and would get ${more} more.`;
  throw InvalidInputError.at(path, message);
}

function refuseFullCitation({ claims }: DevelopmentContent, id: string): void {
  if (claims.filter(({ citationId }) => citationId === id).length < MAX_CLAIMS_OF_CITATION) return;
  const message = `Expected at most ${MAX_CLAIMS_OF_CITATION} claims of a citation; it makes as many. Cite the source once more.`;
  throw InvalidInputError.at('citation', message);
}

/** A value may add to lists that claims do not bound. */
function refuseLongerLists({ participants, detail }: DevelopmentContent): void {
  const quantities = detail.kind === 'EVENT' ? detail.quantities : [];
  if (participants.length <= MAX_PARTICIPANTS && quantities.length <= MAX_QUANTITIES) return;
  throw InvalidInputError.at(
    'claim',
    `Expected a value that leaves the development with at most ${MAX_PARTICIPANTS} participants and ` +
      `${MAX_QUANTITIES} quantities; got ${participants.length} and ${quantities.length}. Revise these first.`,
  );
}
