import {
  type CitationContent,
  type ClaimContent,
  canonical,
  type DevelopmentContent,
  type ParticipantContent,
} from '../../development/content/content.js';
import { inOrderOfCitations } from '../../development/evidence/compose-evidence.js';
import type { ReferenceMergeKind } from '../kinds.js';

/** The two sides of a merge. */
export interface MergePair {
  readonly kind: ReferenceMergeKind;
  readonly from: Merged;
  readonly into: Merged;
}

interface Merged {
  readonly id: string;
  readonly slug: string;
}

/**
 * Returns a content that refers to the survivor wherever it referred to the merged reference. Joins what is there twice
 * then: participants of one role, and citations that differ in nothing. The confidence stays as it is.
 */
export function replaceReference(content: DevelopmentContent, pair: MergePair): DevelopmentContent {
  const inPlace = (ids: readonly string[]) => replaceId(ids, pair);
  switch (pair.kind) {
    case 'ACTOR':
      return {
        ...content,
        participants: joinParticipants(content.participants, pair),
        claims: content.claims.map((claim) => withActor(claim, pair)),
      };
    case 'TOPIC':
      return { ...content, topicIds: inPlace(content.topicIds) };
    case 'WEAPON_SYSTEM':
      return { ...content, weaponSystemIds: inPlace(content.weaponSystemIds) };
    case 'DOCTRINE': {
      const { detail } = content;
      const isChanged = detail.kind === 'DOCTRINE_CHANGE' && detail.doctrineId === pair.from.id;
      return {
        ...content,
        doctrineIds: inPlace(content.doctrineIds),
        detail: isChanged ? { ...detail, doctrineId: pair.into.id } : detail,
      };
    }
    case 'SOURCE':
      return { ...content, ...joinCitations(content, pair) };
  }
}

/** Replaces an id in a list; each stands there once. */
function replaceId(ids: readonly string[], { from, into }: MergePair): readonly string[] {
  return ids.includes(from.id) ? [...new Set(ids.map((id) => (id === from.id ? into.id : id)))] : ids;
}

/** A participant takes part in a role once. The first capacity that is given stays. */
function joinParticipants(participants: readonly ParticipantContent[], { from, into }: MergePair) {
  const joined = new Map<string, ParticipantContent>();
  for (const participant of participants) {
    const actorId = participant.actorId === from.id ? into.id : participant.actorId;
    const key = `${participant.role} ${actorId}`;
    const first = joined.get(key);
    joined.set(key, {
      ...(first ?? participant),
      actorId,
      capacity: first?.capacity ?? participant.capacity,
    });
  }
  return [...joined.values()];
}

/** Claims on speakers and their offices name actors by slug. Values from before they were validated stay. */
function withActor(claim: ClaimContent, { from, into }: MergePair): ClaimContent {
  const { field, value } = claim;
  if ((field !== 'SPEAKER' && field !== 'ROLE') || !Array.isArray(value)) return claim;
  const slugOf = (item: unknown) =>
    field === 'SPEAKER' ? item : (item as { actor?: unknown } | null)?.actor;
  if (!value.some((item) => slugOf(item) === from.slug)) return claim;
  const known = new Set<unknown>();
  const replaced = value.flatMap((item: unknown) => {
    const slug = slugOf(item) === from.slug ? into.slug : slugOf(item);
    if (known.has(slug)) return [];
    known.add(slug);
    return [field === 'SPEAKER' ? slug : { ...(item as object), actor: slug }];
  });
  return { ...claim, value: replaced };
}

/** Citations that differ in nothing but their ids become one, which takes the claims and links of both. */
function joinCitations({ citations, claims, links }: DevelopmentContent, { from, into }: MergePair) {
  const kept = new Map<string, CitationContent>();
  const ids = new Map<string, string>();
  for (const citation of citations) {
    const replaced = citation.sourceId === from.id ? { ...citation, sourceId: into.id } : citation;
    const { id, ...rest } = replaced;
    // Others stay apart, even if they are equal.
    const key = replaced.sourceId === into.id ? canonical(rest) : id;
    const first = kept.get(key) ?? replaced;
    kept.set(key, first);
    ids.set(id, first.id);
  }
  const idOf = (id: string) => ids.get(id) ?? id;
  const joined = [...kept.values()];
  return {
    citations: joined,
    claims: inOrderOfCitations(
      joined,
      claims.map((claim) => ({ ...claim, citationId: idOf(claim.citationId) })),
    ),
    links: links.map((link) =>
      link.citationId === null ? link : { ...link, citationId: idOf(link.citationId) },
    ),
  };
}
