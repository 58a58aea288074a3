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
const SELECTS: Readonly<Record<ReferenceModel, Prisma.Sql>> = {
  actor: raw(`SELECT id, slug, kind::text, name, description, country_code AS "countryCode",
    country_code3 AS "countryCode3", wikidata_id AS "wikidataId", recorded_at AS "recordedAt" FROM actor`),
  doctrine: raw(`SELECT id, slug, name, summary, actor_id::text AS "actorId", recorded_at AS "recordedAt"
    FROM doctrine`),
  source: raw(`SELECT id, slug, publisher, title, url, language, reliability::text,
    published_edtf AS "publishedEdtf", published_earliest AS "publishedEarliest",
    published_latest AS "publishedLatest", published_precision::text AS "publishedPrecision",
    retrieved_at AS "retrievedAt", recorded_at AS "recordedAt" FROM source`),
  topic: raw('SELECT id, slug, name, description, recorded_at AS "recordedAt" FROM topic'),
  treaty: raw('SELECT id, slug, name, abbreviation, summary, recorded_at AS "recordedAt" FROM treaty'),
  weaponSystem: raw(`SELECT id, slug, name, summary, classes::text[], delivery::text[],
    range_min_km AS "rangeMinKm", range_max_km AS "rangeMaxKm", recorded_at AS "recordedAt" FROM weapon_system`),
};

/** The rows with these ids, in no order, with the version of the reference data that they are of. One SQL statement. */
export function findReferenceRows<M extends ReferenceModel>(
  db: Transaction,
  model: M,
  ids: readonly string[],
): Promise<(ReferenceRows[M] & { readonly version: bigint })[]> {
  const statement = Prisma.sql`
    SELECT it.*, reference_head.version FROM (${SELECTS[model]}) AS it, reference_head
    WHERE it.id = ANY (${[...ids]}::uuid[])`;
  return read(db, statement, { prepared: true });
}

/** How many rows are kept: some tens of megabytes. */
const MAX_KEPT = 20_000;

/**
 * Caches rows of reference data, all of one version. Statements that read developments also read the current version, so a
 * cached row is the row at that moment.
 */
export class ReferenceCache {
  readonly #rows = new LRUCache<string, object>({ max: MAX_KEPT });
  #version = -1n;

  /** Undefined where the row is not kept, or of another version. */
  find<M extends ReferenceModel>(version: bigint, model: M, id: string): ReferenceRows[M] | undefined {
    if (version !== this.#version) return undefined;
    return this.#rows.get(`${model} ${id}`) as ReferenceRows[M] | undefined;
  }

  /** Keeps a row; those of earlier versions go. */
  keep<M extends ReferenceModel>(version: bigint, model: M, row: ReferenceRows[M]): void {
    if (version < this.#version) return;
    if (version > this.#version) this.#rows.clear();
    this.#version = version;
    this.#rows.set(`${model} ${row.id}`, row);
  }
}
