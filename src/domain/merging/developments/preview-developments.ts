import type { Transaction } from '../../../database/open.js';
import type { Viewer } from '../../access.js';
import { canonical } from '../../development/content/content.js';
import { fieldsOf } from '../../development/content/decompose.js';
import { withSlugs } from '../../development/read/slugs-by-id.js';
import type { DevelopmentState } from '../../development/write/rows.js';
import { parseSlug } from '../../references/lookup.js';
import { type ComparedField, type MergePreview, type MergeSlugs, obstaclesOfReview } from '../preview.js';
import { MERGE_BOUNDS } from '../request.js';
import { joinedContent } from './merge-developments.js';
import {
  findLinking,
  obstaclesBetweenDevelopments,
  obstaclesOfEvidence,
  obstaclesOfLinking,
  obstaclesOfLinks,
  readPair,
} from './obstacles.js';

/**
 * Finds out what a merge of two developments would do, and writes nothing. Another editor may change one of the two before
 * you act.
 *
 * @param editor Who would merge.
 * @throws {InvalidInputError} For a malformed slug.
 * @throws {UnknownSlugError}
 */
export async function previewDevelopments(
  db: Transaction,
  slugs: MergeSlugs,
  viewer: Viewer,
  editor: string,
): Promise<MergePreview> {
  const [from, into] = await readPair(db, [parseSlug(slugs.from, 'from'), parseSlug(slugs.into, 'into')]);
  const between = obstaclesBetweenDevelopments(from, into);
  const content = await joinedContent(db, from, into);
  const linking = await findLinking(db, from.id, into.id, MERGE_BOUNDS.most + 1);
  const obstacles = [
    ...between,
    ...obstaclesOfLinking(from.content.slug, linking, MERGE_BOUNDS.most),
    ...(between.length > 0
      ? []
      : [...(await obstaclesOfLinks(db, from, into)), ...obstaclesOfEvidence(content)]),
  ];
  return {
    kind: 'DEVELOPMENT',
    ...{ from, into },
    fields: await compareFields(db, viewer, { from, into, result: { ...into, content } }),
    // The two are changed too.
    developments: linking.length + 2,
    drafts: linking.filter(({ status }) => status === 'DRAFT').length,
    references: 0,
    obstacles:
      obstacles.length > 0
        ? obstacles
        : await obstaclesOfReview(db, { kind: 'DEVELOPMENT', from: from.id, into: into.id, editor }),
  };
}

interface Compared {
  readonly from: DevelopmentState;
  readonly into: DevelopmentState;
  readonly result: DevelopmentState;
}

const compareFields = (db: Transaction, viewer: Viewer, { from, into, result }: Compared) =>
  withSlugs(db, viewer, (slugsAt) => {
    const [one, other, joined] = [from, into, result].map(({ content }) =>
      fieldsOf(content, slugsAt(undefined)),
    );
    return Object.keys({ ...one, ...other })
      .sort()
      .map((field): ComparedField => {
        const [mine, theirs] = [one?.[field] ?? null, other?.[field] ?? null];
        const isSame = canonical(mine) === canonical(theirs);
        return { field, from: mine, into: theirs, result: joined?.[field] ?? null, isSame };
      });
  });
