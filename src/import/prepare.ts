import type { Transaction } from '../database/open.js';
import { read } from '../database/read.js';
import { slugsIn } from '../domain/development/compose.js';
import type { Grades, SourceGrade } from '../domain/development/confidence.js';
import type { DevelopmentContent } from '../domain/development/content.js';
import { composeOrRefuse, type NewDevelopment } from '../domain/development/record.js';
import { chooseSlugs, takenSlugs } from '../domain/development/slugs.js';
import type { Found } from '../domain/references/find-or-plan.js';
import { type ReferenceOwner, References } from '../domain/references/lookup.js';
import { type DomainError, InvalidInputError, UnknownSlugError } from '../errors.js';
import { Prisma } from '../generated/prisma/client.js';
import { columnsOf } from './columns.js';
import { type DevelopmentMapping, KINDS } from './mapping.js';
import type { Places } from './places.js';
import { type Candidate, resolveStandIns } from './resolve.js';
import { type Defect, type Problem, problemOf, type Row } from './row.js';
import type { Wanted, WantedThings } from './wanted.js';

/** What a batch of rows comes to, with the record as it is. */
export interface Prepared {
  readonly contents: readonly DevelopmentContent[];
  readonly alreadyThere: number;
  /** The rows that only the record shows to be bad. */
  readonly refused: readonly { readonly row: Row; readonly problems: readonly Problem[] }[];
}

/** What preparing rows looks at besides the record. */
export interface Preparing {
  readonly mapping: DevelopmentMapping;
  readonly wanted: WantedThings;
  readonly places: Places;
  /** Whether a slug is another row's, although the record does not have it yet. */
  readonly isGivenOut: (slug: string) => boolean;
  /** Whether the contents get slugs of their own; otherwise only those that rows give. */
  readonly choosesSlugs: boolean;
}

/**
 * Composes developments from checked rows: a bounded number of statements, however many rows, and none that
 * writes.
 */
export async function prepare(
  db: Transaction,
  candidates: readonly Candidate[],
  { mapping, wanted, places, isGivenOut, choosesSlugs }: Preparing,
): Promise<Prepared> {
  if (candidates.length === 0) return { contents: [], alreadyThere: 0, refused: [] };
  const refused: { row: Row; problems: Problem[] }[] = [];
  const refuse = ({ row, id }: Candidate, defects: readonly Defect[]) => {
    const problems = defects.map((defect) => problemOf(row, id, defect, columnsOf(mapping, defect.field)));
    refused.push({ row, problems });
  };
  const fresh = await withoutKnown(db, mapping, candidates);
  const found = await places.find(thingsIn(fresh, wanted));
  const placeOf = (standIn: string) => {
    const key = wanted.find(standIn)?.key;
    return key === undefined ? undefined : found.get(key);
  };
  const resolved = fresh.flatMap((candidate) => {
    const { fields, defects } = resolveStandIns(candidate.fields, wanted, placeOf);
    if (defects.length === 0) return [{ ...candidate, fields }];
    refuse(candidate, defects);
    return [];
  });
  const free = await withFreeSlugs(db, resolved, isGivenOut, refuse);
  const named = free.map((candidate) => ({ candidate, slugs: slugsIn(candidate.fields) }));
  const refs = await findIds(places, named, found);
  const sound = named
    .filter((one) => hasKnownReferences(one, refs, refuse))
    .map(({ candidate }) => candidate);
  const grades = await findAllGrades(places, sound, found, refs);
  const own = sound.map(({ fields }) => fields);
  const slugs = choosesSlugs
    ? await chooseSlugs(db, own, isGivenOut)
    : own.map(({ slug }) => slug ?? 'not-chosen');
  const contents = sound.flatMap((candidate, index) => {
    const item: NewDevelopment = {
      kind: KINDS[mapping.record],
      fields: candidate.fields,
      externalIds: [{ dataset: mapping.id.dataset, value: candidate.id }],
    };
    const tell = (_: NewDevelopment, error: DomainError) => refuse(candidate, defectsOf(error, candidate));
    const composing = { refs: new References(refs), grades };
    return composeOrRefuse(item, slugs[index] ?? '', mapping.publish, composing, tell) ?? [];
  });
  return { contents, alreadyThere: candidates.length - fresh.length, refused };
}

/** Those whose ids the record does not have. */
async function withoutKnown(
  db: Transaction,
  { id: { dataset } }: DevelopmentMapping,
  candidates: readonly Candidate[],
): Promise<readonly Candidate[]> {
  const ids = candidates.map(({ id }) => id);
  const known = await read<{ value: string }>(
    db,
    Prisma.sql`
    SELECT value FROM external_id WHERE dataset = ${dataset} AND value = ANY (${ids}::text[])`,
  );
  const values = new Set(known.map(({ value }) => value));
  return values.size === 0 ? candidates : candidates.filter(({ id }) => !values.has(id));
}

