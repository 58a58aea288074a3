import type { Transaction } from '../../database/open.js';
import type { RecordFields } from '../../domain/development/content/input.js';
import type { Authorship } from '../../domain/development/write/commit.js';
import { NewDevelopments } from '../../domain/development/write/commit-new.js';
import { newState } from '../../domain/development/write/record.js';
import { Pauses } from '../compose/pauses.js';
import { IMPORT_EDITOR } from '../compose/revise-rows.js';
import { type ComposedRows, RowComposer } from '../compose/rows-to-developments.js';
import type { DevelopmentMapping } from '../mapping/mapping.js';
import type { MappedRow } from '../mapping/row-mapper.js';
import type { Batch } from './good-rows.js';
import { type Identity, nameOf } from './import-progress.js';

/** A batch of rows on its way to the database. */
export interface Block extends ComposedRows {
  readonly batch: Batch;
  /** The rows of its new developments. */
  readonly made: NewDevelopments;
  readonly authorship: Authorship;
}

/** Makes everything of a block that the database does not have to wait for. */
export class BlockComposer {
  readonly composer: RowComposer;
  readonly #authorship: Authorship;

  constructor(db: Transaction, mapping: DevelopmentMapping, identity: Identity) {
    this.composer = new RowComposer(db, mapping, true);
    this.#authorship = { editor: IMPORT_EDITOR, reason: mapping.reason ?? null, act: nameOf(identity) };
  }

  async compose(batch: Batch): Promise<Block> {
    const pauses = new Pauses();
    const mapped: MappedRow<RecordFields>[] = [];
    for (const row of batch.rows) {
      mapped.push(this.composer.mapper.map(row));
      await pauses.between();
    }
    const composed = await this.composer.compose(mapped);
    const made = new NewDevelopments(this.#authorship);
    const now = new Date();
    for (const { content, said } of composed.contents) {
      made.add({ ...newState(content, composed.publishes, now), said });
      await pauses.between();
    }
    return { batch, ...composed, made, authorship: this.#authorship };
  }

  /** Forgets what was looked up and given out, after another writer came first. */
  forget(): void {
    this.composer.forget();
  }
}
