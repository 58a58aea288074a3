import type { Transaction } from '../../database/open.js';
import { type Confidence, Prisma } from '../../generated/prisma/client.js';
import type { Viewer } from '../access.js';
import { deriveConfidence, findGrades } from '../development/evidence/confidence.js';
import { type DevelopmentView, isVisible, readViews } from '../development/read/view.js';

const { sql } = Prisma;

/** A development whose derived confidence differs under the current grades of its sources. */
export interface Regrading {
  readonly development: DevelopmentView;
  /** What its next revision derives. */
  readonly derivedConfidence: Confidence;
}

/** Developments read at a time. */
const AT_ONCE = 500;
/** The most developments that are looked at, some 50 ms a thousand. */
export const MAX_LOOKED_AT = 10_000;

/**
 * Finds developments that cite a source and were derived from other grades than sources have now, newest first. Looks at
 * drafts and published developments.
 *
 * @param limit How many to return at most.
 */
export async function findRegraded(
  db: Transaction,
  viewer: Viewer,
  sourceId: string,
  limit: number,
): Promise<readonly Regrading[]> {
  const found: Regrading[] = [];
  let last: string | undefined;
  for (let lookedAt = 0; lookedAt < MAX_LOOKED_AT && found.length < limit; lookedAt += AT_ONCE) {
    const before = last === undefined ? sql`true` : sql`it.id < ${last}::uuid`;
    const views = await readViews(
      db,
      undefined,
      sql`SELECT * FROM development AS it
          WHERE it.source_ids @> ${[sourceId]}::uuid[] AND it.status <> 'RETRACTED' AND ${isVisible(viewer)} AND ${before}
          ORDER BY it.id DESC LIMIT ${AT_ONCE}`,
      { order: sql`it.id DESC` },
    );
    const grades = await findGrades(
      db,
      views.flatMap(({ content }) => content.citations.map((citation) => citation.sourceId)),
    );
    for (const development of views) {
      const { citations, derivedConfidence: known } = development.content;
      const derivedConfidence = deriveConfidence(citations, grades);
      if (derivedConfidence !== known) found.push({ development, derivedConfidence });
    }
    if (views.length < AT_ONCE) break;
    last = views.at(-1)?.id;
  }
  return found.slice(0, limit);
}
