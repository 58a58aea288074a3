import { type ActorKind, Prisma, type ReferenceKind } from '../../../generated/prisma/client.js';
import type {
  DeliveryPlatform,
  SourceReliability,
  TreatyState,
  WeaponClass,
} from '../../../generated/prisma/enums.js';
import type { FuzzyDate } from '../../dates/fuzzy-date.js';
import { canonical } from '../../development/content/content.js';

/** Alternative names, in the order of the editors. A language is null if unknown. */
type OtherNames = readonly { readonly name: string; readonly language: string | null }[];

/** The complete content of an actor, as its revisions have it. */
export interface ActorContent {
  readonly slug: string;
  readonly kind: ActorKind;
  readonly name: string;
  readonly description: string | null;
  readonly countryCode: string | null;
  readonly countryCode3: string | null;
  readonly wikidataId: string | null;
  readonly names: OtherNames;
  /** The reference that stands for it since it was merged; null if it was not. */
  readonly mergedIntoId: string | null;
}

interface SourceContent {
  readonly slug: string;
  readonly title: string;
  readonly publisher: string | null;
  readonly url: string | null;
  readonly language: string | null;
  readonly reliability: SourceReliability;
  readonly published: FuzzyDate | null;
  /** ISO 8601 in UTC, with milliseconds. */
  readonly retrievedAt: string | null;
  readonly wikidataId: string | null;
  readonly names: OtherNames;
  /** The reference that stands for it since it was merged; null if it was not. */
  readonly mergedIntoId: string | null;
}

interface TopicContent {
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly wikidataId: string | null;
  readonly names: OtherNames;
  /** The reference that stands for it since it was merged; null if it was not. */
  readonly mergedIntoId: string | null;
}

export interface TreatyContent {
  readonly slug: string;
  readonly name: string;
  readonly abbreviation: string | null;
  readonly summary: string | null;
  readonly partyIds: readonly string[];
  /** Oldest first. */
  readonly states: readonly {
    readonly state: TreatyState;
    readonly since: FuzzyDate;
    readonly note: string | null;
  }[];
}

export interface WeaponSystemContent {
  readonly slug: string;
  readonly name: string;
  readonly summary: string | null;
  readonly classes: readonly WeaponClass[];
  readonly delivery: readonly DeliveryPlatform[];
  readonly rangeMinKm: number | null;
  readonly rangeMaxKm: number | null;
  readonly aliases: readonly {
    readonly name: string;
    readonly language: string | null;
    readonly note: string | null;
    readonly sourceId: string | null;
  }[];
  /** The reference that stands for it since it was merged; null if it was not. */
  readonly mergedIntoId: string | null;
}

export interface DoctrineContent {
  readonly slug: string;
  readonly name: string;
  readonly summary: string | null;
  readonly actorId: string | null;
  /** The reference that stands for it since it was merged; null if it was not. */
  readonly mergedIntoId: string | null;
}

/** The content of each kind of reference. */
export interface ReferenceContents {
  readonly ACTOR: ActorContent;
  readonly SOURCE: SourceContent;
  readonly TOPIC: TopicContent;
  readonly TREATY: TreatyContent;
  readonly WEAPON_SYSTEM: WeaponSystemContent;
  readonly DOCTRINE: DoctrineContent;
}

export type ReferenceContent = ReferenceContents[ReferenceKind];

const { raw } = Prisma;

const date = (prefix: string) => `jsonb_build_object('edtf', ${prefix}_edtf, 'earliest', ${prefix}_earliest,
  'latest', ${prefix}_latest, 'precision', ${prefix}_precision)`;

/** An empty list instead of NULL. */
const list = (item: string, rows: string) => `coalesce((SELECT jsonb_agg(${item} FROM ${rows}), '[]')`;

const language = `'language', nullif(language, '')`;

/** The alternative names of a reference. */
const namesOf = (owner: string) =>
  list(
    `jsonb_build_object('name', name, ${language}) ORDER BY ordinal, name COLLATE "C", language COLLATE "C")`,
    `${owner}_name WHERE ${owner}_id = it.id`,
  );

/** Each reference's `id` and `content`, by kind, from its rows. */
export const CONTENTS: Readonly<Record<ReferenceKind, Prisma.Sql>> = {
  ACTOR:
    raw(`SELECT it.id, jsonb_build_object('slug', slug, 'kind', kind, 'name', name, 'description', description,
      'countryCode', country_code, 'countryCode3', country_code3, 'wikidataId', wikidata_id, 'names',
      ${namesOf('actor')}, 'mergedIntoId', merged_into_id)
      AS content FROM actor AS it`),
  SOURCE:
    raw(`SELECT it.id, jsonb_build_object('slug', slug, 'title', title, 'publisher', publisher, 'url', url,
      'language', language, 'reliability', reliability,
      'published', CASE WHEN num_nulls(published_edtf, published_earliest, published_latest, published_precision) = 0 THEN ${date('published')} END,
      'retrievedAt', to_char(retrieved_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'wikidataId', wikidata_id, 'names', ${namesOf('source')}, 'mergedIntoId', merged_into_id)
      AS content FROM source AS it`),
  TOPIC: raw(`SELECT it.id, jsonb_build_object('slug', slug, 'name', name, 'description', description,
      'wikidataId', wikidata_id, 'names', ${namesOf('topic')}, 'mergedIntoId', merged_into_id)
      AS content FROM topic AS it`),
  TREATY: raw(`SELECT it.id, jsonb_build_object('slug', slug, 'name', name, 'abbreviation', abbreviation,
      'summary', summary,
      'partyIds', ${list('actor_id ORDER BY ordinal, actor_id)', 'treaty_party WHERE treaty_id = it.id')}, 'states',
      ${list(
        `jsonb_build_object('state', state, 'since', ${date('since')}, 'note', note)
             ORDER BY since_earliest, state, since_edtf COLLATE "C")`,
        'treaty_status WHERE treaty_id = it.id',
      )})
      AS content FROM treaty AS it`),
  WEAPON_SYSTEM: raw(`SELECT it.id, jsonb_build_object('slug', slug, 'name', name, 'summary', summary,
      'classes', coalesce(to_jsonb(classes), '[]'), 'delivery', coalesce(to_jsonb(delivery), '[]'),
      'rangeMinKm', range_min_km, 'rangeMaxKm', range_max_km, 'aliases',
      ${list(
        `jsonb_build_object('name', name, ${language}, 'note', note, 'sourceId', source_id)
             ORDER BY ordinal, name COLLATE "C", language COLLATE "C")`,
        'weapon_system_alias WHERE weapon_system_id = it.id',
      )}, 'mergedIntoId', merged_into_id)
      AS content FROM weapon_system AS it`),
  DOCTRINE:
    raw(`SELECT it.id, jsonb_build_object('slug', slug, 'name', name, 'summary', summary, 'actorId', actor_id, 'mergedIntoId', merged_into_id)
      AS content FROM doctrine AS it`),
};

/** Lists the fields that differ, in alphabetical order; of a new reference, those with a value. */
export function changedReferenceFields(before: object | null, after: object): string[] {
  const known = new Map<string, unknown>(before ? Object.entries(before) : []);
  return Object.entries(after)
    .filter(([field, value]) => (before ? canonical(known.get(field)) !== canonical(value) : !isEmpty(value)))
    .map(([field]) => field)
    .sort();
}

const isEmpty = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);
