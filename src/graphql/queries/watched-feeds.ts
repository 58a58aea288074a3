import { isKnown } from '../../intake/inbox/arrival/is-known.js';
import { MAX_FEEDS, readWatchedFeeds } from '../../intake/watch/feeds.js';
import { writeOpml } from '../../intake/watch/opml.js';
import { builder } from '../builder.js';
import { priced, SCAN_COST } from '../cost.js';
import { WatchedFeedRef } from '../types/inbox/watched-feed.js';

builder.queryFields((t) => ({
  watchedFeeds: t.field({
    ...priced({ points: SCAN_COST, times: 100 }),
    type: [WatchedFeedRef],
    nullable: true,
    authScopes: { editor: true },
    description: `The watched feeds, in the order in which they were added. At most ${MAX_FEEDS.toLocaleString('en')}. Needs the role EDITOR or ADMIN.`,
    resolve: (_root, _args, { db }) => readWatchedFeeds(db),
  }),
  watchedFeedsOpml: t.string({
    ...priced({ points: SCAN_COST }),
    nullable: true,
    authScopes: { editor: true },
    description:
      'The watched feeds as OPML 2.0, for feed readers. Null if there are none, because OPML needs one. Needs the role EDITOR or ADMIN.',
    resolve: async (_root, _args, { db }) => {
      const feeds = await readWatchedFeeds(db);
      return feeds.length > 0 ? writeOpml(feeds) : null;
    },
  }),
  isKnown: t.boolean({
    ...priced({ points: SCAN_COST }),
    nullable: true,
    authScopes: { editor: true },
    description:
      'Whether the inbox has an article with the address, or the record a source. Tracking parameters, fragments, `www.`, the scheme and a slash at the end do not matter. Needs the role EDITOR or ADMIN.',
    args: { url: t.arg.string({ required: true, description: 'An http or https address.' }) },
    resolve: (_root, { url }, { db }) => isKnown(db, url),
  }),
}));
