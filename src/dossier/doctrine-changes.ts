import type { Entry } from './entry.js';
import { ARTICLE } from './sources.js';

const MORATORIUM = 'moratorium-intermediate-range-missiles';
const MISSILES = ['intermediate-and-shorter-range-missiles'];

/** The undertaking that took the place of the treaty. */
export const moratoriumBegins: Entry<'DOCTRINE_CHANGE'> = {
  kind: 'DOCTRINE_CHANGE',
  input: {
    slug: 'inf-moratorium-begins-2019',
    doctrine: MORATORIUM,
    changeType: 'ADOPTED',
    headline: 'Russia begins a moratorium on deploying ground-launched intermediate-range missiles',
    summary:
      'As the INF Treaty came to its end, Russia undertook, on its own and without a treaty, not to deploy ' +
      'ground-launched missiles of intermediate and shorter range.',
    before: 'The INF Treaty ruled such missiles out, for Russia and for the United States.',
    after: 'Russia does not deploy such missiles, by its own undertaking, which binds nobody else.',
    occurred: '2019',
    effective: '2019',
    participants: [{ actor: 'russia', role: 'INITIATOR' }],
    topics: ['intermediate-range-missiles'],
    treaties: ['inf'],
    weaponSystems: MISSILES,
    citations: [
      {
        source: ARTICLE,
        excerpt: 'in place since 2019',
        credibility: 2,
        claims: [
          {
            field: 'OCCURRED',
            value: '2019',
            rank: 'PREFERRED',
            note: 'The public record has the same year; the record knows no month or day.',
          },
        ],
      },
      // Six years later, and about the end of the moratorium: it bears out that there was one.
      { source: 'russia-mfa-moratorium-2025-08-04', credibility: 2 },
    ],
  },
};

const DETERRENCE = 'The updated document sets out a policy of nuclear deterrence.';

/** Disputed: that it was approved is not in doubt, what it provides for is. */
export const nuclearDoctrineUpdated: Entry<'DOCTRINE_CHANGE'> = {
  kind: 'DOCTRINE_CHANGE',
  input: {
    slug: 'nuclear-doctrine-update-2024',
    doctrine: 'basic-principles-nuclear-deterrence',
    changeType: 'AMENDED',
    headline: 'Putin approves an updated nuclear doctrine',
    summary:
      'A decree of 19 November 2024 approved the Basic Principles of State Policy on Nuclear Deterrence in a ' +
      'new version. Officially the document is about deterrence. The article reads into it an emphasis on ' +
      'pre-emptive strikes; the record keeps that reading as a claim and does not follow it.',
    before: 'The Basic Principles in an earlier version, which no source of this record sets out.',
    after: DETERRENCE,
    occurred: '2024-11-19',
    effective: '2024-11-19',
    participants: [
      { actor: 'vladimir-putin', role: 'APPROVER', capacity: 'President of Russia' },
      { actor: 'russia', role: 'INITIATOR' },
    ],
    topics: ['nuclear-doctrine'],
    citations: [
      {
        source: 'russia-nuclear-deterrence-order-2024-11-19',
        credibility: 2,
        claims: [
          {
            field: 'OCCURRED',
            value: '2024-11-19',
            rank: 'PREFERRED',
            note: 'The date of the decree. The article gives none.',
          },
          {
            field: 'AFTER',
            value: DETERRENCE,
            rank: 'PREFERRED',
            note:
              'The official account, which the title of the document bears out. The text itself was not ' +
              'looked at for this record, so the claim says no more.',
          },
        ],
      },
      { source: ARTICLE, credibility: 2 },
      // The same article once more: the approval is probable, its reading of the text doubtful.
      {
        source: ARTICLE,
        stance: 'DISPUTES',
        credibility: 4,
        claims: [
          {
            field: 'AFTER',
            value:
              'The updated document puts an emphasis on pre-emptive strikes, and on the use of nuclear weapons ' +
              'against existential threats.',
            rank: 'NORMAL',
            note:
              "The article's reading, which no other source of this record bears out. It is not deprecated, " +
              'because nobody has checked it against the text.',
          },
        ],
      },
    ],
  },
};

/** What the whole record leads up to. */
export const moratoriumEnds: Entry<'DOCTRINE_CHANGE'> = {
  kind: 'DOCTRINE_CHANGE',
  input: {
    slug: 'inf-moratorium-ends-2025',
    doctrine: MORATORIUM,
    changeType: 'ABANDONED',
    headline: 'Russia gives up its moratorium on intermediate-range missiles',
    summary:
      'The Foreign Ministry announced on 4 August 2025 that Russia no longer keeps to the restraint that it ' +
      'had put on itself in 2019. Deputy Foreign Minister Sergei Ryabkov presents the step as forced on ' +
      'Russia by the withdrawal of the United States from the INF Treaty.',
    before: 'Russia did not deploy such missiles, by its own undertaking.',
    after: 'Russia no longer keeps to the undertaking.',
    occurred: '2025-08-04',
    effective: '2025-08-04',
    confidence: 'HIGH',
    confidenceReason:
      'An undertaking of its own can be given up by nobody but Russia, and its ministry says so.',
    participants: [
      { actor: 'russia', role: 'INITIATOR' },
      { actor: 'foreign-ministry-of-russia', role: 'PARTICIPANT', capacity: 'Announced the change' },
    ],
    topics: ['intermediate-range-missiles'],
    treaties: ['inf'],
    weaponSystems: MISSILES,
    citations: [
      {
        source: 'russia-mfa-moratorium-2025-08-04',
        credibility: 2,
        claims: [
          {
            field: 'OCCURRED',
            value: '2025-08-04',
            rank: 'PREFERRED',
            note: 'The date of the announcement. The article gives none.',
          },
        ],
      },
      { source: ARTICLE, credibility: 2 },
    ],
  },
};
