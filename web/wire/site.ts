import { createContext, useContext } from 'react';

/** What the server hands to the pages about itself and the reader. */
export interface HandedSite {
  readonly hasGraphiQL: boolean;
  /** The address of the outlines of land. */
  readonly land: string;
  /** The origin of embedded lists. Undefined where no other site may embed them. */
  readonly embedOrigin: string | undefined;
  /** Whether the reader has entered a token. */
  readonly hasSession: boolean;
  /** Whether readers may enter a token. */
  readonly hasSessions: boolean;
  /** The language of dates: one of those that the API has words for. */
  readonly language: string;
}

const SiteContext = createContext<HandedSite | undefined>(undefined);

export const SiteProvider = SiteContext.Provider;

/** Returns what the page has been handed. For parts of a page only. */
export function useSite(): HandedSite {
  const site = useContext(SiteContext);
  if (!site) throw new Error('A part of a page was rendered without its site.');
  return site;
}
