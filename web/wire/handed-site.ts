/** What the server hands to the pages about itself. */
export interface HandedSite {
  readonly hasGraphiQL: boolean;
  /** The address of the outlines of land. */
  readonly land: string;
}
