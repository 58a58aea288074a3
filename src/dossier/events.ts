import type { Entry } from './entry.js';
import { ARTICLE } from './sources.js';

const TREATY_TOPICS = ['arms-control-treaties', 'intermediate-range-missiles'];
const MISSILES = ['intermediate-and-shorter-range-missiles'];

// The two treaty actions are dated from their first step to their last. So what answers the first
// step, as Russia's decree does, does not stand before the thing that it answers.

/** The end of the treaty, from which most of the record follows. */
export const unitedStatesLeavesInf: Entry<'EVENT'> = {
  kind: 'EVENT',
  input: {
    slug: 'united-states-leaves-inf-2019',
    type: 'TREATY_ACTION',
    headline: 'The United States withdraws from the INF Treaty',
    summary:
      'Washington gave notice on 1 February 2019, and six months later, on 2 August, the withdrawal took ' +
      'effect. With it ended a treaty that had ruled out ground-launched missiles with ranges of 500 to ' +
      '5,500 km.',
    occurred: '2019-02-01/2019-08-02',
    confidence: 'HIGH',
    confidenceReason:
      'The papers of the government whose own act it is, from the first step to the last; nobody contests that it took them.',
    participants: [{ actor: 'united-states', role: 'INITIATOR' }],
    topics: TREATY_TOPICS,
    treaties: ['inf'],
    weaponSystems: MISSILES,
    citations: [
      { source: 'us-state-inf-notice-2019-02-01', credibility: 2 },
      {
        source: 'us-state-inf-statement-2019-08-02',
        credibility: 2,
        claims: [
          {
            field: 'OCCURRED',
            value: '2019-02-01/2019-08-02',
            rank: 'PREFERRED',
            note:
              'From the notice, which is a document of its own, to the day on which the withdrawal took ' +
              'effect. The article says 2019, which agrees and is less precise.',
          },
        ],
      },
      { source: ARTICLE, credibility: 2 },
    ],
  },
};

/** Russia's answer to the notice, before the withdrawal took effect. */
export const russiaSuspendsInf: Entry<'EVENT'> = {
  kind: 'EVENT',
  input: {
    slug: 'russia-suspends-inf-2019',
    type: 'TREATY_ACTION',
    headline: 'Russia suspends its part in the INF Treaty after the United States gives notice',
    summary:
      'A decree of the President suspended the treaty for Russia on 4 March 2019; a federal law followed on ' +
      '3 July. The article says that Russia left the treaty after the United States; what the public record ' +
      'shows is a suspension, begun between the notice and its taking effect.',
    occurred: '2019-03-04/2019-07-03',
    confidence: 'HIGH',
    confidenceReason:
      'The papers of the government whose own act it is, from the first step to the last; nobody contests that it took them.',
    participants: [
      { actor: 'russia', role: 'INITIATOR' },
      { actor: 'vladimir-putin', role: 'APPROVER', capacity: 'President of Russia' },
    ],
    topics: TREATY_TOPICS,
    treaties: ['inf'],
    weaponSystems: MISSILES,
    citations: [
      { source: 'russia-inf-decree-2019-03-04', credibility: 2 },
      {
        source: 'russia-inf-law-2019-07-03',
        credibility: 2,
        claims: [
          {
            field: 'OCCURRED',
            value: '2019-03-04/2019-07-03',
            rank: 'PREFERRED',
            note: 'From the decree, which is a document of its own, to the law. The article gives no date.',
          },
        ],
      },
      // Possibly true and no more: it speaks of leaving, and Russia suspended.
      { source: ARTICLE, credibility: 3 },
    ],
  },
};

/** A report on industry that nothing but the article bears out: LOW. */
export const productionReady: Entry<'EVENT'> = {
  kind: 'EVENT',
  input: {
    slug: 'missile-production-ready-2024',
    type: 'PRODUCTION',
    headline: 'Russian industry is reported ready to mass-produce intermediate- and shorter-range missiles',
    summary:
      'By July 2024 the defence industry had reportedly finished its preparations for the mass production of ' +
      'such missiles, both ballistic and cruise. The report rests on the article alone; ' +
      'what it reports would follow the announcement of production within weeks.',
    occurred: '2024-07',
    participants: [{ actor: 'russia', role: 'INITIATOR' }],
    topics: ['missile-production', 'intermediate-range-missiles'],
    weaponSystems: MISSILES,
    quantities: [{ name: 'range', unit: 'km', low: 500, high: 5_500 }],
    citations: [
      {
        source: ARTICLE,
        credibility: 3,
        claims: [
          {
            field: 'OCCURRED',
            value: '2024-07',
            rank: 'PREFERRED',
            note: 'As reported; no other date is known.',
          },
          {
            field: 'RANGE',
            value: { low: 500, high: 5_500 },
            rank: 'PREFERRED',
            note: 'What intermediate and shorter range means: the class that the INF Treaty ruled out.',
          },
        ],
      },
    ],
  },
};
