import type { WatchedFeed } from '../../../generated/prisma/client.js';
import { readWatchedFeeds } from '../../../intake/watch/feeds.js';
import { builder } from '../../builder.js';
import { batched } from '../../context.js';
import { LOADED, priced, READ_COST } from '../../cost.js';
import { loadReference, loadReferences } from '../../loaders.js';
import { SourceRef } from '../references/source.js';
import { TopicRef } from '../references/topic.js';

/** Loads a watched feed by id. Null if it is not watched. */
export const loadWatchedFeed = batched(100, async ({ db }, ids: readonly string[]) => {
  const known = new Map((await readWatchedFeeds(db, ids)).map((feed) => [feed.id, feed]));
  return ids.map((id) => known.get(id) ?? null);
});

export const WatchedFeedRef = builder.objectRef<WatchedFeed>('WatchedFeed').implement({
  description:
    'A feed from outside (RSS, Atom or JSON Feed) whose items go to the inbox. It is not the feed of this record. Only editors see it.',
  fields: (t) => ({
    key: t.id({
      description: 'The key of the watched feed, for the inputs that change it.',
      resolve: ({ id }) => id,
    }),
    url: t.exposeString('url', { description: 'The address.' }),
    title: t.exposeString('title', {
      nullable: true,
      description:
        'The title that an editor gave, or else that of the feed. Null until a first request succeeds.',
    }),
    include: t.exposeString('include', {
      nullable: true,
      description: 'A search text: only items that match it go to the inbox. Null for all.',
    }),
    exclude: t.exposeString('exclude', {
      nullable: true,
      description: 'A search text: items that match it do not go to the inbox. Null if there is none.',
    }),
    topics: t.field({
      ...priced({ points: READ_COST, times: 20 }),
      type: [TopicRef],
      description: 'Topics for drafts of its items.',
      resolve: ({ topics }, _args, context) =>
        Promise.all(loadReferences(context, 'topic', topics, undefined)),
    }),
    language: t.exposeString('language', {
      nullable: true,
      description:
        'The language of its items as a BCP 47 tag, whatever they state. Null if each item decides.',
    }),
    source: t.field({
      ...priced(LOADED),
      type: SourceRef,
      nullable: true,
      description:
        'The source that its items come from. Sources that are made for them have its publisher and reliability. Null if there is none.',
      resolve: ({ sourceId }, _args, context) =>
        sourceId === null ? null : loadReference(context, 'source', sourceId, undefined),
    }),
    interval: t.exposeInt('interval', { description: 'The minutes between two requests.' }),
    paused: t.boolean({
      description: 'Whether it is paused: the server does not fetch it.',
      resolve: ({ isPaused }) => isPaused,
    }),
    addedBy: t.exposeString('addedBy', { description: 'The name of the token that added it.' }),
    addedAt: t.expose('addedAt', { type: 'DateTime', description: 'The time at which it was added.' }),
    nextAt: t.expose('nextAt', {
      type: 'DateTime',
      description: 'The time of the next request. In the past if it is due.',
    }),
    lastSuccessAt: t.expose('lastSuccessAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'The time of the last successful request: a readable feed, or status 304. Null if there was none.',
    }),
    lastNewItemAt: t.expose('lastNewItemAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which it last had an item that was new to the inbox. Null if it never had one.',
    }),
    failures: t.exposeInt('failures', { description: 'The number of failures in a row. 0 after a success.' }),
    failure: t.exposeString('failure', {
      nullable: true,
      description: 'The reason of the last failure. Null after a success.',
    }),
    warning: t.exposeString('warning', {
      nullable: true,
      description:
        'Says which articles could not be read when the feed last had new ones, and why. The inbox has what the feed says of them. Null if all were read.',
    }),
  }),
});
