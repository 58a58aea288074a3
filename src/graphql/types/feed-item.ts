import type { Database } from '../../database/open.js';
import type { Viewer } from '../../domain/access.js';
import type { DevelopmentContent } from '../../domain/development/content.js';
import { describeChanges, type FieldChange, fieldNames } from '../../domain/development/field-changes.js';
import type { DevelopmentView } from '../../domain/development/view.js';
import { encodeCursor } from '../../feed/cursor.js';
import type { ResetCause } from '../../feed/event.js';
import type { FeedEntry, FeedHead, RevisionState } from '../../feed/log.js';
import { builder } from '../builder.js';
import { DevelopmentRef } from './development-ref.js';
import { FieldChangeRef } from './field-change.js';

/** A change as a subscriber is told of it. */
export interface ChangeItem {
  readonly kind: 'PUBLISHED' | 'REVISED' | 'RETRACTED';
  readonly at: FeedHead;
  readonly entry: FeedEntry;
  /** Whether the filter picks the development as the change left it. */
  readonly matches: boolean;
}

export interface CaughtUpItem {
  readonly kind: 'CAUGHT_UP';
  readonly at: FeedHead;
}

export interface ResetItem {
  readonly kind: 'RESET';
  readonly at: FeedHead;
  readonly cause: ResetCause;
}

export type FeedItem = ChangeItem | CaughtUpItem | ResetItem;

const TYPE_NAMES = {
  PUBLISHED: 'DevelopmentPublished',
  REVISED: 'DevelopmentRevised',
  RETRACTED: 'DevelopmentRetracted',
  CAUGHT_UP: 'FeedCaughtUp',
  RESET: 'FeedReset',
} as const satisfies Record<FeedItem['kind'], string>;

const CURSOR = 'The place in the feed after this item: send it as `after` when you come back.';
const DEVELOPMENT =
  'The development as this change left it, with its links as of then. A later change may follow in the feed.';

/** The development as a change left it, seen from the change's place in the feed. */
export function developmentOf({ entry }: ChangeItem): DevelopmentView {
  const { developmentId: id, position: at, revision, recordedAt, publishedAt, after } = entry;
  const content = after.snapshot as DevelopmentContent;
  return { id, at, revision, status: after.status, recordedAt, publishedAt, content };
}

/** What a revision changed: readers knew the state before, or it would be a publication. */
async function changesOf(entry: FeedEntry, db: Database, viewer: Viewer): Promise<FieldChange[]> {
  const seen = ({ snapshot }: RevisionState) => ({
    content: snapshot as DevelopmentContent,
    at: entry.position,
  });
  const change = { before: entry.before ? seen(entry.before) : undefined, after: seen(entry.after) };
  const [changes = []] = await describeChanges(db, viewer, [change]);
  return changes;
}

const ResetCauseEnum = builder.enumType('FeedResetCause', {
  description: 'Why a cursor cannot be continued.',
  values: {
    OTHER_EPOCH: { description: 'It is of another epoch: the database was restored since.' },
    FROM_THE_FUTURE: { description: 'It lies beyond the newest change: the database lost what it had seen.' },
  },
});

const PublishedRef = builder.objectRef<ChangeItem>('DevelopmentPublished').implement({
  description: 'A development joined the public record.',
  fields: (t) => ({
    cursor: t.field({ type: 'Cursor', description: CURSOR, resolve: ({ at }) => encodeCursor(at) }),
    development: t.field({
      type: DevelopmentRef,
      description: DEVELOPMENT,
      resolve: developmentOf,
    }),
  }),
});

const RevisedRef = builder.objectRef<ChangeItem>('DevelopmentRevised').implement({
  description:
    'A published development was revised. It is told where the filter picks the development as it was or as it became: look at `matches`, and drop the development from a list where that is false.',
  fields: (t) => ({
    cursor: t.field({ type: 'Cursor', description: CURSOR, resolve: ({ at }) => encodeCursor(at) }),
    development: t.field({
      type: DevelopmentRef,
      description: DEVELOPMENT,
      resolve: developmentOf,
    }),
    matches: t.exposeBoolean('matches', {
      description:
        'Whether the filter picks the development as this revision left it; true without a filter.',
    }),
    revision: t.int({ description: 'The number of the revision.', resolve: ({ entry }) => entry.revision }),
    changedFields: t.stringList({
      description: 'The names of the fields that it changed, in alphabetical order.',
      resolve: ({ entry }) => fieldNames(entry.changedFields),
    }),
    changes: t.field({
      type: [FieldChangeRef],
      description:
        'What it changed, by field name in alphabetical order. A field whose value looks the same to you is left out, a link to a draft for example.',
      resolve: ({ entry }, _args, { db, viewer }) => changesOf(entry, db, viewer),
    }),
    reason: t.string({
      nullable: true,
      description: 'Why it was made, where the editor said so.',
      resolve: ({ entry }) => entry.reason,
    }),
  }),
});

const RetractedRef = builder.objectRef<ChangeItem>('DevelopmentRetracted').implement({
  description: 'A published development was withdrawn.',
  fields: (t) => ({
    cursor: t.field({ type: 'Cursor', description: CURSOR, resolve: ({ at }) => encodeCursor(at) }),
    development: t.field({
      type: DevelopmentRef,
      description: 'The tombstone: the development as it was withdrawn. See its `retraction`.',
      resolve: developmentOf,
    }),
    reason: t.string({
      nullable: true,
      description: 'Why it was withdrawn.',
      resolve: ({ entry }) => entry.reason,
    }),
  }),
});

const CaughtUpRef = builder.objectRef<CaughtUpItem>('FeedCaughtUp').implement({
  description: 'Everything up to the moment of subscribing has been sent; what follows is new. Sent once.',
  fields: (t) => ({
    cursor: t.field({ type: 'Cursor', description: CURSOR, resolve: ({ at }) => encodeCursor(at) }),
  }),
});

const ResetRef = builder.objectRef<ResetItem>('FeedReset').implement({
  description:
    'The cursor cannot be continued. Drop what you hold and load a fresh snapshot; the feed goes on from the cursor given here, as if you had sent that one.',
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description: 'A fresh place: the newest in the feed.',
      resolve: ({ at }) => encodeCursor(at),
    }),
    cause: t.expose('cause', { type: ResetCauseEnum, description: 'Why.' }),
  }),
});

/** What the feed sends. */
export const FeedItemRef = builder.unionType('FeedItem', {
  description: 'An item of the feed; every member has a `cursor`.',
  types: [PublishedRef, RevisedRef, RetractedRef, CaughtUpRef, ResetRef],
  resolveType: ({ kind }) => TYPE_NAMES[kind],
});
