import type { Transaction } from '../../database/open.js';
import { slugsIn } from '../../domain/development/content/compose.js';
import { findSimilarToNew, isNamed } from '../../domain/duplicates/similar-new.js';
import type { SimilarReference } from '../../domain/duplicates/similar-references.js';
import { makeSlug } from '../../domain/slugify.js';
import type { Defect } from '../read/row.js';
import type { Candidate } from './known-rows.js';
import type { ComposedRows } from './rows-to-developments.js';

/** How many new names of an import are compared with those of the record. */
const MOST_COMPARED = 5_000;

/** Suggests references of the record for names that an import would create. Decides nothing. */
export class Suggestions {
  readonly #db: Transaction;
  #compared = 0;

  constructor(db: Transaction) {
    this.#db = db;
  }

  /** Returns notices of the rows that are the first to name something new. */
  async of({ created, fresh }: ComposedRows): Promise<{ candidate: Candidate; notice: Defect }[]> {
    const compared = created.filter(isNamed).slice(0, MOST_COMPARED - this.#compared);
    this.#compared += compared.length;
    if (compared.length === 0) return [];
    const similar = await findSimilarToNew(this.#db, compared);
    const namedBy = new Map<string, Candidate>();
    for (const candidate of fresh) {
      const { Actor, Topic } = slugsIn(candidate.fields);
      for (const key of [...Actor.map((slug) => `Actor:${slug}`), ...Topic.map((slug) => `Topic:${slug}`)]) {
        if (!namedBy.has(key)) namedBy.set(key, candidate);
      }
    }
    return compared.flatMap((reference) => {
      const { owner, input, known } = reference;
      const candidate = namedBy.get(`${owner}:${known.slug}`);
      if (!candidate) return [];
      const about = { field: owner === 'Actor' ? 'participants' : 'topics', value: input.name };
      const like = similar.get(reference);
      const notices: Defect[] = [];
      if (like) {
        notices.push({ ...about, reason: `It is new, and may be ${describe(like)}`, kind: 'SIMILAR_NAME' });
      }
      if (!makeSlug(input.name, owner).isReadable) {
        const reason = `It has no letters to write a slug with, and gets "${known.slug}".`;
        notices.push({ ...about, reason, kind: 'NO_LETTERS' });
      }
      return notices.map((notice) => ({ candidate, notice }));
    });
  }
}

/** Names the entries that a new name may be, with the reason. All of those that it is equally like. */
function describe(similar: readonly SimilarReference[]): string {
  const score = similar[0]?.comparison.score;
  const equal = similar.filter(({ comparison }) => comparison.score === score);
  const named = equal.map(({ reference: { slug, names } }) => `"${slug}" (${names[0]})`);
  return `${named.join(' or ')}: ${equal[0]?.comparison.reasons.map(({ text }) => text).join(', ')}.`;
}
