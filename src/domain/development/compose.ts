import { newId } from '../id.js';
import type { ReferenceOwner, References } from '../references.js';
import type { CitationContent, ClaimContent, Detail, DevelopmentContent } from './content.js';
import type { CitationFields, Kind, RecordFields, ReviseFields } from './input.js';

type Fields = RecordFields | ReviseFields;

/** The slugs that the fields refer to, by what they name. */
export function slugsIn(fields: Fields): Record<ReferenceOwner, string[]> {
  return {
    Actor: fields.participants?.map(({ actor }) => actor) ?? [],
    Topic: fields.topics ?? [],
    Treaty: fields.treaties ?? [],
    WeaponSystem: fields.weaponSystems ?? [],
    Doctrine: [
      ...(fields.doctrines ?? []),
      ...('doctrine' in fields && fields.doctrine ? [fields.doctrine] : []),
    ],
    Source: fields.citations?.map(({ source }) => source) ?? [],
  };
}

/** The content of a new development. */
export function composeNew(
  kind: Kind,
  slug: string,
  fields: RecordFields,
  refs: References,
): DevelopmentContent {
  return reviseContent(emptyContent(kind, slug, fields), fields, refs);
}

/** The content with the given fields in place of its own: what is not given stays, null empties. */
export function reviseContent(
  content: DevelopmentContent,
  fields: Fields,
  refs: References,
): DevelopmentContent {
  const evidence =
    fields.citations === undefined ? undefined : composeCitations(fields.citations ?? [], refs);
  const idsOf = (owner: ReferenceOwner, slugs: readonly string[] | null | undefined) =>
    slugs === undefined ? undefined : (slugs ?? []).map((slug) => refs.id(owner, slug));
  return {
    ...content,
    slug: fields.slug ?? content.slug,
    headline: fields.headline ?? content.headline,
    summary: fields.summary === undefined ? content.summary : (fields.summary ?? ''),
    occurred: fields.occurred ?? content.occurred,
    confidence: fields.confidence ?? content.confidence,
    detail: reviseDetail(content.detail, fields, refs),
    participants:
      fields.participants === undefined
        ? content.participants
        : (fields.participants ?? []).map(({ actor, role, capacity }) => ({
            actorId: refs.id('Actor', actor),
            role,
            capacity,
          })),
    topicIds: idsOf('Topic', fields.topics) ?? content.topicIds,
    treatyIds: idsOf('Treaty', fields.treaties) ?? content.treatyIds,
    weaponSystemIds: idsOf('WeaponSystem', fields.weaponSystems) ?? content.weaponSystemIds,
    doctrineIds: idsOf('Doctrine', fields.doctrines) ?? content.doctrineIds,
    citations: evidence?.citations ?? content.citations,
    claims: evidence?.claims ?? content.claims,
  };
}

/** Citations with new ids, and the claims that they make. */
export function composeCitations(
  fields: readonly CitationFields[],
  refs: References,
): { citations: CitationContent[]; claims: ClaimContent[] } {
  const composed = fields.map(({ source, claims, stance, credibility, ...rest }) => {
    const id = newId();
    return {
      citation: {
        id,
        sourceId: refs.id('Source', source),
        ...rest,
        stance: stance ?? ('SUPPORTS' as const),
        credibility: credibility ?? 6,
      },
      claims: (claims ?? []).map(({ rank, ...claim }) => ({
        id: newId(),
        citationId: id,
        ...claim,
        rank: rank ?? ('NORMAL' as const),
      })),
    };
  });
  return {
    citations: composed.map(({ citation }) => citation),
    claims: composed.flatMap(({ claims }) => claims),
  };
}

function emptyContent(kind: Kind, slug: string, fields: RecordFields): DevelopmentContent {
  return {
    slug,
    headline: fields.headline,
    summary: '',
    occurred: fields.occurred,
    confidence: 'LOW',
    detail: emptyDetail(kind),
    participants: [],
    topicIds: [],
    treatyIds: [],
    weaponSystemIds: [],
    doctrineIds: [],
    citations: [],
    claims: [],
    links: [],
    externalIds: [],
  };
}

/** What a detail starts from. The record inputs require the fields that this cannot know. */
function emptyDetail(kind: Kind): Detail {
  switch (kind) {
    case 'EVENT':
      return { kind, type: 'OTHER', places: [], quantities: [] };
    case 'STATEMENT':
      return {
        kind,
        attribution: null,
        setting: null,
        originalLanguage: null,
        quotation: null,
        translation: null,
      };
    case 'DOCTRINE_CHANGE':
      return { kind, doctrineId: '', changeType: 'ADOPTED', before: null, after: null, effective: null };
  }
}

function reviseDetail<D extends Detail>(detail: D, fields: Fields, refs: References): Detail {
  const { doctrine, ...given } = { doctrine: undefined, ...fields };
  const own = Object.keys(detail).filter((key) => key !== 'kind');
  const changed = Object.entries(given).filter(([key, value]) => own.includes(key) && value !== undefined);
  const lists = changed.map(([key, value]) => [key, value ?? (LIST_FIELDS.has(key) ? [] : null)]);
  const doctrineId = doctrine ? { doctrineId: refs.id('Doctrine', doctrine) } : {};
  return { ...detail, ...Object.fromEntries(lists), ...doctrineId };
}

const LIST_FIELDS: ReadonlySet<string> = new Set(['places', 'quantities']);
