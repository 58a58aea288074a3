import { type Citation, PUBLISHER } from './citation.js';

const datePartsOf = (day: string) => ({ 'date-parts': [day.split('-').map(Number)] });

/** Returns the citation as CSL-JSON, the input of citation processors. */
export function cslJsonOf({ key, title, abstract, url, issued, accessed, revision, note }: Citation): string {
  const item = {
    ...{ id: key, type: 'webpage', title },
    author: [{ literal: PUBLISHER }],
    'container-title': PUBLISHER,
    ...(abstract !== '' && { abstract }),
    ...{ URL: url, version: String(revision), language: 'en', note },
    ...{ issued: datePartsOf(issued), accessed: datePartsOf(accessed) },
  };
  return JSON.stringify([item], undefined, 2);
}
