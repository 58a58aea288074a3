import { formatSelection, parseSelection } from '../../../parameters/selection.js';
import type { Link, SendDocument } from '../link.js';
import { ATOM } from './atom.js';
import { ENTRIES, type EntryPage } from './entries.js';
import { feedPageOf, variablesOf } from './feed-page.js';
import { JSON_FEED } from './json-feed.js';

/** Creates the feeds of all filters: Atom 1.0 and JSON Feed 1.1, paged by RFC 5005. */
export function createFeeds(send: SendDocument): Link[] {
  return [ATOM, JSON_FEED].map((format) => ({
    matches: (path) => path === format.path,
    answer: async (request) => {
      const { ask, search, site } = request;
      const selection = parseSelection(search);
      await send(request, {
        type: format.type,
        key: `${site}${format.path}?${formatSelection(selection)}`,
        render: async () => {
          const page = (await ask(ENTRIES, variablesOf(selection))) as EntryPage;
          return `${format.render(feedPageOf(page, selection, format, site)).trimEnd()}\n`;
        },
      });
    },
  }));
}
