import type { Transaction } from '../../database/open.js';
import { chooseSlugs, slugsLeftBy, takenSlugs } from '../../domain/development/write/slugs.js';
import { newId } from '../../domain/new-id.js';
import type { Refuse } from './defects.js';
import type { Candidate } from './known-rows.js';
import { IMPORT_EDITOR } from './revise-rows.js';
import { SeenKeys } from './seen-keys.js';

/** The slugs of new developments: those that rows give, and those that are chosen for the others. */
export class RowSlugs {
  readonly #db: Transaction;
  /** The slugs of all batches so far, some of which the record does not have yet. */
  #used = new SeenKeys();

  constructor(db: Transaction) {
    this.#db = db;
  }

  /**
   * Refuses rows with a slug that another development, or another row, has or had. A slug of a development that an import
   * retracted stays with it, and the row gets another one.
   */
  async withFree(candidates: readonly Candidate[], refuse: Refuse): Promise<readonly Candidate[]> {
    const slugs = candidates.flatMap(({ fields }) => fields.slug ?? []);
    if (slugs.length === 0) return candidates;
    const taken = new Set(await takenSlugs(this.#db, slugs));
    const left = new Set(taken.size === 0 ? [] : await slugsLeftBy(this.#db, IMPORT_EDITOR, [...taken]));
    return candidates.flatMap((candidate): Candidate[] => {
      const { slug } = candidate.fields;
      if (!slug) return [candidate];
      if (left.delete(slug)) {
        const another = `${slug.slice(0, 110)}-${newId().slice(-8)}`;
        return [{ ...candidate, fields: { ...candidate.fields, slug: another } }];
      }
      const isTaken = taken.has(slug) || this.#used.has(slug);
      taken.add(slug);
      if (!isTaken) return [candidate];
      const reason = 'The slug belongs to another development.';
      refuse(candidate, [{ field: 'slug', value: slug, reason, kind: 'TAKEN_SLUG' }]);
      return [];
    });
  }

  /** Returns the slugs of rows in their order: those that they give, which must be free, and free ones for the others. */
  async choose(candidates: readonly Candidate[]): Promise<string[]> {
    const given = new Set(candidates.flatMap(({ fields }) => fields.slug ?? []));
    const without = candidates.flatMap(({ fields }) => (fields.slug ? [] : [fields]));
    const chosen = await chooseSlugs(this.#db, without, (slug) => given.has(slug) || this.#used.has(slug));
    return candidates.map(({ fields }) => fields.slug ?? chosen.shift() ?? '');
  }

  /** Keeps later rows from taking a slug. */
  use(slug: string): void {
    this.#used.add(slug, 1);
  }

  forget(): void {
    this.#used = new SeenKeys();
  }
}
