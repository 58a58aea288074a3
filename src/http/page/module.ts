/** The contract between the server and the bundle that renders pages: dist/wire/server, built from web/wire. */
export interface PageModule {
  createPages(site: Site): Pages;
}

/** What all pages of a server share. */
export interface Site {
  /** The path of the small script that loads the one of a page after the first paint. */
  readonly boot: string;
  readonly main: PageFiles;
  /** The files of the list for other sites. */
  readonly embed: PageFiles;
  /** The path of the land outlines under the map. */
  readonly land: string;
  readonly icon: string;
  /** The origin of links that must be absolute, without a slash at the end. Undefined: that of the request. */
  readonly publicUrl: string | undefined;
  readonly hasGraphiQL: boolean;
  /** Whether other sites may embed lists. */
  readonly canEmbed: boolean;
  /** Whether readers need a token, and may enter it: see session.ts. */
  readonly hasSessions: boolean;
}

/** The files of a page. */
export interface PageFiles {
  /** The path of the script. */
  readonly script: string;
  /** The style sheet itself, which is in the page: to load it would delay the first paint by a round trip. */
  readonly styles: string;
  /** The paths of files that the script imports at once: they are loaded together with it. */
  readonly imports: readonly string[];
}

/** Renders pages. */
export interface Pages {
  /** Returns whether a path is one of a page. */
  isFor(path: string): boolean;
  /** @throws What `ask` throws. */
  render(request: PageRequest): Promise<RenderedPage>;
  /** Renders a page about an error, in place of the one at a path. */
  renderError(error: PageError, path: string): RenderedPage;
}

/** A GET of a page. */
export interface PageRequest {
  /** The path and the query string. */
  readonly target: string;
  /** The origin that the client named, e.g. `http://127.0.0.1:4000`. */
  readonly origin: string;
  /** The language of dates: see language.ts. */
  readonly language: string;
  /** Whether the reader has entered a token: see session.ts. */
  readonly hasSession: boolean;
  /** Executes a query for the client, in the process, with its limits and its budget. */
  ask(query: string, variables: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** Why a page cannot be shown. */
export interface PageError {
  readonly status: number;
  /** A code of docs/errors.md. */
  readonly code: string;
  readonly message: string;
  /** The page that a reader wants to see who has entered a wrong token. */
  readonly pageAfter?: string | undefined;
}

/** A page as it is sent. */
export interface RenderedPage {
  readonly status: number;
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
