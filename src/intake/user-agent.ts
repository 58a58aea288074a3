import { VERSION } from '../version.js';

/** An honest name, with the address of the record, so that the operator of a site can tell who asks. */
export const userAgentOf = (publicUrl: string | undefined): string =>
  `doctrine-wire/${VERSION}${publicUrl === undefined ? '' : ` (+${publicUrl})`}`;
