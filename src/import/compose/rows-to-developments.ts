import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { slugsIn } from '../../domain/development/content/compose.js';
import type { DevelopmentContent } from '../../domain/development/content/content.js';
import type { RecordFields } from '../../domain/development/content/input.js';
import type { Grades, SourceGrade } from '../../domain/development/evidence/confidence.js';
import { composeOrRefuse, type NewDevelopment } from '../../domain/development/write/record.js';
import { chooseSlugs, takenSlugs } from '../../domain/development/write/slugs.js';
import { type DomainError, InvalidInputError, UnknownSlugError } from '../../domain/errors.js';
import type { NewReference } from '../../domain/references/create-many.js';
import type { NameMatch } from '../../domain/references/find-by-name.js';
import { type ReferenceOwner, References } from '../../domain/references/lookup.js';
import { Prisma } from '../../generated/prisma/client.js';
import { type DevelopmentMapping, KINDS } from '../mapping/mapping.js';
import type { Placeholder } from '../mapping/named-references.js';
import { DevelopmentMapper, type MappedRow } from '../mapping/row-mapper.js';
import type { Defect, Row } from '../read/row.js';
import type { RefusedRow } from '../report/problems.js';
import { ReferenceLookup, resolveNames } from './reference-lookup.js';
import { SeenKeys } from './seen-keys.js';

/** The developments that a batch of rows makes of the record as it is. */
export interface ComposedRows {
  readonly contents: readonly DevelopmentContent[];
  /** The references that the batch is the first to name. */
  readonly created: readonly NewReference[];
  /** How many rows the record has already. */
  readonly alreadyThere: number;
  readonly refused: readonly RefusedRow[];
}

/** A row that the domain's schema accepts. */
interface Candidate {
  readonly row: Row;
  readonly id: string;
  readonly fields: RecordFields;
}

type Refuse = (candidate: Pick<MappedRow, 'row' | 'id'>, defects: readonly Defect[]) => void;

/**
 * Composes developments from rows, batch by batch, and writes nothing: a bounded number of statements for each batch.
 * The check and the second pass both use it, so a row that passes the check is written as it was checked.
 */
export class RowComposer {
  readonly mapper: DevelopmentMapper;
  readonly #db: Transaction;
  readonly #lookup: ReferenceLookup;
  readonly #choosesSlugs: boolean;
  /** The slugs of all batches so far, some of which the record does not have yet. */
  #slugs = new SeenKeys();

  /** @param choosesSlugs Choose free slugs. The check needs none, unless rows give some: they could be taken. */
  constructor(db: Transaction, mapping: DevelopmentMapping, choosesSlugs: boolean) {
    this.#db = db;
    this.mapper = new DevelopmentMapper(mapping);
    this.#lookup = new ReferenceLookup(db);
    this.#choosesSlugs = choosesSlugs;
  }

  /** Composes the rows of one batch, in their order. Their placeholders end with it. */
  async compose(rows: readonly MappedRow<RecordFields>[]): Promise<ComposedRows> {
    const { mapper } = this;
    const refused: RefusedRow[] = [];
    const refuse: Refuse = ({ row, id }, defects) =>
      refused.push({ row, problems: mapper.problems({ row, id }, defects) });
    const candidates = rows.flatMap(({ row, id, fields, defects }): Candidate[] => {
      if (id !== undefined && fields) return [{ row, id, fields }];
      refuse({ row, id }, defects);
      return [];
    });
    const fresh = await this.#withoutKnown(candidates);
    const placeholders = this.#placeholdersIn(fresh);
    const matches = await this.#lookup.resolve(placeholders);
    const resolved = fresh.flatMap((candidate) => {
      const { fields, defects } = resolveNames(candidate.fields, mapper.named, matches);
      if (defects.length === 0) return [{ ...candidate, fields }];
      refuse(candidate, defects);
      return [];
    });
    const free = await this.#withFreeSlugs(resolved, refuse);
    const ids = await this.#idsOf(free, placeholders, matches);
    const sound = free.filter((candidate) => hasKnownReferences(candidate, ids, refuse));
    const grades = await this.#gradesOf(sound, matches, ids);
    const contents = await this.#contentsOf(sound, { refs: new References(ids), grades }, refuse);
    mapper.named.startBatch();
    return {
      contents,
      created: this.#lookup.takeCreated(),
      alreadyThere: candidates.length - fresh.length,
      refused,
    };
  }

  /** Forgets what was looked up and given out, after another writer came first. */
  forget(): void {
    this.#lookup.forget();
    this.#slugs = new SeenKeys();
  }

