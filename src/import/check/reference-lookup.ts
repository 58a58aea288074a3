import { LRUCache } from 'lru-cache';
import type { Transaction } from '../../database/open.js';
import { findGrades, type Grades, type SourceGrade } from '../../domain/development/confidence.js';
import {
  type Found,
  findThings,
  gradeOf,
  type Planned,
  Planner,
} from '../../domain/references/find-or-plan.js';
import { findSlugs, type ReferenceOwner } from '../../domain/references/lookup.js';
import type { Wanted } from '../mapping/named-references.js';
import type { MadeCounts } from '../report/tally.js';
import { SeenKeys } from './seen-keys.js';

/** How many things of each sort are remembered, of those that were named last. */
const REMEMBERED = 50_000;

const COUNTED = { Actor: 'actors', Topic: 'topics', Source: 'sources' } as const;

/**
 * Where the things are that an import's rows name: in the record, or to be made. Looks each up once, as long as
 * it is named now and then; nothing that can be named is ever deleted.
 */
export abstract class Places {
  readonly #found = new LRUCache<string, Found>({ max: REMEMBERED });
  readonly #ids = new LRUCache<string, string>({ max: REMEMBERED });
  readonly #grades = new LRUCache<string, SourceGrade>({ max: REMEMBERED });
  protected readonly db: Transaction;

  constructor(db: Transaction) {
    this.db = db;
  }

  /** Decides where things will be that the record does not have. */
  protected abstract settle(missing: readonly Wanted[]): Promise<readonly Found[]>;

  /** Ids of slugs that the record does not have, but that this import has made or will have. */
  protected abstract idOfNew(key: string): string | undefined;

  /** Where the things are, by their keys. */
  async find(wanted: readonly Wanted[]): Promise<Map<string, Found>> {
    const places = new Map<string, Found>();
    const unknown: Wanted[] = [];
    for (const one of wanted) {
      const known = this.#found.get(one.key);
      if (known) places.set(one.key, known);
      else unknown.push(one);
    }
    if (unknown.length === 0) return places;
    const inRecord = await findThings(
      this.db,
      unknown.map(({ thing }) => thing),
    );
    const missing = unknown.filter(({ key }) => !inRecord.has(key));
    const settled = await this.settle(missing);
    for (const [index, { key }] of missing.entries()) {
      const place = settled[index];
      if (place) inRecord.set(key, place);
    }
    for (const [key, place] of inRecord) {
      this.#found.set(key, place);
      places.set(key, place);
    }
    return places;
  }

  /** The ids of slugs, by `Owner:slug`; what is not in the record is left out. */
  async idsOf(
    slugs: Readonly<Partial<Record<ReferenceOwner, ReadonlySet<string>>>>,
  ): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    for (const [owner, wanted] of Object.entries(slugs) as [ReferenceOwner, ReadonlySet<string>][]) {
      const unknown: string[] = [];
      for (const slug of wanted) {
        const key = `${owner}:${slug}`;
        const id = this.#ids.get(key);
        if (id === undefined) unknown.push(slug);
        else ids.set(key, id);
      }
      if (unknown.length === 0) continue;
      for (const { id, slug } of await findSlugs(this.db, owner, { slug: { in: unknown } })) {
        this.#ids.set(`${owner}:${slug}`, id);
        ids.set(`${owner}:${slug}`, id);
      }
      for (const key of unknown.map((slug) => `${owner}:${slug}`)) {
        const id = ids.get(key) ?? this.idOfNew(key);
        if (id !== undefined) ids.set(key, id);
      }
    }
    return ids;
  }

  /** What sources are worth that rows name by their slugs. */
  async gradesOf(sourceIds: ReadonlySet<string>): Promise<Grades> {
    const unknown = [...sourceIds].filter((id) => !this.#grades.has(id));
    for (const [id, grade] of await findGrades(this.db, unknown)) this.#grades.set(id, grade);
    return new Map(
      [...sourceIds].flatMap((id) => {
        const grade = this.#grades.get(id);
        return grade ? [[id, grade]] : [];
      }),
    );
  }

  /** Forgets where things are, when somebody else has made one meanwhile. */
  forget(): void {
    this.#found.clear();
  }
}

/** What an import would make is only counted, in little memory: nothing is written. */
export class ImaginedPlaces extends Places {
  readonly made: MadeCounts = { actors: 0, topics: 0, sources: 0 };
  readonly #keys = new SeenKeys();
  readonly #slugs = new SeenKeys();

  protected async settle(missing: readonly Wanted[]): Promise<Found[]> {
    return missing.map(({ key, standIn, thing }) => {
      if (this.#keys.add(key, 1) === undefined) this.made[COUNTED[thing.owner]] += 1;
      this.#slugs.add(`${thing.owner}:${thing.input.slug}`, 1);
      return { id: `new:${key}`, slug: standIn, ...gradeOf(thing) };
    });
  }

  protected idOfNew(key: string): string | undefined {
    return this.#slugs.has(key) ? `new:${key}` : undefined;
  }
}

/** What the record does not have is planned, for the block that names it first to write. */
export class PlannedPlaces extends Places {
  #planner = new Planner();
  #planned: Planned[] = [];
  readonly #ids = new LRUCache<string, string>({ max: REMEMBERED });

  protected async settle(missing: readonly Wanted[]): Promise<Found[]> {
    const planned = await this.#planner.plan(
      this.db,
      missing.map(({ thing }) => thing),
    );
    this.#planned.push(...planned);
    for (const { owner, place } of planned) this.#ids.set(`${owner}:${place.slug}`, place.id);
    const places = new Map(planned.map(({ input, place }) => [input as object, place]));
    return missing.flatMap(({ thing }) => places.get(thing.input) ?? []);
  }

  protected idOfNew(key: string): string | undefined {
    return this.#ids.get(key);
  }

  /** What was planned since the last call; it is the caller's to write. */
  takePlanned(): Planned[] {
    const planned = this.#planned;
    this.#planned = [];
    return planned;
  }

  override forget(): void {
    super.forget();
    this.#planner = new Planner();
    this.#planned = [];
    this.#ids.clear();
  }
}
