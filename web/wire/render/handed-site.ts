import type { PageRequest, Site } from '../../../src/http/page/module.js';
import type { HandedSite } from '../site.js';

/** Returns the settings of the server and the reader that a page needs. */
export const handedSite = (
  { hasGraphiQL, land, canEmbed, hasSessions }: Site,
  { origin, language, hasSession }: Pick<PageRequest, 'origin' | 'language' | 'hasSession'>,
): HandedSite => ({
  ...{ hasGraphiQL, land, language, hasSession, hasSessions },
  embedOrigin: canEmbed ? origin : undefined,
});
