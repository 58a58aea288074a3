import { canBe } from '../../domain/references/named/find-by-name.js';
import {
  type Findable,
  findableActor,
  findableSource,
  findableTopic,
  foldName,
  keysOf,
} from '../../domain/references/named/keys.js';
import { SIMILAR } from '../../domain/references/named/similar-keys.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { ActorKind } from '../../generated/prisma/enums.js';
import type { RecordCheck } from '../check.js';
import { each } from '../read.js';

const { sql } = Prisma;

/** A reference with the columns that its keys are made from; the others are null. */
interface NamedRow {
  readonly owner: Findable['owner'];
  readonly slug: string;
  readonly name: string;
  readonly kind: ActorKind;
  readonly names: string[] | null;
  readonly countryCode: string | null;
  readonly countryCode3: string | null;
  readonly wikidataId: string | null;
  readonly url: string | null;
}

const NAMED = sql`
  SELECT 'Actor' AS owner, id, slug, name, kind::text AS kind,
         (SELECT array_agg(other.name) FROM actor_name AS other WHERE other.actor_id = actor.id) AS names,
         country_code AS "countryCode", country_code3 AS "countryCode3", wikidata_id AS "wikidataId", NULL AS url
  FROM actor
  UNION ALL SELECT 'Topic', id, slug, name, NULL,
                   (SELECT array_agg(other.name) FROM topic_name AS other WHERE other.topic_id = topic.id),
                   NULL, NULL, wikidata_id, NULL FROM topic
  UNION ALL SELECT 'Source', id, slug, title, NULL,
                   (SELECT array_agg(other.name) FROM source_name AS other WHERE other.source_id = source.id),
                   NULL, NULL, wikidata_id, url FROM source
  UNION ALL SELECT 'Treaty', id, slug, name, NULL, CASE WHEN abbreviation IS NOT NULL THEN ARRAY[abbreviation] END,
                   NULL, NULL, NULL, NULL FROM treaty
  UNION ALL SELECT 'WeaponSystem', id, slug, name, NULL,
                   (SELECT array_agg(other.name) FROM weapon_system_alias AS other WHERE other.weapon_system_id = weapon_system.id),
                   NULL, NULL, NULL, NULL FROM weapon_system
  UNION ALL SELECT 'Doctrine', id, slug, name, NULL, NULL, NULL, NULL, NULL, NULL FROM doctrine`;

/** REFERENCE_KEY: the keys of references follow from their names, codes and ids. */
export const namesLead: RecordCheck = async (tx, findings) => {
  const rows = each<NamedRow & { readonly keys: string[] }>(
    tx,
    sql`SELECT named.*, ARRAY(SELECT key FROM reference_key WHERE reference_id = named.id) AS keys
        FROM (${NAMED}) AS named ORDER BY named.id`,
  );
  for await (const { keys, ...row } of rows) {
    const [expected, found] = [keysOf(findable(row)), keys].map((some) => some.toSorted().join('; '));
    if (expected !== found) findings.add('REFERENCE_KEY', nameOf(row), expected || 'none', found || 'none');
  }
};

/** SAME_NAME: no two references that are not merged differ only in the spelling of their names, or in nothing. */
export const namesDiffer: RecordCheck = async (tx, findings) => {
  const pairs = each<{ one: NamedRow; other: NamedRow }>(
    tx,
    sql`WITH named AS (${NAMED}), keyed AS (
          SELECT key, reference_id FROM reference_key WHERE key NOT LIKE ${`${SIMILAR}%`}
          UNION ALL SELECT 'url ' || url, id FROM source WHERE url IS NOT NULL
        )
        SELECT DISTINCT to_jsonb(one) AS one, to_jsonb(other) AS other
        FROM keyed AS mine JOIN keyed AS theirs ON theirs.key = mine.key AND theirs.reference_id > mine.reference_id
          AND NOT EXISTS (SELECT FROM merged_reference WHERE id IN (mine.reference_id, theirs.reference_id))
        JOIN named AS one ON one.id = mine.reference_id JOIN named AS other ON other.id = theirs.reference_id`,
  );
  for await (const { one, other } of pairs) {
    if (isSame(one, other)) {
      const named = `${JSON.stringify(one.name)} and ${JSON.stringify(other.name)}`;
      findings.add('SAME_NAME', `${nameOf(one)} and ${nameOf(other)}`, 'names that tell them apart', named);
    }
  }
};

/** References may share another name, and a usual name if their Wikidata items or ISO codes tell them apart. */
function isSame(one: NamedRow, other: NamedRow): boolean {
  if (one.wikidataId !== null && one.wikidataId === other.wikidataId) return true;
  if (one.url !== null && one.url === other.url) return true;
  return foldName(one.name) === foldName(other.name) && canBe({ input: one }, other);
}

const nameOf = ({ owner, slug }: NamedRow) => `the ${owner.toLowerCase()} ${slug}`;

function findable(row: NamedRow): Findable {
  const others = row.names ?? [];
  switch (row.owner) {
    case 'Actor':
      return findableActor({ ...row, others });
    case 'Topic':
      return findableTopic({ ...row, others });
    case 'Source':
      return findableSource({ ...row, title: row.name, others });
    default:
      return { owner: row.owner, names: [row.name, ...others] };
  }
}
