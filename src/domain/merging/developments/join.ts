import { v7 as newId } from 'uuid';
import {
  type CitationContent,
  type ClaimContent,
  canonical,
  type DevelopmentContent,
  type LinkContent,
} from '../../development/content/content.js';
import { inOrderOfCitations } from '../../development/evidence/compose-evidence.js';
import type { DevelopmentState } from '../../development/write/rows.js';

/** A published development, one of two that are merged. */
export type MergedDevelopment = Pick<DevelopmentState, 'id' | 'content'>;

/**
 * Returns the content of the survivor with the evidence and the links of both. All other fields are those of the survivor.
 *
 * Citations that are equal become one, and so do equal claims on one citation. Evidence of the merged development gets new
 * ids. Its preferred claims become normal, because the survivor keeps its values. The confidence stays as it is.
 */
export function joinDevelopments(from: MergedDevelopment, into: MergedDevelopment): DevelopmentContent {
  const citations = [...into.content.citations];
  const ids = new Map(citations.map((citation) => [citationKey(citation), citation.id]));
  const replaced = new Map<string, string>();
  for (const citation of from.content.citations) {
    const known = ids.get(citationKey(citation));
    const id = known ?? newId();
    if (known === undefined) {
      ids.set(citationKey(citation), id);
      citations.push({ ...citation, id });
    }
    replaced.set(citation.id, id);
  }
  const idOf = (id: string) => replaced.get(id) ?? id;
  return {
    ...into.content,
    citations,
    claims: inOrderOfCitations(citations, joinClaims(from.content.claims, into.content.claims, idOf)),
    links: joinLinks(from, into, idOf),
  };
}

const citationKey = ({ id: _, ...rest }: CitationContent): string => canonical(rest);

const claimKey = ({ citationId, field, value }: ClaimContent): string =>
  canonical([citationId, field, value]);

function joinClaims(
  from: readonly ClaimContent[],
  into: readonly ClaimContent[],
  idOf: (citationId: string) => string,
): ClaimContent[] {
  const claims = [...into];
  const known = new Set(into.map(claimKey));
  for (const claim of from) {
    const rank = claim.rank === 'PREFERRED' ? 'NORMAL' : claim.rank;
    const moved = { ...claim, id: newId(), citationId: idOf(claim.citationId), rank };
    if (known.has(claimKey(moved))) continue;
    known.add(claimKey(moved));
    claims.push(moved);
  }
  return claims;
}

/** Leaves out links between the two, and links that the survivor has. */
function joinLinks(
  from: MergedDevelopment,
  into: MergedDevelopment,
  idOf: (citationId: string) => string,
): LinkContent[] {
  const moved = from.content.links.map((link) => ({
    ...link,
    citationId: link.citationId === null ? null : idOf(link.citationId),
  }));
  return distinctLinks([...into.content.links, ...moved]).filter(
    ({ toId }) => toId !== from.id && toId !== into.id,
  );
}

/** Returns the content of a development that links to the survivor wherever it linked to the merged development. */
export function replaceLinked(
  content: DevelopmentContent,
  { from, into }: { readonly from: { readonly id: string }; readonly into: { readonly id: string } },
): DevelopmentContent {
  const links = content.links.map((link) => (link.toId === from.id ? { ...link, toId: into.id } : link));
  return { ...content, links: distinctLinks(links) };
}

/** A development links to another one by a relation once. The first link stays. */
function distinctLinks(links: readonly LinkContent[]): LinkContent[] {
  const known = new Set<string>();
  return links.filter(({ relation, toId }) => {
    const key = `${relation}:${toId}`;
    return !known.has(key) && known.add(key);
  });
}
