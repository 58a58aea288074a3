import { newId } from '../../new-id.js';
import type { References } from '../../references/lookup.js';
import {
  type CitationContent,
  type ClaimContent,
  canonical,
  type DevelopmentContent,
} from '../content/content.js';
import type { CitationFields } from '../content/input.js';

type Evidence = Pick<DevelopmentContent, 'citations' | 'claims' | 'links'>;

/**
 * Replaces the citations of a content and their claims.
 *
 * Unchanged citations and claims keep their ids, so that references to them stay valid. Links whose
 * citation is removed lose it.
 */
export function composeEvidence(
  content: Evidence,
  fields: readonly CitationFields[],
  refs: References,
): Evidence {
  const composed = composeCitations(fields, refs, content);
  const ids = new Set(composed.citations.map(({ id }) => id));
  const links = content.links.map((link) =>
    link.citationId === null || ids.has(link.citationId) ? link : { ...link, citationId: null },
  );
  return { ...composed, links };
}

/** Citations and their claims, in the order of the citations. */
export function composeCitations(
  fields: readonly CitationFields[],
  refs: References,
  known: Pick<Evidence, 'citations' | 'claims'> = { citations: [], claims: [] },
): { citations: CitationContent[]; claims: ClaimContent[] } {
  const citationIds = idsBy(known.citations, citationKey);
  const claimIds = idsBy(known.claims, claimKey);
  // Computing keys is the slowest part: skip it if there is nothing to match.
  const knownCitation = (citation: Omit<CitationContent, 'id'>) =>
    citationIds.size === 0 ? undefined : citationIds.get(citationKey(citation))?.shift();
  const knownClaim = (claim: Omit<ClaimContent, 'id'>) =>
    claimIds.size === 0 ? undefined : claimIds.get(claimKey(claim))?.shift();
  const composed = fields.map(({ source, claims, locator, excerpt, language, stance, credibility }) => {
    const citation = {
      sourceId: refs.id('Source', source),
      locator,
      excerpt,
      language,
      stance: stance ?? 'SUPPORTS',
      credibility: credibility ?? 6,
    };
    const citationId = knownCitation(citation) ?? newId();
    return {
      citation: { id: citationId, ...citation },
      claims: (claims ?? []).map(({ field, value, rank, note }) => {
        const claim = { citationId, field, value, rank: rank ?? 'NORMAL', note };
        return { id: knownClaim(claim) ?? newId(), ...claim };
      }),
    };
  });
  return {
    citations: composed.map(({ citation }) => citation),
    claims: composed.flatMap(({ claims }) => claims),
  };
}

/** Sorts claims by the order of their citations, keeping the order within a citation. */
export function inOrderOfCitations(
  citations: readonly CitationContent[],
  claims: readonly ClaimContent[],
): ClaimContent[] {
  return citations.flatMap(({ id }) => claims.filter(({ citationId }) => citationId === id));
}

const citationKey = ({
  sourceId,
  locator,
  excerpt,
  language,
  stance,
  credibility,
}: Omit<CitationContent, 'id'>) => canonical([sourceId, locator, excerpt, language, stance, credibility]);

const claimKey = ({ citationId, field, value }: Pick<ClaimContent, 'citationId' | 'field' | 'value'>) =>
  canonical([citationId, field, value]);

/** Returns each id once: duplicates are separate items. */
function idsBy<T extends { readonly id: string }>(
  list: readonly T[],
  keyOf: (item: T) => string,
): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const item of list) ids.set(keyOf(item), [...(ids.get(keyOf(item)) ?? []), item.id]);
  return ids;
}
