// The processor has no types of its own.
declare module '@citation-js/core' {
  export class Cite {
    constructor(text: string);
    readonly data: any[];
    format(kind: string, options: object): string;
  }
}
declare module '@citation-js/plugin-bibtex';
declare module '@citation-js/plugin-csl';
