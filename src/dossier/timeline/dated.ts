import type { CitationInput } from '../../domain/development/content/input.js';

const BY_NAME = 'The date by which the public record knows it. The document was not looked at.';

/** Returns a citation of a document that dates the development, known by its title and date only. */
export const dated = (source: string, date: string, note: string = BY_NAME): CitationInput => ({
  source,
  credibility: 2,
  claims: [{ field: 'OCCURRED', value: date, rank: 'PREFERRED', note }],
});

/** A note for dates that are known by month or roughly. */
export const NO_BETTER = 'No better date is known to this record.';
