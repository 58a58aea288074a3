import { insertMany, type SqlTransaction } from '../../../database/bulk-write.js';
import type { Transaction } from '../../../database/open.js';
import type { NewFeedEntry } from '../../../feed/position.js';
import type { ActorKind } from '../../../generated/prisma/enums.js';
import { dateColumns } from '../../dates/fuzzy-date.js';
import type { SourceGrade } from '../../development/evidence/confidence.js';
import { parseInput } from '../../input.js';
import { newId } from '../../new-id.js';
import { nameVector } from '../../search/vector.js';
import { type ReferenceAuthorship, recordReferences } from '../history/record.js';
import { findSlugs } from '../lookup.js';
import { sourceInput } from '../source.js';
import type { KnownReference, NamedReference } from './find-by-name.js';
import {
  type Findable,
  findableActor,
  findableSource,
  findableTopic,
  keysOf,
  keysOfSpelling,
} from './keys.js';
import { NAME_TABLES, type NamedOwner, nameRow } from './other-names.js';

const OWNERS = ['Actor', 'Topic', 'Source'] as const satisfies readonly NamedOwner[];

/** A reference to insert, with the id and the slug that it gets. */
export type NewReference = NamedReference & { readonly known: KnownReference };

/**
 * Gives new references their ids and slugs. A taken slug gets a suffix. One or two statements for each kind of reference.
 *
 * @param reserve Reserves `Owner:slug`; false if it was reserved before, for a reference that is not written yet.
 */
export async function assignSlugs(
  db: Transaction,
  references: readonly NamedReference[],
  reserve: (key: string) => boolean,
): Promise<NewReference[]> {
  const assigned: NewReference[] = [];
  for (const owner of OWNERS) {
    let open = references.filter((reference) => reference.owner === owner);
    for (let attempt = 1; open.length > 0; attempt += 1) {
      const candidates = open.map(({ input }) => numbered(input.slug, attempt));
      const taken = new Set(
        (await findSlugs(db, owner, { slug: { in: candidates } })).map(({ slug }) => slug),
      );
      open = open.filter((reference, index) => {
        const slug = candidates[index] ?? '';
        if (taken.has(slug) || !reserve(`${owner}:${slug}`)) return true;
        assigned.push({
          ...reference,
          known: { id: newId(), slug, ...gradeOf(reference), ...namesOf(reference) },
        });
        return false;
      });
    }
  }
  return assigned;
}

/** Returns `name`, `name-2`, `name-3`, then random suffixes, so that a name shared by thousands costs no search. */
function numbered(slug: string, attempt: number): string {
  if (attempt === 1) return slug;
  return `${slug.slice(0, 110).replace(/-$/, '')}-${attempt <= 3 ? attempt : newId().slice(-8)}`;
}

function gradeOf({ owner, input }: NamedReference): { grade: SourceGrade } | undefined {
  if (owner !== 'Source') return undefined;
  return { grade: { reliability: input.reliability ?? 'F', publisher: input.publisher ?? null } };
}

function namesOf({ input }: NamedReference): { names: string[] } {
  return { names: ['title' in input ? input.title : input.name, ...othersOf(input)] };
}

const othersOf = ({ names }: NamedReference['input']) => (names ?? []).map(({ name }) => name);

/** Another spelling of a name, which a file has. */
export interface NewSpelling {
  readonly owner: NamedOwner;
  readonly id: string;
  /** Of an actor. */
  readonly kind: ActorKind | null;
  readonly name: string;
  /** Empty if unknown. */
  readonly language: string;
  readonly ordinal: number;
}

/** Keeps spellings among the names of references. */
async function insertSpellings(tx: SqlTransaction, spellings: readonly NewSpelling[]): Promise<void> {
  for (const owner of OWNERS) {
    const rows = spellings
      .filter((one) => one.owner === owner)
      .map((one) => nameRow(owner, one.id, one, one.ordinal));
    await insertMany(tx, NAME_TABLES[owner].table, rows, 'keep');
  }
  const keys = spellings.flatMap(({ owner, id, name, kind }) =>
    keysOfSpelling(owner, kind, name).map((key) => ({ key, referenceId: id })),
  );
  await insertMany(tx, 'reference_key', keys, 'keep');
}

