import type { Database } from '../../database/open.js';
import type { Viewer } from '../../domain/access.js';
import type { DevelopmentContent } from '../../domain/development/content/content.js';
import {
  describeChanges,
  type FieldChange,
  fieldNames,
} from '../../domain/development/read/field-changes.js';
import type { DevelopmentView } from '../../domain/development/read/view.js';
import { encodeCursor } from '../../feed/cursor.js';
import type { ResetCause } from '../../feed/event.js';
import type { FeedHead } from '../../feed/head.js';
import type { DevelopmentEntry, RevisionState } from '../../feed/log.js';
import { builder } from '../builder.js';
import { FieldChangeRef } from '../types/development/revision.js';
import { CURSOR, erasedFields } from './erased-item.js';
import { ReferenceChangedRef, ReferenceErasedRef, type ReferenceItem } from './reference-items.js';

/** A change, as sent to a subscriber. */
export interface ChangeItem {
  readonly kind: 'PUBLISHED' | 'REVISED' | 'RETRACTED' | 'ERASED';
  readonly at: FeedHead;
  readonly entry: DevelopmentEntry;
  /** The position from which the development is shown: that of the change, or a later one at which it is the newest. */
  readonly viewedAt: bigint;
  /** Whether the filter matches the development after the change. */
  readonly matches: boolean;
}

interface CaughtUpItem {
  readonly kind: 'CAUGHT_UP';
  readonly at: FeedHead;
}

interface ResetItem {
  readonly kind: 'RESET';
  readonly at: FeedHead;
  readonly cause: ResetCause;
}

export type FeedItem = ChangeItem | ReferenceItem | CaughtUpItem | ResetItem;

const TYPE_NAMES = {
  PUBLISHED: 'DevelopmentPublished',
  REVISED: 'DevelopmentRevised',
  RETRACTED: 'DevelopmentRetracted',
  ERASED: 'DevelopmentErased',
  REFERENCE_CHANGED: 'ReferenceChanged',
  REFERENCE_ERASED: 'ReferenceErased',
  CAUGHT_UP: 'FeedCaughtUp',
  RESET: 'FeedReset',
} as const satisfies Record<FeedItem['kind'], string>;

const DEVELOPMENT =
  'The development after this change, with its links at that point. A later change may follow in the feed. In a LATEST replay, the development as it is now.';

/** Returns the development after a change. */
export function developmentOf({ entry, viewedAt: at }: ChangeItem): DevelopmentView {
  const { developmentId: id, revision, recordedAt, publishedAt, after } = entry;
  const { status, recordedAt: changedAt } = after;
  const content = after.snapshot as DevelopmentContent;
  return { id, at, revision, status, recordedAt, publishedAt, changedAt, content };
}

/** Entries of revisions have a state before; only publications have none. */
async function changesOf(entry: DevelopmentEntry, db: Database, viewer: Viewer): Promise<FieldChange[]> {
  const seen = ({ snapshot }: RevisionState) => ({
    content: snapshot as DevelopmentContent,
    at: entry.position,
  });
  const change = { before: entry.before ? seen(entry.before) : undefined, after: seen(entry.after) };
  const [changes = []] = await describeChanges(db, viewer, [change]);
  return changes;
}

const ResetCauseEnum = builder.enumType('FeedResetCause', {
  description: 'The reason for a feed reset.',
  values: {
    OTHER_EPOCH: { description: 'The cursor is from another epoch: the database was restored since.' },
    FROM_THE_FUTURE: { description: 'The cursor is beyond the latest change: the database lost changes.' },
    OTHER_HISTORY: {
      description:
        'The record has another change at the position of the cursor: the database was restored from an older backup and has grown since.',
    },
  },
});

const PublishedRef = builder.objectRef<ChangeItem>('DevelopmentPublished').implement({
  description:
    'A development was published, or published again by the undo of a merge that had retracted it.',
  fields: (t) => ({
    cursor: t.field({ type: 'Cursor', description: CURSOR, resolve: ({ at }) => encodeCursor(at) }),
    development: t.field({
      type: 'Development',
      description: DEVELOPMENT,
      resolve: developmentOf,
    }),
  }),
});

