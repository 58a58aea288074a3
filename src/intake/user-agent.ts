import { VERSION } from '../version.js';

/** Returns the User-Agent header. It names the record, so that site operators can identify the client. */
export const userAgentOf = (publicUrl: string | undefined): string =>
  `doctrine-wire/${VERSION}${publicUrl === undefined ? '' : ` (+${publicUrl})`}`;