/** Returns what a new reference is found by. */
function findable({ owner, input }: NewReference): Findable {
  const { wikidataId = null } = input;
  const others = othersOf(input);
  switch (owner) {
    case 'Actor': {
      const { kind, name, countryCode = null, countryCode3 = null } = input;
      return findableActor({ kind, name, others, countryCode, countryCode3, wikidataId });
    }
    case 'Topic':
      return findableTopic({ name: input.name, others, wikidataId });
    case 'Source':
      return findableSource({ title: input.title, others, url: input.url ?? null, wikidataId });
  }
}

/**
 * Writes new references and other spellings of known ones, with their revisions: one statement for each table.
 *
 * @returns The feed entries to append.
 */
export async function writeNamedReferences(
  tx: SqlTransaction,
  {
    created,
    spellings,
  }: { readonly created: readonly NewReference[]; readonly spellings: readonly NewSpelling[] },
  authorship: ReferenceAuthorship,
): Promise<readonly NewFeedEntry[]> {
  await insertReferences(tx, created);
  await insertSpellings(tx, spellings);
  const idsOf = (owner: NewReference['owner']) =>
    created.flatMap((reference) => (reference.owner === owner ? reference.known.id : []));
  const written = (['Source', 'Actor', 'Topic'] as const).map((owner) => {
    const spelt = spellings.flatMap((one) => (one.owner === owner ? one.id : []));
    return { owner, ids: [...new Set([...idsOf(owner), ...spelt])] };
  });
  return (await recordReferences(tx, written, authorship)).feed;
}

/** Writes new references: one statement for each table. */
async function insertReferences(tx: SqlTransaction, created: readonly NewReference[]): Promise<void> {
  const actors = created.flatMap((reference) => (reference.owner === 'Actor' ? reference : []));
  const topics = created.flatMap((reference) => (reference.owner === 'Topic' ? reference : []));
  const sources = created.flatMap((reference) => (reference.owner === 'Source' ? reference : []));
  await insertMany(
    tx,
    'actor',
    actors.map(({ input: { names: _, ...actor }, known: { id, slug } }) => ({
      description: null,
      countryCode: null,
      countryCode3: null,
      wikidataId: null,
      ...actor,
      nameWords: nameVector(actor.name),
      id,
      slug,
    })),
  );
  await insertMany(
    tx,
    'topic',
    topics.map(({ input: { names: _, ...input }, known: { id, slug } }) => ({
      description: null,
      wikidataId: null,
      ...input,
      nameWords: nameVector(input.name),
      id,
      slug,
    })),
  );
  await insertMany(tx, 'source', sources.map(sourceRow));
  for (const owner of OWNERS) {
    const names = created
      .filter((reference) => reference.owner === owner)
      .flatMap(({ input, known: { id } }) =>
        (input.names ?? []).map((one, ordinal) => nameRow(owner, id, one, ordinal)),
      );
    await insertMany(tx, NAME_TABLES[owner].table, names, 'keep');
  }
  const keys = created.flatMap((reference) =>
    keysOf(findable(reference)).map((key) => ({ key, referenceId: reference.known.id })),
  );
  await insertMany(tx, 'reference_key', keys, 'keep');
}

function sourceRow({ input, known: { id, slug } }: Extract<NewReference, { owner: 'Source' }>) {
  const { published, reliability, title, publisher, url, language, wikidataId } = parseInput(
    sourceInput,
    input,
  );
  return {
    id,
    slug,
    title,
    titleWords: nameVector(title),
    publisher: publisher ?? null,
    publisherWords: nameVector(publisher ?? null),
    url: url ?? null,
    language: language ?? null,
    wikidataId: wikidataId ?? null,
    reliability: reliability ?? 'F',
    ...dateColumns('published', published ?? null),
  };
}
