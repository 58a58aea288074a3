import type { SlugOwner } from '../errors.js';
import type {
  Detail,
  DevelopmentContent,
  DoctrineChangeDetail,
  EventDetail,
  StatementDetail,
} from './content.js';
import type { Kind, LinkInput, RecordInput } from './input.js';

/** Tells the slugs of the things that contents refer to by id. */
export interface SlugsById {
  /** Undefined for a development that is not to be named. */
  find(owner: SlugOwner, id: string): string | undefined;
  /** @throws {Error} When it was not looked up. */
  get(owner: SlugOwner, id: string): string;
}

/**
 * The input that records a content: composing it again gives the same content, but for the ids of
 * citations and claims. Null stands for what is empty, and for confidence that its citations come to.
 * Claims come with their citations, in that order.
 *
 * An input has no place for links, external ids and the successor: see {@link linksOf} and the content.
 */
export function inputOf(content: DevelopmentContent, slugs: SlugsById): RecordInput<Kind> {
  // Where sources have another grade, the derived confidence would be another too, and want a reason.
  const derived = content.confidenceReason === null ? [['confidence', () => null] as const] : [];
  const fields = [...bind(CONTENT_FIELDS, content), ...derived, ...detailFields(content.detail)];
  return Object.fromEntries(fields.map(([field, value]) => [field, value(slugs)])) as RecordInput<Kind>;
}

/**
 * The links that go out, as inputs take them, but for their citations: ids are the record's to give. Those
 * to developments that are not to be named are left out.
 */
export function linksOf({ links }: DevelopmentContent, slugs: SlugsById): LinkInput[] {
  return links.flatMap(({ toId, relation, note }) => {
    const to = slugs.find('Development', toId);
    return to === undefined ? [] : [{ to, relation, note }];
  });
}

/** Some fields of a content by the names that inputs give them, null where empty. */
export function fieldValues(
  content: DevelopmentContent,
  wanted: readonly string[],
  slugs: SlugsById,
): Record<string, unknown> {
  const fields = [
    ...bind(CONTENT_FIELDS, content),
    ...bind(OTHER_FIELDS, content),
    ...detailFields(content.detail),
  ];
  return Object.fromEntries(
    fields.filter(([field]) => wanted.includes(field)).map(([field, value]) => [field, value(slugs)]),
  );
}

/** The values of fields, by the names that inputs give them. */
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

// Item by item, because jsonb gives keys back in an order of its own.
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
