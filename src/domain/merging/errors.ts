import { DomainError } from '../errors.js';

/** Why two entries cannot be merged. */
export type MergeRefusal =
  | 'SAME'
  | 'ALREADY_MERGED'
  | 'NEWER_REVISION'
  | 'OTHER_ACTOR_KIND'
  | 'OTHER_ISO_CODE'
  | 'OTHER_WIKIDATA_ITEM'
  | 'KEEPS_NO_CODE'
  | 'TOO_MANY_DEVELOPMENTS'
  | 'NOT_PUBLISHED'
  | 'OTHER_DEVELOPMENT_KIND'
  | 'TOO_MUCH_EVIDENCE'
  | 'LINK_CYCLE'
  /** In previews: the merge itself is refused by {@link ReviewRequiredError}. */
  | 'REVIEW_REQUIRED';

/** A reason why two entries cannot be merged, in words. */
export interface MergeObstacle {
  readonly refusal: MergeRefusal;
  /** The reason as a sentence, and how to proceed. */
  readonly text: string;
}

/** The two entries cannot be merged. Nothing has changed. */
export class MergeRefusedError extends DomainError {
  override readonly name = 'MergeRefusedError';
  readonly code = 'MERGE_REFUSED';
  readonly path: string;
  readonly refusal: MergeRefusal;

  constructor({ refusal, text }: MergeObstacle, path = 'from') {
    super(`Nothing was merged. ${text}`);
    this.path = path;
    this.refusal = refusal;
  }
}

/** An entry that was changed after a merge, so that the merge cannot be undone. */
export type ChangedSince = {
  /** The slug of a development or reference. */
  readonly slug: string;
  readonly isDevelopment: boolean;
  /** Who changed it and how, e.g. `changed since by desk`. */
  readonly reason: string;
};

/** A merge cannot be undone, because later changes depend on it. Nothing has changed. */
export class MergeUndoRefusedError extends DomainError {
  override readonly name = 'MergeUndoRefusedError';
  readonly code = 'MERGE_UNDO_REFUSED';
  readonly path = 'merge';
  readonly changed: readonly ChangedSince[];

  constructor(changed: readonly ChangedSince[]) {
    const [first] = changed;
    const others = changed.length > 1 ? `, and ${changed.length - 1} more` : '';
    super(
      `The merge was not undone, because of later changes: "${first?.slug}" was ${first?.reason}${others}. ` +
        'Undo those changes first if they are acts, or revise the entries by hand.',
    );
    this.changed = changed;
  }
}

/** No merge has the key, or it was undone. */
export class UnknownMergeError extends DomainError {
  override readonly name = 'UnknownMergeError';
  readonly code = 'UNKNOWN_MERGE';
  readonly path = 'merge';

  constructor() {
    super(
      'No merge has this key, or it was undone. List merges with the query merges. A restored record has none.',
    );
  }
}
