import type { Transaction } from '../../database/open.js';
import type { DevelopmentContent } from '../development/content/content.js';
import { WrongStatusError } from '../development/errors.js';
import { findGrades, type Grades, withConfidence } from '../development/evidence/confidence.js';
import { settleWith } from '../development/write/change.js';
import { type Change, nextRevision } from '../development/write/commit.js';
import type { DevelopmentState } from '../development/write/rows.js';
import { DomainError, RevisionConflictError, UnknownSlugError } from '../errors.js';
import { findReferences } from '../references/lookup.js';
import { ReviewRequiredError } from '../review/errors.js';
import { findUnreviewed } from '../review/four-eyes.js';
import { type ChangeOf, createActionChange, slugsInAction } from './action-change.js';
import type { BulkAction, BulkItem, PreviewInput } from './input.js';
import {
  type BulkReview,
  isReviewAction,
  planReview,
  type ReviewAction,
  readBulkReviews,
} from './plan-review.js';
import { readStates } from './states.js';

/** What a bulk change would do to a development. */
export type Planned =
  | {
      readonly slug: string;
      readonly outcome: 'CHANGES';
      readonly before: DevelopmentState;
      readonly after: After;
      /** Whether it changes the review only, and makes no revision. */
      readonly isReview?: true;
    }
  | { readonly slug: string; readonly outcome: 'UNCHANGED'; readonly before: DevelopmentState }
  | {
      readonly slug: string;
      readonly outcome: 'FAILS';
      /** Undefined if no development has the slug. */
      readonly before: DevelopmentState | undefined;
      readonly error: DomainError;
    };

type After = Required<Change>;

/**
 * Decides what an action does to each development. A bounded number of statements, however many there are.
 *
 * @param editor Who makes the change: what they may not make alone fails, if the record requires review.
 * @param locks Whether to lock the developments until the transaction ends, in the order of their ids.
 * @returns The outcomes in the order of the items.
 * @throws {UnknownSlugError} For a topic or a source of the action.
 */
export async function planBulk(
  tx: Transaction,
  { items, action }: PreviewInput,
  editor: string,
  locks: boolean,
): Promise<Planned[]> {
  const refs = await findReferences(tx, slugsInAction(action));
  const states = await readStates(
    tx,
    items.map(({ slug }) => slug),
    locks,
  );
  const drafts = [...states.values()].filter(({ status }) => status === 'DRAFT');
  const reviews = await readBulkReviews(
    tx,
    drafts.map(({ id }) => id),
  );
  if (isReviewAction(action)) {
    return items.map((item) => {
      const before = states.get(item.slug);
      return orFailed(item.slug, before, () => reviewed(item, before, action, reviews, editor));
    });
  }
  const changeOf = createActionChange(action, refs);
  const drafted = items.map((item) => draft(item, states.get(item.slug), changeOf, reviews));
  const sources = drafted.flatMap((it) => (it.outcome === 'FAILS' ? [] : it.content.citations));
  const grades = await findGrades(
    tx,
    sources.map(({ sourceId }) => sourceId),
  );
  const planned = drafted.map((it) => (it.outcome === 'FAILS' ? it : settled(it, action, grades)));
  return withReview(tx, planned, editor);
}

/** Decides what an action of the review does to a draft. */
function reviewed(
  item: BulkItem,
  found: DevelopmentState | undefined,
  action: ReviewAction,
  reviews: ReadonlyMap<string, BulkReview>,
  editor: string,
): Planned {
  const { slug } = item;
  const before = expected(item, found);
  const change = planReview(action, before, reviews.get(before.id), editor);
  if (typeof change !== 'boolean') throw change;
  if (!change) return { slug, outcome: 'UNCHANGED', before };
  return { slug, outcome: 'CHANGES', before, after: before, isReview: true };
}

/** Fails the changes that another editor must approve first. */
async function withReview(tx: Transaction, planned: readonly Planned[], editor: string): Promise<Planned[]> {
  const changes = planned.flatMap((it) =>
    it.outcome === 'CHANGES' ? [{ id: it.before.id, before: it.before, ...it.after }] : [],
  );
  const alone = new Set((await findUnreviewed(tx, changes, { editor })).map(({ id }) => id));
  return planned.map((it) => {
    if (it.outcome !== 'CHANGES' || !alone.has(it.before.id)) return it;
    const { slug, before } = it;
    return { slug, outcome: 'FAILS', before, error: new ReviewRequiredError(before.content.slug) };
  });
}

/** A development with its content after the action, before its confidence is derived. */
interface Drafted {
  readonly slug: string;
  readonly outcome: 'DRAFTED';
  readonly before: DevelopmentState;
  readonly content: DevelopmentContent;
  readonly status: DevelopmentState['status'];
}

type Failed = Extract<Planned, { readonly outcome: 'FAILS' }>;

/**
 * Returns the development at the revision that the caller has seen.
 *
 * @throws {UnknownSlugError}
 * @throws {RevisionConflictError}
 */
function expected(
  { slug, expectedRevision }: BulkItem,
  found: DevelopmentState | undefined,
): DevelopmentState {
  if (!found) throw new UnknownSlugError('Development', slug);
  if (found.revision === expectedRevision) return found;
  throw new RevisionConflictError(found.content.slug, expectedRevision, found.revision);
}

function draft(
  item: BulkItem,
  found: DevelopmentState | undefined,
  changeOf: ChangeOf,
  reviews: ReadonlyMap<string, BulkReview>,
): Drafted | Failed {
  const { slug } = item;
  return orFailed(slug, found, () => {
    const before = expected(item, found);
    if (reviews.get(before.id)?.state === 'DISCARDED') {
      throw new WrongStatusError(before.content.slug, before.status, 'a draft that is not discarded');
    }
    const { content = before.content, status = before.status } = changeOf(before);
    return { slug, outcome: 'DRAFTED', before, content, status };
  });
}

function settled({ slug, before, content, status }: Drafted, action: BulkAction, grades: Grades): Planned {
  return orFailed(slug, before, () => {
    const change =
      'regrade' in action
        ? { status, content: withConfidence(content, {}, grades) }
        : settleWith(before, { content, status }, grades);
    const isChange = nextRevision(before, change, { editor: '', reason: null }) !== undefined;
    if (!isChange) return { slug, outcome: 'UNCHANGED', before };
    const after = { content: change.content ?? content, status: change.status ?? status };
    return { slug, outcome: 'CHANGES', before, after };
  });
}

function orFailed<T>(slug: string, before: DevelopmentState | undefined, work: () => T): T | Failed {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { slug, outcome: 'FAILS', before, error };
  }
}
