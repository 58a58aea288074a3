import { v7 as newId } from 'uuid';
import { insertMany, type SqlTransaction } from '../../database/bulk-write.js';
import type { Transaction } from '../../database/open.js';
import { dateColumns } from '../dates/fuzzy-date.js';
import type { SourceGrade } from '../development/evidence/confidence.js';
import { parseInput } from '../input.js';
import type { KnownReference, NamedReference } from './find-by-name.js';
import { findSlugs } from './lookup.js';
import { sourceInput } from './source.js';

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
        assigned.push({ ...reference, known: { id: newId(), slug, ...gradeOf(reference) } });
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

/** Writes new references: one statement for each table. */
export async function insertReferences(tx: SqlTransaction, created: readonly NewReference[]): Promise<void> {
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
        language: language ?? '',
        ordinal,
      })),
    ),
    'keep',
  );
  await insertMany(
    tx,
    'topic',
    topics.map(({ input, known: { id, slug } }) => ({ description: null, ...input, id, slug })),
  );
  await insertMany(tx, 'source', sources.map(sourceRow));
}

function sourceRow({ input, known: { id, slug } }: Extract<NewReference, { owner: 'Source' }>) {
  const { published, reliability, title, publisher, url, language } = parseInput(sourceInput, input);
  return {
    id,
    slug,
    title,
    publisher: publisher ?? null,
    url: url ?? null,
    language: language ?? null,
    reliability: reliability ?? 'F',
    ...dateColumns('published', published ?? null),
  };
}
