import type { CitationInput } from '../domain/development/content/input.js';
import type { Entry } from './entry.js';
import { ARTICLE } from './sources.js';

// Putin's statement is all that the record has on the exercises: not their names, their days or
// which systems took part. They are entered so that the statement has something to answer.

const citations: CitationInput[] = [
  {
    source: 'putin-security-council-2024-06-28',
    credibility: 3,
    claims: [
      {
        field: 'OCCURRED',
        value: '2024?',
        rank: 'PREFERRED',
        note:
          'Implied and not said: the statement of 28 June 2024 gives the exercise as a reason. No source dates ' +
          'it, so the year is uncertain.',
      },
    ],
  },
  { source: ARTICLE, credibility: 3 },
];

const HEARSAY =
  'Both sources have it from one man, who was not there and gives it as a reason for acts of his own.';

/** The first of the two that the statement names. */
export const exerciseInDenmark: Entry<'EVENT'> = {
  kind: 'EVENT',
  input: {
    slug: 'exercise-denmark-2024',
    type: 'EXERCISE',
    headline: 'The United States exercises with intermediate-range missile systems in Denmark, Putin says',
    summary:
      'Known here only from the statement in which Vladimir Putin gave it as a reason for producing such ' +
      'missiles in Russia. When in the year it was held, and with which systems, the record does not say.',
    occurred: '2024?',
    confidence: 'LOW',
    confidenceReason: HEARSAY,
    participants: [
      { actor: 'united-states', role: 'INITIATOR' },
      { actor: 'denmark', role: 'HOST' },
    ],
    places: [{ name: 'Denmark', countryCode: 'DK', precision: 'COUNTRY' }],
    topics: ['military-exercises', 'intermediate-range-missiles'],
    weaponSystems: ['intermediate-and-shorter-range-missiles'],
    citations,
  },
};

/** The second. */
export const exerciseInPhilippines: Entry<'EVENT'> = {
  kind: 'EVENT',
  input: {
    slug: 'exercise-philippines-2024',
    type: 'EXERCISE',
    headline:
      'The United States exercises with intermediate-range missile systems in the Philippines, Putin says',
    summary:
      'Like the exercise in Denmark, known here only from the statement in which Vladimir Putin gave it as a ' +
      'reason for producing such missiles in Russia. Its days and the systems used are not in the record.',
    occurred: '2024?',
    confidence: 'LOW',
    confidenceReason: HEARSAY,
    participants: [
      { actor: 'united-states', role: 'INITIATOR' },
      { actor: 'philippines', role: 'HOST' },
    ],
    places: [{ name: 'Philippines', countryCode: 'PH', precision: 'COUNTRY' }],
    topics: ['military-exercises', 'intermediate-range-missiles'],
    weaponSystems: ['intermediate-and-shorter-range-missiles'],
    citations,
  },
};
