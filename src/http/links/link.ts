import type { Ask } from '../execution/ask.js';
import type { Exchange } from '../response/send.js';

/** A request for a link: a document with a URL of its own, which is made from queries. */
export interface LinkRequest {
  readonly exchange: Exchange;
  /** Executes queries for the viewer. */
  readonly ask: Ask;
  /** The path, e.g. `/feed.atom`. */
  readonly path: string;
  readonly search: URLSearchParams;
  /** The address of the site, without a slash at the end: `PUBLIC_URL`, or the address that the client used. */
  readonly site: string;
}

/** A document that is made at once and kept in the response cache. */
interface LinkDocument {
  /** The media type. */
  readonly type: string;
  /** Everything that the text depends on but the record and the viewer. */
  readonly key: string;
  /** Returns the text, which ends in a line break. */
  render(): Promise<string>;
}

/** Answers requests for some paths. */
export interface Link {
  matches(path: string): boolean;
  /**
   * Answers a GET or HEAD.
   *
   * @throws {ParameterError} For a parameter that is not valid.
   */
  answer(request: LinkRequest): Promise<void>;
}

/** Sends a document, or 304 if the client has it. */
export type SendDocument = (request: LinkRequest, document: LinkDocument) => Promise<void>;
