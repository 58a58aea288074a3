import type { Tail } from '../../feed/tail.js';
import { JSON_TYPE } from '../request/accept.js';
import { siteOf } from '../request/site.js';
import type { MaskError } from '../response/mask-error.js';
import { sendErrors } from '../response/send.js';
import { pathOf, type Route } from '../route.js';
import { createCitations } from './cite/cite.js';
import { createExports } from './export/export.js';
import { createFeeds } from './feed/feed.js';
import { createLastChange } from './last-change.js';
import type { Link } from './link.js';
import { createAskForPage, type PageParts } from './page-context.js';
import { asRefusal, withStatus } from './refusal.js';
import { createSendDocument, type DocumentParts } from './send-document.js';
import { createRobots } from './sitemap/robots.js';
import { createSitemap } from './sitemap/sitemap.js';

export interface LinkParts extends Omit<DocumentParts, 'lastChange'>, PageParts {
  readonly tail: Pick<Tail, 'onChange'>;
  readonly maskError: MaskError;
  readonly publicUrl: string | undefined;
}

/** Creates the routes of documents for programs, which are made from queries: feeds, downloads, citations, the site map. */
export function createLinks({ tail, maskError, publicUrl, ...parts }: LinkParts): Route[] {
  const send = createSendDocument({ ...parts, lastChange: createLastChange(tail) });
  const links = [
    ...createFeeds(send),
    ...createExports({ maskError, askForPage: createAskForPage(parts) }),
    ...createCitations(send),
    createSitemap(send),
    createRobots(send),
  ];
  return links.map((link) => routeOf(link, publicUrl));
}

function routeOf(link: Link, publicUrl: string | undefined): Route {
  return {
    isFor: (path) => link.matches(path),
    answer: async (exchange, ask) => {
      const { url = '' } = exchange.request;
      const path = pathOf(url);
      const search = new URLSearchParams(url.slice(path.length + 1));
      const site = siteOf(publicUrl, exchange.request);
      try {
        await link.answer({ exchange, ask, path, search, site });
        exchange.context.call.settle();
      } catch (error) {
        throw asRefusal(error);
      }
    },
    refuse: (exchange, errors) => sendErrors(exchange, { errors: errors.map(withStatus) }, JSON_TYPE),
  };
}
