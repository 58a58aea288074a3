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
import { type Findable, keysOf, keysOfSpelling } from './keys.js';

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
  for (const owner of ['Actor', 'Topic', 'Source'] as const) {
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

function namesOf({ owner, input }: NamedReference): { names: string[] } | undefined {
  return owner === 'Actor'
    ? { names: [input.name, ...(input.names ?? []).map(({ name }) => name)] }
    : undefined;
}

/** Another spelling of an actor's name, which a file has. */
export interface NewSpelling {
  readonly actorId: string;
  readonly kind: ActorKind;
  readonly name: string;
  /** Empty if unknown. */
  readonly language: string;
  readonly ordinal: number;
}

/** Keeps spellings among the names of actors. */
async function insertSpellings(tx: SqlTransaction, spellings: readonly NewSpelling[]): Promise<void> {
  const rows = spellings.map(({ kind: _, ...row }) => ({
    ...row,
    nameWords: nameVector(row.name, row.language === '' ? null : row.language),
  }));
  await insertMany(tx, 'actor_name', rows, 'keep');
  const keys = spellings.flatMap(({ actorId, name, kind }) =>
    keysOfSpelling(kind, name).map((key) => ({ key, referenceId: actorId })),
  );
  await insertMany(tx, 'reference_key', keys, 'keep');
}

/** Returns what a new reference is found by. */
function findable({ owner, input }: NewReference): Findable {
  switch (owner) {
    case 'Actor': {
      const { kind, name, names, countryCode = null, countryCode3 = null, wikidataId = null } = input;
      const all = [name, ...(names ?? []).map((other) => other.name)];
      return { owner, kind, names: all, countryCode, countryCode3, wikidataId };
    }
    case 'Topic':
      return { owner, name: input.name };
    case 'Source':
      return { owner, title: input.title, url: input.url ?? null };
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
  const actors = new Set([...idsOf('Actor'), ...spellings.map(({ actorId }) => actorId)]);
  const written = [
    { owner: 'Source', ids: idsOf('Source') },
    { owner: 'Actor', ids: [...actors] },
    { owner: 'Topic', ids: idsOf('Topic') },
  ] as const;
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
    'actor_name',
    actors.flatMap(({ input: { names }, known: { id } }) =>
      (names ?? []).map(({ name, language }, ordinal) => ({
        actorId: id,
        name,
        nameWords: nameVector(name, language),
        language: language ?? '',
        ordinal,
      })),
    ),
    'keep',
  );
  await insertMany(
    tx,
    'topic',
    topics.map(({ input, known: { id, slug } }) => ({
      description: null,
      ...input,
      nameWords: nameVector(input.name),
      id,
      slug,
    })),
  );
  await insertMany(tx, 'source', sources.map(sourceRow));
  const keys = created.flatMap((reference) =>
    keysOf(findable(reference)).map((key) => ({ key, referenceId: reference.known.id })),
  );
  await insertMany(tx, 'reference_key', keys, 'keep');
}

function sourceRow({ input, known: { id, slug } }: Extract<NewReference, { owner: 'Source' }>) {
  const { published, reliability, title, publisher, url, language } = parseInput(sourceInput, input);
  return {
    id,
    slug,
    title,
    titleWords: nameVector(title),
    publisher: publisher ?? null,
    publisherWords: nameVector(publisher ?? null),
    url: url ?? null,
    language: language ?? null,
    reliability: reliability ?? 'F',
    ...dateColumns('published', published ?? null),
  };
}
