import { LRUCache } from 'lru-cache';
import type { Transaction } from '../../database/open.js';
import type { RecordFields } from '../../domain/development/content/input.js';
import type { ClaimField } from '../../domain/development/content/vocabulary.js';
import type { ClaimValue, ClaimValues } from '../../domain/development/evidence/claim-values.js';
import { findGrades, type Grades, type SourceGrade } from '../../domain/development/evidence/confidence.js';
import { newId } from '../../domain/new-id.js';
import { findSlugs, type ReferenceOwner } from '../../domain/references/lookup.js';
import {
  assignSlugs,
  type NewReference,
  type NewSpelling,
} from '../../domain/references/named/create-many.js';
import {
  canBe,
  findByName,
  identityOf,
  type NamedReference,
  type NameMatch,
  soughtBy,
} from '../../domain/references/named/find-by-name.js';
import { MOST_NAMES } from '../../domain/references/named/other-names.js';
import type { NamedReferences, Placeholder } from '../mapping/named-references.js';
import type { Defect } from '../read/row.js';
import { SeenKeys } from './seen-keys.js';

/** How many references of each sort are remembered: those that were named last. */
const REMEMBERED = 50_000;

/**
 * Finds the references that rows name, in the record or among those that the import creates. Both passes use it: the
 * check counts what it would create, the second pass writes it.
 *
 * Each reference is looked up once while rows go on naming it. References are never deleted, so a found one stays.
 */
export class ReferenceLookup {
  readonly #db: Transaction;
  readonly #matches = new LRUCache<string, NameMatch>({ max: REMEMBERED });
  /** What was created last, by each of its keys: the record may not have it yet. */
  readonly #createdByKey = new LRUCache<string, NewReference>({ max: REMEMBERED });
  readonly #ids = new LRUCache<string, string>({ max: REMEMBERED });
  readonly #grades = new LRUCache<string, SourceGrade>({ max: REMEMBERED });
  /** The names and slugs of everything created so far: the check does not find them in the record later. */
  #createdNames = new SeenKeys();
  #createdSlugs = new SeenKeys();
  #created: NewReference[] = [];
  #spellings: NewSpelling[] = [];

  constructor(db: Transaction) {
    this.#db = db;
  }