/** What candidates name that is to be found or made: rows that are there already make nothing. */
function thingsIn(candidates: readonly Candidate[], wanted: WantedThings): Wanted[] {
  const things = new Map<string, Wanted>();
  for (const { fields } of candidates) {
    for (const slug of Object.values(slugsIn(fields)).flat()) {
      const thing = wanted.find(slug);
      if (thing) things.set(thing.key, thing);
    }
  }
  return [...things.values()];
}

type Refuse = (candidate: Candidate, defects: readonly Defect[]) => void;

/** Leaves out rows whose own slug another development, or another row, has or had. */
async function withFreeSlugs(
  db: Transaction,
  candidates: readonly Candidate[],
  isGivenOut: (slug: string) => boolean,
  refuse: Refuse,
): Promise<readonly Candidate[]> {
  const slugs = candidates.flatMap(({ fields }) => fields.slug ?? []);
  if (slugs.length === 0) return candidates;
  const taken = new Set(await takenSlugs(db, slugs));
  return candidates.filter((candidate) => {
    const { slug } = candidate.fields;
    if (!slug) return true;
    const isTaken = taken.has(slug) || isGivenOut(slug);
    taken.add(slug);
    if (!isTaken) return true;
    const reason = 'The slug belongs to another development.';
    refuse(candidate, [{ field: 'slug', value: slug, reason, kind: 'TAKEN_SLUG' }]);
    return false;
  });
}

/** A row with the slugs that it refers to. */
interface Named {
  readonly candidate: Candidate;
  readonly slugs: Record<ReferenceOwner, string[]>;
}

/** The ids of all that the rows refer to, by `Owner:slug`. */
async function findIds(
  places: Places,
  rows: readonly Named[],
  found: ReadonlyMap<string, Found>,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [key, place] of found) {
    if ('id' in place) ids.set(`${ownerOf(key)}:${place.slug}`, place.id);
  }
  const others: Partial<Record<ReferenceOwner, Set<string>>> = {};
  for (const { slugs } of rows) {
    for (const [owner, named] of Object.entries(slugs) as [ReferenceOwner, string[]][]) {
      for (const slug of named) {
        if (!ids.has(`${owner}:${slug}`)) others[owner] = (others[owner] ?? new Set()).add(slug);
      }
    }
  }
  for (const [key, id] of await places.idsOf(others)) ids.set(key, id);
  return ids;
}

/** A key is a JSON list that begins with the owner. */
const ownerOf = (key: string) => key.slice(2, key.indexOf('"', 2));

function hasKnownReferences(
  { candidate, slugs: named }: Named,
  ids: ReadonlyMap<string, string>,
  refuse: Refuse,
): boolean {
  const defects = Object.entries(named).flatMap(([owner, slugs]): Defect[] =>
    [...new Set(slugs)]
      .filter((slug) => !ids.has(`${owner}:${slug}`))
      .map((slug) => {
        const { message: reason } = new UnknownSlugError(owner as ReferenceOwner, slug);
        return { field: owner, value: slug, reason, kind: 'UNKNOWN_SLUG' };
      }),
  );
  if (defects.length > 0) refuse(candidate, defects);
  return defects.length === 0;
}

/** What the sources are worth that the rows cite. */
async function findAllGrades(
  places: Places,
  candidates: readonly Candidate[],
  found: ReadonlyMap<string, Found>,
  ids: ReadonlyMap<string, string>,
): Promise<Grades> {
  const grades = new Map<string, SourceGrade>();
  for (const place of found.values()) {
    if ('id' in place && place.grade) grades.set(place.id, place.grade);
  }
  const sources = candidates.flatMap(({ fields }) => fields.citations?.map(({ source }) => source) ?? []);
  const others = new Set(
    sources.flatMap((slug) => ids.get(`Source:${slug}`) ?? []).filter((id) => !grades.has(id)),
  );
  for (const [id, grade] of await places.gradesOf(others)) grades.set(id, grade);
  return grades;
}

/** What the domain refuses a development for by itself: rules that take several of its fields to tell. */
function defectsOf(error: DomainError, { fields }: Candidate): Defect[] {
  if (!(error instanceof InvalidInputError)) {
    return [{ field: 'citations', value: undefined, reason: error.message, kind: 'NO_VALUE' }];
  }
  return error.issues.map(({ path, message }) => {
    const field = path === '' ? 'row' : path;
    const value = (fields as Readonly<Record<string, unknown>>)[field];
    return { field, value: value ?? undefined, reason: message, kind: 'BROKEN_RULE' };
  });
}
