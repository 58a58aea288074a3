import { RowsAsJson, type SqlTransaction } from '../../../database/bulk-write.js';
import type { NewFeedEntry } from '../../../feed/position.js';
import { requireFourEyes } from '../../review/four-eyes.js';
import type { Written } from '../../write.js';
import { changedFields } from '../content/content.js';
import { type Authorship, type DevelopmentRef, entryOf, sealRevision } from './commit.js';
import { type DevelopmentState, rowOf } from './rows.js';

/**
 * New developments with their first revisions, as the rows to insert. Making them takes about as long as inserting them,
 * so an import makes those of the next block meanwhile.
 */
export class NewDevelopments {
  readonly #authorship: Authorship;
  readonly #states: DevelopmentState[] = [];
  readonly #feed: NewFeedEntry[] = [];
  readonly #developments = new RowsAsJson('development');
  readonly #slugs = new RowsAsJson('development_slug');
  readonly #externalIds = new RowsAsJson('external_id');
  readonly #revisions = new RowsAsJson('revision');

  constructor(authorship: Authorship) {
    this.#authorship = authorship;
  }

  add(state: DevelopmentState): void {
    const { id, content, said = null } = state;
    const sealed = sealRevision(state, changedFields(undefined, content), this.#authorship);
    const entry = entryOf(sealed, 'PUBLISHED');
    this.#states.push(state);
    if (entry) this.#feed.push(entry);
    this.#developments.add({ id, ...rowOf(state) });
    this.#slugs.add({ slug: content.slug, developmentId: id });
    for (const { dataset, value } of content.externalIds) {
      this.#externalIds.add({ dataset, value, developmentId: id, said });
    }
    this.#revisions.add(sealed.row);
  }

  /**
   * Inserts the rows, with one statement for each table. Returns feed entries for the published developments.
   *
   * @throws {ReviewRequiredError} For a published one, if the record requires review.
   */
  async commit(tx: SqlTransaction): Promise<Written<DevelopmentRef[]>> {
    await requireFourEyes(
      tx,
      this.#states.map((state) => ({ ...state, before: undefined })),
      this.#authorship,
    );
    await this.#developments.insert(tx);
    await this.#slugs.insert(tx);
    await this.#externalIds.insert(tx);
    await this.#revisions.insert(tx);
    return { result: this.#states.map(({ id, revision }) => ({ id, revision })), feed: this.#feed };
  }
}

/** Writes new developments as {@link NewDevelopments.commit} does. */
export function commitNew(
  tx: SqlTransaction,
  states: readonly DevelopmentState[],
  authorship: Authorship,
): Promise<Written<DevelopmentRef[]>> {
  const made = new NewDevelopments(authorship);
  for (const state of states) made.add(state);
  return made.commit(tx);
}