  /** Drops the rows whose ids the record has. */
  async #withoutKnown(candidates: readonly Candidate[]): Promise<readonly Candidate[]> {
    if (candidates.length === 0) return candidates;
    const ids = candidates.map(({ id }) => id);
    const known = await read<{ value: string }>(
      this.#db,
      Prisma.sql`
        SELECT value FROM external_id
        WHERE dataset = ${this.mapper.mapping.id.dataset} AND value = ANY (${ids}::text[])`,
    );
    const values = new Set(known.map(({ value }) => value));
    return values.size === 0 ? candidates : candidates.filter(({ id }) => !values.has(id));
  }

  /** Rows that the record has already create nothing, so they are not asked here. */
  #placeholdersIn(candidates: readonly Candidate[]): Placeholder[] {
    const placeholders = new Map<string, Placeholder>();
    for (const { fields } of candidates) {
      for (const slug of Object.values(slugsIn(fields)).flat()) {
        const placeholder = this.mapper.named.find(slug);
        if (placeholder) placeholders.set(placeholder.key, placeholder);
      }
    }
    return [...placeholders.values()];
  }

  /** Refuses rows with a slug that another development, or another row, has or had. */
  async #withFreeSlugs(candidates: readonly Candidate[], refuse: Refuse): Promise<readonly Candidate[]> {
    const slugs = candidates.flatMap(({ fields }) => fields.slug ?? []);
    if (slugs.length === 0) return candidates;
    const taken = new Set(await takenSlugs(this.#db, slugs));
    return candidates.filter((candidate) => {
      const { slug } = candidate.fields;
      if (!slug) return true;
      const isTaken = taken.has(slug) || this.#slugs.has(slug);
      taken.add(slug);
      if (!isTaken) return true;
      const reason = 'The slug belongs to another development.';
      refuse(candidate, [{ field: 'slug', value: slug, reason, kind: 'TAKEN_SLUG' }]);
      return false;
    });
  }

  /** Looks up the ids of all references of the rows, by `Owner:slug`. */
  async #idsOf(
    candidates: readonly Candidate[],
    placeholders: readonly Placeholder[],
    matches: ReadonlyMap<string, NameMatch>,
  ): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    for (const { reference, key } of placeholders) {
      const match = matches.get(key);
      if (match && 'id' in match) ids.set(`${reference.owner}:${match.slug}`, match.id);
    }
    const others: Partial<Record<ReferenceOwner, Set<string>>> = {};
    for (const { fields } of candidates) {
      for (const [owner, slugs] of referencesOf(fields)) {
        for (const slug of slugs) {
          if (!ids.has(`${owner}:${slug}`)) others[owner] = (others[owner] ?? new Set()).add(slug);
        }
      }
    }
    for (const [key, id] of await this.#lookup.idsOf(others)) ids.set(key, id);
    return ids;
  }

  /** Looks up the grades of the sources that the rows cite. */
  async #gradesOf(
    candidates: readonly Candidate[],
    matches: ReadonlyMap<string, NameMatch>,
    ids: ReadonlyMap<string, string>,
  ): Promise<Grades> {
    const grades = new Map<string, SourceGrade>();
    for (const match of matches.values()) {
      if ('id' in match && match.grade) grades.set(match.id, match.grade);
    }
    const sources = candidates.flatMap(({ fields }) => fields.citations?.map(({ source }) => source) ?? []);
    const others = new Set(
      sources.flatMap((slug) => ids.get(`Source:${slug}`) ?? []).filter((id) => !grades.has(id)),
    );
    for (const [id, grade] of await this.#lookup.gradesOf(others)) grades.set(id, grade);
    return grades;
  }

  async #contentsOf(
    candidates: readonly Candidate[],
    composing: { readonly refs: References; readonly grades: Grades },
    refuse: Refuse,
  ): Promise<DevelopmentContent[]> {
    const { id, publish, record } = this.mapper.mapping;
    const own = candidates.map(({ fields }) => fields);
    const slugs = this.#choosesSlugs
      ? await chooseSlugs(this.#db, own, (slug) => this.#slugs.has(slug))
      : own.map(({ slug }) => slug ?? 'not-chosen');
    return candidates.flatMap((candidate, index) => {
      const item: NewDevelopment = {
        kind: KINDS[record],
        fields: candidate.fields,
        externalIds: [{ dataset: id.dataset, value: candidate.id }],
      };
      const tell = (_: NewDevelopment, error: DomainError) =>
        refuse(candidate, defectsOf(error, candidate.fields));
      const content = composeOrRefuse(item, slugs[index] ?? '', publish, composing, tell);
      if (!content) return [];
      if (this.#choosesSlugs) this.#slugs.add(content.slug, 1);
      return [content];
    });
  }
}

const referencesOf = (fields: RecordFields) =>
  Object.entries(slugsIn(fields)) as [ReferenceOwner, string[]][];

function hasKnownReferences(candidate: Candidate, ids: ReadonlyMap<string, string>, refuse: Refuse): boolean {
  const defects = referencesOf(candidate.fields).flatMap(([owner, slugs]): Defect[] =>
    [...new Set(slugs)]
      .filter((slug) => !ids.has(`${owner}:${slug}`))
      .map((slug) => {
        const { message: reason } = new UnknownSlugError(owner, slug);
        return { field: fieldOf(candidate.fields, owner, slug), value: slug, reason, kind: 'UNKNOWN_SLUG' };
      }),
  );
  if (defects.length > 0) refuse(candidate, defects);
  return defects.length === 0;
}

/** Returns the field of the input that names a reference. */
function fieldOf(fields: RecordFields, owner: ReferenceOwner, slug: string): string {
  switch (owner) {
    case 'Actor':
      return fields.participants?.some(({ actor }) => actor === slug) ? 'participants' : 'citations';
    case 'Doctrine':
      return fields.doctrines?.includes(slug) ? 'doctrines' : 'doctrine';
    case 'Source':
      return 'citations';
    case 'Topic':
      return 'topics';
    case 'Treaty':
      return 'treaties';
    case 'WeaponSystem':
      return 'weaponSystems';
  }
}

/** Rules of the domain that take several fields to check. */
function defectsOf(error: DomainError, fields: RecordFields): Defect[] {
  if (!(error instanceof InvalidInputError)) {
    return [{ field: 'citations', value: undefined, reason: error.message, kind: 'NO_VALUE' }];
  }
  return error.issues.map(({ path, message }) => {
    const field = path === '' ? 'row' : path;
    const value = (fields as Readonly<Record<string, unknown>>)[field];
    return { field, value: value ?? undefined, reason: message, kind: 'BROKEN_RULE' };
  });
}
