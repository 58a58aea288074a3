import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { Tail } from '../../feed/tail.js';
import { findOrMake } from '../cache/find-or-make.js';
import { createResponseCache } from '../cache/response-cache.js';
import type { Ask } from '../execution/ask.js';
import type { RateLimitOptions } from '../limits/rate-limit.js';
import { type Answer, createTextAnswer } from '../response/answer.js';
import { httpOf } from '../response/refusal.js';
import { type Exchange, sendDocument } from '../response/send.js';
import type { Route } from '../route.js';
import type { Pages, RenderedPage } from './module.js';
import { SECURITY_HEADERS } from './security-headers.js';

export interface PageOptions {
  readonly pages: Pages;
  readonly publicUrl: string | undefined;
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

/** Serves the public page. Disposing of it empties its cache. */
export function createPageRoute({
  pages,
  publicUrl,
  rateLimit,
  tail,
  maxBytes,
}: PageOptions): Route & Disposable {
  const cache = createResponseCache<KeptPage>({
    tail,
    maxBytes,
    // Its compressed bodies come later: a fourth of its length each.
    bytesOf: ({ answer }) => Math.ceil(1.5 * answer.body.length),
  });

  const render = async ({ request, context }: Exchange, ask: Ask): Promise<KeptPage> => {
    const { url: target = '/' } = request;
    const page = await pages.render({ target, origin: publicUrl ?? originOf(request), ask });
    context.call.settle();
    return keep(page);
  };

  const find = async (exchange: Exchange, ask: Ask): Promise<KeptPage> => {
    const { request, context } = exchange;
    if (request.headers.authorization !== undefined) return render(exchange, ask);
    const key = `${publicUrl ?? originOf(request)}\n${request.url}`;
    return findOrMake({ cache, rateLimit }, context, key, () => render(exchange, ask));
  };

  return {
    isFor: (path) => pages.isFor(path),
    answer: async (exchange, ask) => {
      const page = await find(exchange, ask);
      exchange.context.lifetime.check();
      const isPublic = exchange.request.headers.authorization === undefined;
      await sendDocument(exchange, { ...page, type: HTML, isPublic });
    },
    refuse: async (exchange, errors) => {
      exchange.context.call.settle(errors);
      const { status, headers, ...error } = problemOf(errors);
      const page = keep(pages.renderError({ status, ...error }));
      const all = { ...page.headers, ...headers };
      await sendDocument(exchange, { ...page, status, headers: all, type: HTML, isPublic: false });
    },
    [Symbol.dispose]: () => cache[Symbol.dispose](),
  };
}

const HTML = 'text/html; charset=utf-8';

const keep = ({ status, html, headers }: RenderedPage): KeptPage => ({
  answer: createTextAnswer(`${html}\n`),
  status,
  headers: { ...SECURITY_HEADERS, ...headers },
});

const originOf = ({ headers: { host } }: IncomingMessage): string => `http://${host ?? 'localhost'}`;

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
