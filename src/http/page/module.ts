/** The contract between the server and the bundle that renders pages: dist/wire/server, built from web/wire. */
export interface PageModule {
  createPages(site: Site): Pages;
}

/** What all pages of a server share. */
export interface Site {
  /** The paths of the script and the style sheet that each page loads. */
  readonly script: string;
  readonly styles: string;
  /** The path of the land outlines under the map. */
  readonly land: string;
  readonly icon: string;
  /** The origin of links that must be absolute, without a slash at the end. Undefined: that of the request. */
  readonly publicUrl: string | undefined;
  readonly hasGraphiQL: boolean;
}

/** Renders pages. */
export interface Pages {
  /** Returns whether a path is one of a page. */
  isFor(path: string): boolean;
  /** @throws What `ask` throws. */
  render(request: PageRequest): Promise<RenderedPage>;
  /** Renders a page about an error. */
  renderError(error: PageError): RenderedPage;
}

/** A GET of a page. */
export interface PageRequest {
  /** The path and the query string. */
  readonly target: string;
  /** The origin that the client named, e.g. `http://127.0.0.1:4000`. */
  readonly origin: string;
  /** Executes a query for the client, in the process, with its limits and its budget. */
  ask(query: string, variables: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** Why a page cannot be shown. */
export interface PageError {
  readonly status: number;
  /** A code of docs/errors.md. */
  readonly code: string;
  readonly message: string;
}

/** A page as it is sent. */
export interface RenderedPage {
  readonly status: number;
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
