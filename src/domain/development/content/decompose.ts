import type { SlugOwner } from '../../errors.js';
import type {
  Detail,
  DevelopmentContent,
  DoctrineChangeDetail,
  EventDetail,
  StatementDetail,
} from './content.js';
import type { Kind, LinkInput, RecordInput } from './input.js';

/** Looks up slugs of referenced objects by id. */
export interface SlugsById {
  /** Undefined for a development that the viewer may not see. */
  find(owner: SlugOwner, id: string): string | undefined;
  /** @throws {Error} If the id was not looked up. */
  get(owner: SlugOwner, id: string): string;
}

/**
 * Returns the input that records a content. Composing it gives the same content, except for the ids of
 * citations and claims. Null means empty, or derived confidence.
 *
 * Inputs have no links, external ids or successor: see {@link linksOf} and the content.
 */
export function inputOf(content: DevelopmentContent, slugs: SlugsById): RecordInput<Kind> {
  // If grades of sources change, the derived confidence changes and would need a reason.
  const derived = content.confidenceReason === null ? [['confidence', () => null] as const] : [];
  const fields = [...bind(CONTENT_FIELDS, content), ...derived, ...detailFields(content.detail)];
  return Object.fromEntries(fields.map(([field, value]) => [field, value(slugs)])) as RecordInput<Kind>;
}

/**
 * Returns outgoing links in the format of inputs, without citations. Omits links to developments that the
 * viewer may not see.
 */
export function linksOf({ links }: DevelopmentContent, slugs: SlugsById): LinkInput[] {
  return links.flatMap(({ toId, relation, note }) => {
    const to = slugs.find('Development', toId);
    return to === undefined ? [] : [{ to, relation, note }];
  });
}

/** Returns fields of a content by their names in inputs, null if empty. */
export function fieldValues(
  content: DevelopmentContent,
  wanted: readonly string[],
  slugs: SlugsById,
): Record<string, unknown> {
  return valuesOf(
    boundFields(content).filter(([field]) => wanted.includes(field)),
    slugs,
  );
}

/** Returns all fields of a content by their names in inputs, null if empty. */
export const fieldsOf = (content: DevelopmentContent, slugs: SlugsById): Record<string, unknown> =>
  valuesOf(boundFields(content), slugs);

const boundFields = (content: DevelopmentContent): BoundField[] => [
  ...bind(CONTENT_FIELDS, content),
  ...bind(OTHER_FIELDS, content),
  ...detailFields(content.detail),
];

const valuesOf = (fields: readonly BoundField[], slugs: SlugsById): Record<string, unknown> =>
  Object.fromEntries(fields.map(([field, value]) => [field, value(slugs)]));

/** Reads each field by its name in inputs. */
type Fields<From> = Readonly<Record<string, (from: From, slugs: SlugsById) => unknown>>;

type BoundField = readonly [field: string, value: (slugs: SlugsById) => unknown];

function bind<From>(fields: Fields<From>, from: From): BoundField[] {
  return Object.entries(fields).map(([field, decompose]) => [
    field,
    (slugs) => nullIfEmpty(decompose(from, slugs)),
  ]);
}

const nullIfEmpty = (value: unknown) =>
  value === '' || (Array.isArray(value) && value.length === 0) ? null : value;

const CONTENT_FIELDS: Fields<DevelopmentContent> = {
  slug: ({ slug }) => slug,
  headline: ({ headline }) => headline,
  summary: ({ summary }) => summary,
  occurred: ({ occurred }) => occurred.edtf,
  confidence: ({ confidence }) => confidence,
  confidenceReason: ({ confidenceReason }) => confidenceReason,
  participants: ({ participants }, slugs) =>
    participants.map(({ actorId, role, capacity }) => ({
      actor: slugs.get('Actor', actorId),
      role,
      capacity,
    })),
  topics: ({ topicIds }, slugs) => topicIds.map((id) => slugs.get('Topic', id)),
  treaties: ({ treatyIds }, slugs) => treatyIds.map((id) => slugs.get('Treaty', id)),
  weaponSystems: ({ weaponSystemIds }, slugs) => weaponSystemIds.map((id) => slugs.get('WeaponSystem', id)),
  doctrines: ({ doctrineIds }, slugs) => doctrineIds.map((id) => slugs.get('Doctrine', id)),
  citations: ({ citations, claims }, slugs) =>
    citations.map(({ id, sourceId, locator, excerpt, language, stance, credibility }) => ({
      source: slugs.get('Source', sourceId),
      locator,
      excerpt,
      language,
      stance,
      credibility,
      claims: claims
        .filter(({ citationId }) => citationId === id)
        .map(({ field, value, rank, note }) => ({ field, value, rank, note })),
    })),
};

const OTHER_FIELDS: Fields<DevelopmentContent> = {
  links: linksOf,
  successor: ({ successorId }, slugs) =>
    successorId === null ? null : (slugs.find('Development', successorId) ?? null),
  externalIds: ({ externalIds }) => externalIds.map(({ dataset, value }) => ({ dataset, value })),
};

// Explicit keys, because jsonb reorders them.
const EVENT_FIELDS: Fields<EventDetail> = {
  type: ({ type }) => type,
  places: ({ places }) =>
    places.map(({ name, countryCode, latitude, longitude, precision }) => ({
      name,
      countryCode,
      latitude,
      longitude,
      precision,
    })),
  quantities: ({ quantities }) =>
    quantities.map(({ name, unit, low, best, high }) => ({ name, unit, low, best, high })),
};

const STATEMENT_FIELDS: Fields<StatementDetail> = {
  attribution: ({ attribution }) => attribution,
  setting: ({ setting }) => setting,
  originalLanguage: ({ originalLanguage }) => originalLanguage,
  originalScript: ({ originalScript }) => originalScript,
  quotation: ({ quotation }) => quotation,
  translation: ({ translation }) => translation,
  translator: ({ translator }) => translator,
};

const DOCTRINE_CHANGE_FIELDS: Fields<DoctrineChangeDetail> = {
  doctrine: ({ doctrineId }, slugs) => slugs.get('Doctrine', doctrineId),
  changeType: ({ changeType }) => changeType,
  before: ({ before }) => before,
  after: ({ after }) => after,
  effective: ({ effective }) => effective?.edtf ?? null,
};

function detailFields(detail: Detail): BoundField[] {
  switch (detail.kind) {
    case 'EVENT':
      return bind(EVENT_FIELDS, detail);
    case 'STATEMENT':
      return bind(STATEMENT_FIELDS, detail);
    case 'DOCTRINE_CHANGE':
      return bind(DOCTRINE_CHANGE_FIELDS, detail);
  }
}