  /** Finds or creates what placeholders stand for. Returns matches by their keys. */
  async resolve(placeholders: readonly Placeholder[]): Promise<Map<string, NameMatch>> {
    const matches = new Map<string, NameMatch>();
    const unknown: Placeholder[] = [];
    for (const placeholder of placeholders) {
      const match = this.#matches.get(placeholder.key);
      if (match) matches.set(placeholder.key, match);
      else unknown.push(placeholder);
    }
    if (unknown.length === 0) {
      this.#noteSpellings(placeholders, matches);
      return matches;
    }
    const found = await findByName(
      this.#db,
      unknown.map(({ reference }) => reference),
    );
    const missing = unknown.filter(({ key }) => !found.has(key));
    for (const [key, match] of [...found, ...(await this.#findOrCreate(missing))]) {
      this.#matches.set(key, match);
      matches.set(key, match);
    }
    this.#noteSpellings(placeholders, matches);
    return matches;
  }

  /**
   * Notes names that the record does not have as they are written. Not the titles of sources with an address: documents
   * that cite one give it many.
   */
  #noteSpellings(placeholders: readonly Placeholder[], matches: Map<string, NameMatch>): void {
    for (const { reference, key } of placeholders) {
      const match = matches.get(key);
      if (!match || !('id' in match) || ('url' in reference.input && reference.input.url != null)) continue;
      const { owner, input } = reference;
      const name = 'title' in input ? input.title : input.name;
      const known = match.names ?? [];
      if (known.includes(name) || known.length > MOST_NAMES) continue;
      const language = input.names?.[0]?.language ?? '';
      const kind = owner === 'Actor' ? input.kind : null;
      this.#spellings.push({ owner, id: match.id, kind, name, language, ordinal: known.length });
      const more = { ...match, names: [...known, name] };
      this.#matches.set(key, more);
      matches.set(key, more);
    }
  }

  /**
   * Creates what the record does not have, each reference once: one row can give a name in another spelling, and another
   * one an id beside it.
   */
  async #findOrCreate(missing: readonly Placeholder[]): Promise<[string, NameMatch][]> {
    const matches: [string, NameMatch][] = [];
    const groups: Placeholder[][] = [];
    const groupOf = new Map<string, Placeholder[]>();
    for (const placeholder of missing) {
      const { reference, key } = placeholder;
      const keys = soughtBy(reference);
      const known = keys
        .flatMap((one) => this.#createdByKey.get(one) ?? [])
        .find((one) => isSame(reference, one));
      const group = keys
        .flatMap((one) => [groupOf.get(one) ?? []])
        .find(([first]) => first && isSame(reference, first.reference));
      if (known) matches.push([key, known.known]);
      else if (group) group.push(placeholder);
      else {
        const started = [placeholder];
        groups.push(started);
        for (const one of keys) if (!groupOf.has(one)) groupOf.set(one, started);
      }
    }
    return [...matches, ...(await this.#create(groups))];
  }

  async #create(groups: readonly Placeholder[][]): Promise<[string, NameMatch][]> {
    const members = new Map(
      groups.flatMap((group) => (group[0] ? [[group[0].reference.input as object, group]] : [])),
    );
    const reserve = (slug: string) => this.#createdSlugs.add(slug, 1) === undefined;
    const created = await assignSlugs(
      this.#db,
      groups.flatMap(([first]) => first?.reference ?? []),
      reserve,
    );
    return created.flatMap((reference) => {
      const { owner, input, known } = reference;
      const keys = (members.get(input) ?? []).map(({ key }) => key);
      // The check meets names again that it has forgotten and not written: they count once.
      if (this.#createdNames.add(identityOf(reference), 1) === undefined) this.#created.push(reference);
      this.#ids.set(`${owner}:${known.slug}`, known.id);
      for (const one of soughtBy(reference)) this.#createdByKey.set(one, reference);
      return keys.map((key): [string, NameMatch] => [key, known]);
    });
  }

  /** Looks up the ids of slugs. Returns them by `Owner:slug`, without those that do not exist. */
  async idsOf(
    slugs: Readonly<Partial<Record<ReferenceOwner, ReadonlySet<string>>>>,
  ): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    for (const [owner, asked] of Object.entries(slugs) as [ReferenceOwner, ReadonlySet<string>][]) {
      const unknown: string[] = [];
      for (const slug of asked) {
        const id = this.#ids.get(`${owner}:${slug}`);
        if (id === undefined) unknown.push(slug);
        else ids.set(`${owner}:${slug}`, id);
      }
      if (unknown.length === 0) continue;
      for (const { id, slug } of await findSlugs(this.#db, owner, { slug: { in: unknown } })) {
        this.#ids.set(`${owner}:${slug}`, id);
        ids.set(`${owner}:${slug}`, id);
      }
      for (const key of unknown.map((slug) => `${owner}:${slug}`)) {
        // Only the check gets here: what it creates is not in the record, and any id will do.
        if (!ids.has(key) && this.#createdSlugs.has(key)) ids.set(key, newId());
      }
    }
    return ids;
  }

  /** Looks up the grades of sources by their ids. */
  async gradesOf(sourceIds: ReadonlySet<string>): Promise<Grades> {
    const unknown = [...sourceIds].filter((id) => !this.#grades.has(id));
    for (const [id, grade] of await findGrades(this.#db, unknown)) this.#grades.set(id, grade);
    return new Map(
      [...sourceIds].flatMap((id) => {
        const grade = this.#grades.get(id);
        return grade ? [[id, grade]] : [];
      }),
    );
  }

  /** Returns the references created since the last call. The caller writes or drops them. */
  takeCreated(): NewReference[] {
    const created = this.#created;
    this.#created = [];
    return created;
  }

  /** Returns the spellings noted since the last call, as {@link takeCreated} does. */
  takeSpellings(): NewSpelling[] {
    const spellings = this.#spellings;
    this.#spellings = [];
    return spellings;
  }

  /** Forgets everything, after another writer created one of the references first. */
  forget(): void {
    this.#matches.clear();
    this.#ids.clear();
    this.#createdByKey.clear();
    this.#createdNames = new SeenKeys();
    this.#createdSlugs = new SeenKeys();
    this.#created = [];
    this.#spellings = [];
  }
}

function isSame(one: NamedReference, other: NamedReference): boolean {
  return one.owner === other.owner && canBe(one, other.input);
}

/** Replaces placeholders by the slugs of the references that they stand for. */
export function resolveNames(
  fields: RecordFields,
  named: NamedReferences,
  matches: ReadonlyMap<string, NameMatch>,
): { readonly fields: RecordFields; readonly defects: readonly Defect[] } {
  const defects: Defect[] = [];
  const slugOf = (slug: string) => {
    const placeholder = named.find(slug);
    const match = placeholder && matches.get(placeholder.key);
    if (!match) return slug;
    if ('slug' in match) return match.slug;
    const { input } = placeholder.reference;
    const value = 'name' in input ? input.name : (input.url ?? input.title);
    const reason = `Several references have this name or URL: ${match.ambiguous.join(', ')}. Give the slug of one.`;
    defects.push({ field: 'row', value, reason, kind: 'AMBIGUOUS_NAME' });
    return slug;
  };
  const resolved = {
    ...fields,
    participants: distinct(
      fields.participants?.map((participant) => ({ ...participant, actor: slugOf(participant.actor) })),
      ({ actor, role }) => `${actor} ${role}`,
    ),
    topics: distinct(fields.topics?.map(slugOf), (slug) => slug),
    citations: fields.citations?.map((citation) => ({
      ...citation,
      source: slugOf(citation.source),
      claims: citation.claims?.map((claim) => ({
        ...claim,
        value: withActors(claim.field, claim.value, slugOf),
      })),
    })),
  };
  return { fields: resolved, defects };
}

/** Replaces the actors in the value of a claim. */
function withActors(field: ClaimField, value: ClaimValue, slugOf: (slug: string) => string): ClaimValue {
  if (field === 'SPEAKER') return [...new Set((value as ClaimValues['SPEAKER']).map(slugOf))];
  if (field !== 'ROLE') return value;
  const offices = (value as ClaimValues['ROLE']).map((office) => ({
    ...office,
    actor: slugOf(office.actor),
  }));
  return distinct(offices, ({ actor }) => actor) ?? [];
}

/** Two names of one actor make one participant. */
function distinct<T>(list: readonly T[] | undefined, keyOf: (item: T) => string): T[] | undefined {
  return list && [...new Map(list.toReversed().map((item) => [keyOf(item), item])).values()].toReversed();
}
