import { LRUCache } from 'lru-cache';
import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import {
  type Actor,
  type Doctrine,
  Prisma,
  type Source,
  type Topic,
  type Treaty,
  type WeaponSystem,
} from '../../generated/prisma/client.js';
import type { SlugOwner } from '../errors.js';
import type { SlugIds } from './lookup.js';

/** The models that developments refer to, by Prisma's names. */
export interface ReferenceRows {
  readonly actor: Actor;
  readonly doctrine: Doctrine;
  readonly source: Source;
  readonly topic: Topic;
  readonly treaty: Treaty;
  readonly weaponSystem: WeaponSystem;
}

export type ReferenceModel = keyof ReferenceRows;

const { raw } = Prisma;

/**
 * The rows as Prisma has them. As SQL of our own, because every page of developments asks for dozens of these: Prisma
 * plans each such query anew, in this process and in the database, for more than the rest of the page takes.
 */
export const REFERENCE_SELECTS: Readonly<Record<ReferenceModel, Prisma.Sql>> = {
  actor: raw(`SELECT id, slug, kind::text, name, description, country_code AS "countryCode",
    country_code3 AS "countryCode3", wikidata_id AS "wikidataId", recorded_at AS "recordedAt",
    merged_into_id::text AS "mergedIntoId" FROM actor`),
  doctrine: raw(`SELECT id, slug, name, summary, actor_id::text AS "actorId", recorded_at AS "recordedAt",
    merged_into_id::text AS "mergedIntoId" FROM doctrine`),
  source: raw(`SELECT id, slug, publisher, title, url, language, reliability::text,
    published_edtf AS "publishedEdtf", published_earliest AS "publishedEarliest",
    published_latest AS "publishedLatest", published_precision::text AS "publishedPrecision",
    retrieved_at AS "retrievedAt", wikidata_id AS "wikidataId", recorded_at AS "recordedAt",
    merged_into_id::text AS "mergedIntoId" FROM source`),
  topic: raw(`SELECT id, slug, name, description, wikidata_id AS "wikidataId", recorded_at AS "recordedAt",
    merged_into_id::text AS "mergedIntoId" FROM topic`),
  treaty: raw('SELECT id, slug, name, abbreviation, summary, recorded_at AS "recordedAt" FROM treaty'),
  weaponSystem: raw(`SELECT id, slug, name, summary, classes::text[], delivery::text[],
    range_min_km AS "rangeMinKm", range_max_km AS "rangeMaxKm", recorded_at AS "recordedAt",
    merged_into_id::text AS "mergedIntoId" FROM weapon_system`),
};

/** The rows with these ids, in no order, with the version of the reference data that they are of. One SQL statement. */
export function findReferenceRows<M extends ReferenceModel>(
  db: Transaction,
  model: M,
  ids: readonly string[],
): Promise<(ReferenceRows[M] & { readonly version: bigint })[]> {
  const statement = Prisma.sql`
    SELECT it.*, reference_head.version FROM (${REFERENCE_SELECTS[model]}) AS it, reference_head
    WHERE it.id = ANY (${[...ids]}::uuid[])`;
  return read(db, statement, { prepared: true });
}

/** How many rows of each model are kept: some tens of megabytes in all. */
const MAX_KEPT = 10_000;

/**
 * Caches rows of reference data, all of one version. Statements that read developments also read the current version, so a
 * cached row is the row at that moment.
 *
 * Also caches the ids of slugs until {@link forgetIds}: merges change the id of a slug, and erasures free it.
 */
export class ReferenceCache implements SlugIds {
  /** By id, one map for each model: a page looks up a hundred rows, and a joined key would cost more than the look-up. */
  readonly #rows: { readonly [M in ReferenceModel]: LRUCache<string, ReferenceRows[M]> } = {
    actor: new LRUCache({ max: MAX_KEPT }),
    doctrine: new LRUCache({ max: MAX_KEPT }),
    source: new LRUCache({ max: MAX_KEPT }),
    topic: new LRUCache({ max: MAX_KEPT }),
    treaty: new LRUCache({ max: MAX_KEPT }),
    weaponSystem: new LRUCache({ max: MAX_KEPT }),
  };
  readonly #ids = new LRUCache<string, string>({ max: MAX_KEPT });
  #version = -1n;

  /** Undefined where the row is not kept, or of another version. */
  find<M extends ReferenceModel>(version: bigint, model: M, id: string): ReferenceRows[M] | undefined {
    if (version !== this.#version) return undefined;
    return this.#rows[model].get(id);
  }

  /** Keeps a row; those of earlier versions go. */
  keep<M extends ReferenceModel>(version: bigint, model: M, row: ReferenceRows[M]): void {
    if (version < this.#version) return;
    if (version > this.#version) for (const rows of Object.values(this.#rows)) rows.clear();
    this.#version = version;
    this.#rows[model].set(row.id, row);
  }

  #generation = 0;

  get generation(): number {
    return this.#generation;
  }

  /** Call it when a reference may have been merged or erased. */
  forgetIds(): void {
    this.#generation += 1;
    this.#ids.clear();
  }

  findId(owner: SlugOwner, slug: string): string | undefined {
    return this.#ids.get(`${owner}:${slug}`);
  }

  keepId(owner: SlugOwner, slug: string, id: string, generation: number): void {
    if (generation === this.#generation) this.#ids.set(`${owner}:${slug}`, id);
  }
}
