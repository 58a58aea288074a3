import type { Transaction } from '../../../database/open.js';
import { canonical } from '../../development/content/content.js';
import { findSlugs, parseSlug } from '../../references/lookup.js';
import type { ReferenceMergeKind } from '../kinds.js';
import { type ComparedField, type MergePreview, type MergeSlugs, obstaclesOfReview } from '../preview.js';
import { MERGE_BOUNDS } from '../request.js';
import { countAffected } from './affected.js';
import { findDependents } from './dependents.js';
import { obstacleOfSize, obstaclesBetween, readSides, type Side } from './obstacles.js';

/**
 * Finds out what a merge would do, and writes nothing. Another editor may change one of the two before you act.
 *
 * @param editor Who would merge.
 * @throws {InvalidInputError} For a malformed slug.
 * @throws {UnknownSlugError}
 */
export async function previewReferences(
  db: Transaction,
  kind: ReferenceMergeKind,
  slugs: MergeSlugs,
  editor: string,
): Promise<MergePreview> {
  const [from, into] = await readSides(db, kind, [
    parseSlug(slugs.from, 'from'),
    parseSlug(slugs.into, 'into'),
  ]);
  const pair = { kind, from };
  const { developments, drafts } = await countAffected(db, pair);
  const dependents = await findDependents(db, pair);
  const obstacles = [
    ...obstaclesBetween(from, into),
    ...obstacleOfSize(from.slug, developments, MERGE_BOUNDS.most),
  ];
  return {
    ...{ kind, from, into, developments, drafts },
    fields: await compareFields(db, from, into),
    references: dependents.reduce((sum, { ids }) => sum + ids.length, 0),
    obstacles:
      obstacles.length > 0 || kind === 'TOPIC' || developments === drafts
        ? obstacles
        : await obstaclesOfReview(db, { kind, from: from.id, into: into.id, editor }),
  };
}

/** Fields of contents that hold ids, by their names in inputs. */
const FIELD_NAMES: Readonly<Record<string, string>> = { actorId: 'actor' };

async function compareFields(db: Transaction, from: Side, into: Side): Promise<ComparedField[]> {
  const [one, other] = [await shownFields(db, from), await shownFields(db, into)];
  return [...one.keys()].sort().map((field) => {
    const [mine, theirs] = [one.get(field) ?? null, other.get(field) ?? null];
    return { field, from: mine, into: theirs, result: theirs, isSame: canonical(mine) === canonical(theirs) };
  });
}

async function shownFields(db: Transaction, { content }: Side): Promise<Map<string, unknown>> {
  const { mergedIntoId: _, ...fields } = content;
  const actorIds = 'actorId' in fields && fields.actorId !== null ? [fields.actorId] : [];
  const sourceIds = 'aliases' in fields ? fields.aliases.flatMap(({ sourceId }) => sourceId ?? []) : [];
  const slugs = new Map<string, string>();
  for (const [owner, ids] of [
    ['Actor', actorIds],
    ['Source', sourceIds],
  ] as const) {
    if (ids.length === 0) continue;
    for (const { id, slug } of await findSlugs(db, owner, { id: { in: ids } })) slugs.set(id, slug);
  }
  const shown = (field: string, value: unknown) => {
    if (field === 'actorId') return typeof value === 'string' ? slugs.get(value) : null;
    if (field !== 'aliases' || !('aliases' in fields)) return value;
    return fields.aliases.map(({ sourceId, ...alias }) => ({
      ...alias,
      source: sourceId === null ? null : slugs.get(sourceId),
    }));
  };
  return new Map(
    Object.entries(fields).map(([field, value]) => [FIELD_NAMES[field] ?? field, shown(field, value)]),
  );
}
