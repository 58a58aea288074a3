import { InvalidInputError } from '../../errors.js';
import type { ReferenceOwner, References } from '../../references/lookup.js';
import { actorsIn } from '../evidence/claim-schemas.js';
import { composeEvidence } from '../evidence/compose-evidence.js';
import { type Grades, withConfidence } from '../evidence/confidence.js';
import { actorSlugs, apartError, preferredApart } from '../evidence/preferred.js';
import type { Detail, DevelopmentContent } from './content.js';
import type { Kind, RecordFields, ReviseFields } from './input.js';

type Fields = RecordFields | ReviseFields;

/** Collects the slugs in the fields by type of object. */
export function slugsIn(fields: Fields): Record<ReferenceOwner, string[]> {
  const claims = fields.citations?.flatMap((citation) => citation.claims ?? []) ?? [];
  return {
    Actor: [...(fields.participants?.map(({ actor }) => actor) ?? []), ...actorsIn(claims)],
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

/**
 * Composes the content of a new development.
 *
 * @throws {InvalidInputError} For rules across fields: those of {@link reviseContent}, {@link
 *   withConfidence} and {@link preferredApart}.
 */
export function composeNew(
  kind: Kind,
  slug: string,
  fields: RecordFields,
  refs: References,
  grades: Grades,
): DevelopmentContent {
  const content = withConfidence(
    reviseContent(emptyContent(kind, slug, fields), fields, refs),
    fields,
    grades,
  );
  const apart = preferredApart(content, refs);
  if (!apart) return content;
  const actors = slugsIn(fields).Actor.map((name) => ({ id: refs.id('Actor', name), slug: name }));
  throw apartError(content, apart, actorSlugs(actors));
}

/**
 * Applies fields to a content: omitted fields stay, null clears. Does not derive the confidence or check
 * preferred claims: callers use {@link withConfidence} and {@link preferredApart}.
 *
 * @throws {InvalidInputError} At `translator`, without a translation.
 */
export function reviseContent(
  content: DevelopmentContent,
  fields: Fields,
  refs: References,
): DevelopmentContent {
  const idsOf = (owner: ReferenceOwner, slugs: readonly string[] | null | undefined) =>
    slugs === undefined ? undefined : (slugs ?? []).map((slug) => refs.id(owner, slug));
  const revised = {
    ...content,
    slug: ('newSlug' in fields ? fields.newSlug : null) ?? content.slug,
    headline: fields.headline ?? content.headline,
    summary: fields.summary === undefined ? content.summary : (fields.summary ?? ''),
    occurred: fields.occurred ?? content.occurred,
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
  };
  refuseTranslatorAlone(revised.detail);
  if (fields.citations === undefined) return revised;
  return { ...revised, ...composeEvidence(content, fields.citations ?? [], refs) };
}

function refuseTranslatorAlone(detail: Detail): void {
  if (detail.kind !== 'STATEMENT' || detail.translator === null || detail.translation !== null) return;
  throw InvalidInputError.at(
    'translator',
    'Expected a translation if there is a translator; got none. Add the translation, or omit the translator.',
  );
}

function emptyContent(kind: Kind, slug: string, fields: RecordFields): DevelopmentContent {
  return {
    slug,
    headline: fields.headline,
    summary: '',
    occurred: fields.occurred,
    confidence: 'LOW',
    confidenceReason: null,
    derivedConfidence: 'LOW',
    detail: emptyDetail(kind),
    participants: [],
    topicIds: [],
    treatyIds: [],
    weaponSystemIds: [],
    doctrineIds: [],
    citations: [],
    claims: [],
    links: [],
    successorId: null,
    externalIds: [],
  };
}

/** Defaults of a detail. The record inputs require the remaining fields. */
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
        originalScript: null,
        quotation: null,
        translation: null,
        translator: null,
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
