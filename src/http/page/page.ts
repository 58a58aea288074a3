import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import { isAnonymous } from '../../domain/access.js';
import type { Tail } from '../../feed/tail.js';
import { findOrMake } from '../cache/find-or-make.js';
import { createResponseCache } from '../cache/response-cache.js';
import type { Ask } from '../execution/ask.js';
import type { RateLimitOptions } from '../limits/rate-limit.js';
import { siteOf } from '../request/site.js';
import { type Answer, createTextAnswer } from '../response/answer.js';
import { httpOf } from '../response/refusal.js';
import { type Exchange, sendDocument } from '../response/send.js';
import { pathOf, type Route } from '../route.js';
import { languageOf } from './language.js';
import type { Pages, RenderedPage } from './module.js';
import { securityHeaders } from './security-headers.js';

export interface PageOptions {
  readonly pages: Pages;
  /** The hashes of the style sheets in pages, as in `style-src`. */
  readonly styleHashes: readonly string[];
  readonly publicUrl: string | undefined;
  /** The origins whose pages may frame the list for other sites. */
  readonly embedOrigins: readonly string[];
  readonly rateLimit: RateLimitOptions;
  /** Pages are kept until the record changes. */
  readonly tail: Pick<Tail, 'onChange'>;
  /** Memory for rendered pages, in bytes. */
  readonly maxBytes: number;
}

/** A rendered page, for all who ask for it at this position of the record. */
interface KeptPage {
  readonly answer: Answer;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

interface PageRoute extends Route, Disposable {
  /** @param pageAfter The page that the reader wants to see, after a wrong token. */
  refuse(exchange: Exchange, errors: readonly GraphQLError[], pageAfter?: string): Promise<void>;
}

/** Serves the public page. Disposing of it empties its cache. */
export function createPageRoute({
  pages,
  styleHashes,
  publicUrl,
  embedOrigins,
  rateLimit,
  tail,
  maxBytes,
}: PageOptions): PageRoute {
  const cache = createResponseCache<KeptPage>({
    tail,
    maxBytes,
    // Its compressed bodies come later: a fourth of its length each.
    bytesOf: ({ answer }) => Math.ceil(1.5 * answer.body.length),
  });

  const unframed = securityHeaders({ styleHashes });
  const embed = securityHeaders({ styleHashes, ancestors: embedOrigins.join(' ') || "'none'" });
  const keep = ({ status, html, headers }: RenderedPage, { url }: IncomingMessage): KeptPage => ({
    answer: createTextAnswer(`${html}\n`),
    status,
    headers: { ...(pathOf(url) === EMBED_PATH ? embed : unframed), ...headers },
  });

  const render = async ({ request, context }: Exchange, ask: Ask): Promise<KeptPage> => {
    const { url: target = '/' } = request;
    const origin = siteOf(publicUrl, request);
    const hasSession = request.headers.authorization === undefined && !isAnonymous(context.viewer);
    const page = await pages.render({ target, origin, language: languageOf(request), hasSession, ask });
    context.call.settle();
    return keep(page, request);
  };

  const find = async (exchange: Exchange, ask: Ask): Promise<KeptPage> => {
    const { request, context } = exchange;
    if (!isAnonymous(context.viewer)) return render(exchange, ask);
    const key = `${siteOf(publicUrl, request)}\n${languageOf(request)}\n${request.url}`;
    return findOrMake({ cache, rateLimit }, context, key, () => render(exchange, ask));
  };

  return {
    isFor: (path) => pages.isFor(path),
    answer: async (exchange, ask) => {
      const page = await find(exchange, ask);
      exchange.context.lifetime.check();
      const isPublic = isAnonymous(exchange.context.viewer);
      await sendDocument(exchange, { ...page, type: HTML, isPublic, vary: 'Accept-Language' });
    },
    refuse: async (exchange, errors, pageAfter) => {
      exchange.context.call.settle(errors);
      const { status, headers, ...error } = problemOf(errors);
      const { request } = exchange;
      const page = keep(pages.renderError({ status, ...error, pageAfter }, pathOf(request.url)), request);
      const all = { ...page.headers, ...headers };
      await sendDocument(exchange, { ...page, status, headers: all, type: HTML, isPublic: false });
    },
    [Symbol.dispose]: () => cache[Symbol.dispose](),
  };
}

const HTML = 'text/html; charset=utf-8';

/** Where pages.render serves the list for other sites. */
const EMBED_PATH = '/embed';

/** Returns the first error with the highest status, for a page about it. */
function problemOf(errors: readonly GraphQLError[]) {
  const [error, ...others] = errors;
  const worst = others.reduce((a, b) => (a && statusOf(b) > statusOf(a) ? b : a), error);
  const code = worst?.extensions['code'];
  return {
    status: worst ? statusOf(worst) : 500,
    headers: worst ? (httpOf(worst)?.headers ?? {}) : {},
    code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
    message: worst?.message ?? '',
  };
}

/** Errors of an execution have no status: they are those of arguments, which come from the address. */
const statusOf = (error: GraphQLError): number => httpOf(error)?.status ?? 400;
