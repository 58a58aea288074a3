import type { GraphQLError } from 'graphql';
import { parseUrl } from '../../parse-url.js';
import type { Authenticate } from '../auth/authenticate.js';
import { IdentityRefusedError } from '../auth/identity.js';
import { isSameOrigin, MAX_COOKIE_TOKEN, type ReadingCookie } from '../auth/reading-cookie.js';
import { signIn } from '../auth/sign-in.js';
import { readForm } from '../request/form.js';
import { refuse } from '../response/refusal.js';
import type { Exchange } from '../response/send.js';
import { pathOf, type Route } from '../route.js';

const BEGIN = '/session';
const END = '/session/end';
/** The parameter of the form after a wrong token: see web/wire/layout/sign-in.tsx. */
const PAGE = 'page';

export interface SessionOptions {
  readonly authenticate: Authenticate;
  readonly cookie: ReadingCookie;
  /** Returns whether a path is one of a page, to which a reader may be led back. */
  isPage(path: string): boolean;
  /** Sends a page about errors. Its form leads to `page`. */
  refuse(exchange: Exchange, errors: readonly GraphQLError[], page: string): Promise<void>;
}

/** Serves the forms by which a browser begins and ends to read with a token, which is kept in a cookie. */
export function createSessionRoute({
  authenticate,
  cookie,
  isPage,
  refuse: sendProblem,
}: SessionOptions): Route {
  const begin = async (exchange: Exchange): Promise<string> => {
    const { request, context } = exchange;
    const token = (await readForm(request)).get('token')?.trim() ?? '';
    if (token === '' || token.length > MAX_COOKIE_TOKEN) {
      throw new IdentityRefusedError('UNKNOWN', `Expected a token of 1 to ${MAX_COOKIE_TOKEN} characters.`);
    }
    await signIn(context, () => authenticate(`Bearer ${token}`));
    return cookie.keep(token);
  };

  /**
   * Returns the page that the form was on. The form does not name it, so that all forms are the same, except after a wrong
   * token: then the form is on a page of its own.
   */
  const pageBefore = ({ request: { headers, url: target = '' } }: Exchange): string => {
    const { referer = '', host } = headers;
    const named = new URLSearchParams(target.slice(BEGIN.length)).get(PAGE);
    const url = parseUrl(named === null ? referer : `http://${host}${named}`);
    return url && url.host === host && isPage(url.pathname) ? `${url.pathname}${url.search}` : '/';
  };

  return {
    isFor: (path) => path === BEGIN || path === END,
    methods: ['POST', 'OPTIONS'],
    isOpen: true,
    answer: async (exchange) => {
      const { request, response, headers, context } = exchange;
      // The other origins of CORS_ORIGINS may use the API, but must not choose with which token a browser reads.
      if (!isSameOrigin(request)) {
        const message = 'Expected a form of this server.';
        throw refuse(message, { code: 'FORBIDDEN_ORIGIN' }, { status: 403 });
      }
      const isEnd = pathOf(request.url) === END;
      const kept = isEnd ? cookie.remove() : await begin(exchange);
      context.lifetime.check();
      context.call.settle();
      const Location = isEnd ? '/' : pageBefore(exchange);
      response.writeHead(303, { ...headers, Location, 'Set-Cookie': kept, 'Content-Length': 0 }).end();
    },
    refuse: (exchange, errors) => sendProblem(exchange, errors, pageBefore(exchange)),
  };
}
