import { BadArgumentError, InvalidInputError } from '../../../domain/errors.js';
import {
  findInboxItems,
  type InboxRow,
  readTexts,
  readVersions,
  type VersionRow,
} from '../../../intake/inbox/items.js';
import { builder } from '../../builder.js';
import { batched } from '../../context.js';
import { LOADED, priced } from '../../cost.js';
import { parseNodeId } from '../../node-id.js';
import { addNodeLoader } from '../../queries/node.js';
import { InboxStateEnum } from '../enums/inbox.js';
import { loadWatchedFeed, WatchedFeedRef } from './watched-feed.js';

/** Texts in one statement. */
const TEXTS = 20;

const loadText = batched(TEXTS, async ({ db }, ids: readonly string[]) => {
  const known = new Map((await readTexts(db, ids)).map(({ id, text }) => [id, text]));
  return ids.map((id) => known.get(id) ?? null);
});

const loadVersions = batched(100, async ({ db }, ids: readonly string[]) => {
  const versions = await readVersions(db, ids);
  return ids.map((id) => versions.filter(({ itemId }) => itemId === id));
});

const VersionRef = builder.objectRef<VersionRow & { readonly isCurrent: boolean }>('InboxVersion').implement({
  description: 'An arrival of an article: the first one, by another address, or with another text.',
  fields: (t) => ({
    key: t.id({
      description: 'The key within the item: the number of the version, from 1.',
      resolve: ({ number }) => String(number),
    }),
    url: t.exposeString('url', { nullable: true, description: 'The address. Null if it has none.' }),
    title: t.exposeString('title', { description: 'The title.' }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time of its publication. Null if it is not known.',
    }),
    contentHash: t.exposeString('contentHash', {
      description: 'The SHA-256 of its text, in hexadecimal. White space does not count.',
    }),
    isCurrent: t.exposeBoolean('isCurrent', { description: 'Whether its text is that of the item.' }),
    receivedAt: t.expose('receivedAt', { type: 'DateTime', description: 'The time at which it arrived.' }),
  }),
});

export const InboxItemRef = builder.objectRef<InboxRow>('InboxItem');

addNodeLoader('InboxItem', ({ db, viewer }, ids) => findInboxItems(db, viewer, ids));

/**
 * Reads the global id of an article. Undefined if it is that of something else.
 *
 * @throws {BadArgumentError} If it is no global id.
 */
export function itemIdOf(globalId: string): string | undefined {
  const { typename, id } = parseNodeId(globalId);
  return typename === 'InboxItem' ? id : undefined;
}

/**
 * Reads the id of an article in the input of a mutation. Undefined if it is that of something else.
 *
 * @throws {InvalidInputError} If it is no global id.
 */
export function itemIdIn(globalId: string, path = 'item'): string | undefined {
  try {
    return itemIdOf(globalId);
  } catch (error) {
    if (error instanceof BadArgumentError) throw InvalidInputError.at(path, error.message);
    throw error;
  }
}

/** Reads the ids of articles in the input of a mutation, as {@link itemIdIn} does. */
export const itemIdsIn = (globalIds: readonly string[]): (string | undefined)[] =>
  globalIds.map((globalId, at) => itemIdIn(globalId, `items.${at}`));

InboxItemRef.implement({
  description:
    'An article that waits for an editor. The same article by another address, changed slightly or published again is one item with several versions. Only editors see it.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.globalID({
      description: 'The global id, for `node`, `inboxItem` and the inputs about the inbox.',
      resolve: ({ id }) => ({ type: 'InboxItem', id }),
    }),
    url: t.exposeString('url', {
      nullable: true,
      description: 'The address. Null for a text that was pasted without one.',
    }),
    title: t.exposeString('title', { description: 'The title, or the first line of the text.' }),
    language: t.exposeString('language', {
      nullable: true,
      description: 'The language as a BCP 47 tag. Null if it is not known.',
    }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'The time of its publication. Dates without a year in its text are read back from it. Null if it is not known.',
    }),
    feed: t.field({
      ...priced(LOADED),
      type: WatchedFeedRef,
      nullable: true,
      description:
        'The watched feed that it first came from. Its topics, and the publisher and reliability of its source, are in the drafts. Null if an editor added it, or if the feed is watched no longer.',
      resolve: ({ feedId }, _args, context) => (feedId === null ? null : loadWatchedFeed(context, feedId)),
    }),
    state: t.expose('state', { type: InboxStateEnum, description: 'The state.' }),
    snoozedUntil: t.expose('snoozedUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which a SNOOZED item is UNREAD again. Null in other states.',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'The reason of the dismissal. Null if none was given.',
    }),
    changedBy: t.exposeString('changedBy', {
      nullable: true,
      description: 'The editor who dismissed, snoozed or used it last. Null if nobody did.',
    }),
    text: t.field({
      ...priced(LOADED),
      type: 'String',
      nullable: true,
      description:
        'The kept text, which offsets point into. Null once it was deleted: after `INTAKE_TEXT_DAYS`, or by an erasure.',
      resolve: ({ id, hasText }, _args, context) => (hasText ? loadText(context, id) : null),
    }),
    contentHash: t.exposeString('contentHash', {
      description: 'The SHA-256 of the kept text, in hexadecimal. White space does not count.',
    }),
    originalHash: t.exposeString('originalHash', {
      description: 'The SHA-256 of the document as it came, in hexadecimal.',
    }),
    versions: t.field({
      ...priced(LOADED),
      type: [VersionRef],
      description: 'Its arrivals, the first one first. At most 50.',
      resolve: async ({ id, contentHash }, _args, context) =>
        (await loadVersions(context, id)).map((version) => ({
          ...version,
          isCurrent: version.contentHash === contentHash,
        })),
    }),
    receivedAt: t.expose('receivedAt', { type: 'DateTime', description: 'The time at which it arrived.' }),
  }),
});