const RevisedRef = builder.objectRef<ChangeItem>('DevelopmentRevised').implement({
  description:
    'A published development was revised. Sent if the filter matches the development before or after the revision. If `matches` is false, remove the development from your list. A LATEST replay sends this for any development whose newest change is a revision: add it to your list if you do not have it.',
  fields: (t) => ({
    cursor: t.field({ type: 'Cursor', description: CURSOR, resolve: ({ at }) => encodeCursor(at) }),
    development: t.field({
      type: 'Development',
      description: DEVELOPMENT,
      resolve: developmentOf,
    }),
    matches: t.exposeBoolean('matches', {
      description: 'Whether the filter matches the development after this revision. True without a filter.',
    }),
    revision: t.int({ description: 'The number of the revision.', resolve: ({ entry }) => entry.revision }),
    changedFields: t.stringList({
      description: 'The names of the changed fields, in alphabetical order.',
      resolve: ({ entry }) => fieldNames(entry.changedFields),
    }),
    changes: t.field({
      type: [FieldChangeRef],
      description:
        'The changes, ordered by field name. Omits changes you may not see, e.g. a link to a draft.',
      resolve: ({ entry }, _args, { db, viewer }) => changesOf(entry, db, viewer),
    }),
    reason: t.string({
      nullable: true,
      description: 'The reason for the revision. Null if none was given.',
      resolve: ({ entry }) => entry.reason,
    }),
  }),
});

const RetractedRef = builder.objectRef<ChangeItem>('DevelopmentRetracted').implement({
  description: 'A published development was withdrawn.',
  fields: (t) => ({
    cursor: t.field({ type: 'Cursor', description: CURSOR, resolve: ({ at }) => encodeCursor(at) }),
    development: t.field({
      type: 'Development',
      description: 'The withdrawn development. Its `retraction` has the details.',
      resolve: developmentOf,
    }),
    reason: t.string({
      nullable: true,
      description: 'The reason for the withdrawal.',
      resolve: ({ entry }) => entry.reason,
    }),
  }),
});

const ErasedRef = builder.objectRef<ChangeItem>('DevelopmentErased').implement({
  description:
    'A development was erased, or a quotation in it, with all earlier revisions. Delete everything that you have of it, past states included, and keep only what `development` has. Sent to every subscriber, whatever the filter.',
  fields: (t) => ({
    ...erasedFields(t),
    development: t.field({
      type: 'Development',
      description: 'What is left of the development. Its `id` is the same; its `slug` may have changed.',
      resolve: developmentOf,
    }),
  }),
});

const CaughtUpRef = builder.objectRef<CaughtUpItem>('FeedCaughtUp').implement({
  description: 'All changes up to the time of subscribing have been sent; live changes follow. Sent once.',
  fields: (t) => ({
    cursor: t.field({ type: 'Cursor', description: CURSOR, resolve: ({ at }) => encodeCursor(at) }),
  }),
});

const ResetRef = builder.objectRef<ResetItem>('FeedReset').implement({
  description:
    'The cursor cannot be resumed. Discard your data and load a new snapshot. The feed continues after the cursor of this item.',
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description: 'The latest position in the feed.',
      resolve: ({ at }) => encodeCursor(at),
    }),
    cause: t.expose('cause', { type: ResetCauseEnum, description: 'The reason for the reset.' }),
  }),
});

export const FeedItemRef = builder.unionType('FeedItem', {
  description: 'An item of the feed. Every type has a `cursor`.',
  types: [
    PublishedRef,
    RevisedRef,
    RetractedRef,
    ErasedRef,
    ReferenceChangedRef,
    ReferenceErasedRef,
    CaughtUpRef,
    ResetRef,
  ],
  resolveType: ({ kind }) => TYPE_NAMES[kind],
});
