import type { Entry } from './entry.js';
import { ARTICLE } from './sources.js';

const MORATORIUM = 'moratorium-intermediate-range-missiles';
const MISSILES = ['intermediate-and-shorter-range-missiles'];
const MISSILE_THREATS =
  'Our country is forced to respond to the emergence of new and very sensitive missile threats';

/** How the end of the moratorium became known: an act of its own, on the same day. */
export const ministryAnnouncesEnd: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'foreign-ministry-announces-moratorium-end-2025',
    headline: 'The Russian Foreign Ministry announces the end of the missile moratorium',
    summary:
      'In a statement on the moratorium, the ministry made known that Russia no longer keeps to it. The ' +
      'statement is known here by its date and subject; its wording was not looked at.',
    occurred: '2025-08-04',
    participants: [
      { actor: 'foreign-ministry-of-russia', role: 'SPEAKER' },
      { actor: 'russia', role: 'ON_BEHALF_OF' },
    ],
    setting: 'Statement of the ministry',
    originalLanguage: 'ru',
    topics: ['intermediate-range-missiles'],
    treaties: ['inf'],
    weaponSystems: MISSILES,
    doctrines: [MORATORIUM],
    citations: [
      {
        source: 'russia-mfa-moratorium-2025-08-04',
        credibility: 2,
        claims: [
          {
            field: 'OCCURRED',
            value: '2025-08-04',
            rank: 'PREFERRED',
            note: 'The date of the statement.',
          },
        ],
      },
    ],
  },
};

/** The interview that the article is written around. */
export const ryabkovInterview: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'ryabkov-missile-threats-2025',
    headline: 'Ryabkov tells TASS that new missile threats leave Russia no choice but to respond',
    summary:
      'The Deputy Foreign Minister presents giving up the moratorium as a necessity of defence, and speaks of ' +
      'an asymmetry that grows.',
    occurred: '2025?',
    confidence: 'MODERATE',
    confidenceReason:
      'The article quotes an official by name, to an agency that it names: anybody could check it.',
    participants: [
      { actor: 'sergei-ryabkov', role: 'SPEAKER', capacity: 'Deputy Foreign Minister of Russia' },
      { actor: 'foreign-ministry-of-russia', role: 'ON_BEHALF_OF' },
      { actor: 'russia', role: 'ON_BEHALF_OF' },
      { actor: 'tass', role: 'OUTLET' },
    ],
    setting: 'Interview with TASS',
    // A Russian official to a Russian agency: what the English article quotes is a translation, and
    // the words as they were said are not known here.
    originalLanguage: 'ru',
    translation: MISSILE_THREATS,
    topics: ['intermediate-range-missiles'],
    weaponSystems: MISSILES,
    doctrines: [MORATORIUM],
    citations: [
      {
        source: ARTICLE,
        excerpt: MISSILE_THREATS,
        credibility: 3,
        claims: [
          {
            field: 'OCCURRED',
            value: '2025?',
            rank: 'PREFERRED',
            note:
              'The article calls the interview recent and has no date itself. It speaks of the moratorium as ' +
              'given up, which points to the second half of 2025.',
          },
        ],
      },
    ],
  },
};

/** Reported speech by nobody in particular: LOW, and its truth cannot be judged. */
export const analystsOnDoctrine: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'analysts-on-nuclear-doctrine',
    headline: 'Analysts see in the updated nuclear doctrine a willingness to escalate',
    summary:
      'Under certain conditions, the unnamed analysts hold, Russia signals with it that it would go further. ' +
      'Reported speech, from one article.',
    occurred: '2024-11-19/2025?',
    attribution: 'unnamed analysts',
    topics: ['nuclear-doctrine'],
    doctrines: ['basic-principles-nuclear-deterrence'],
    citations: [
      {
        source: ARTICLE,
        credibility: 6,
        claims: [
          {
            field: 'OCCURRED',
            value: '2024-11-19/2025?',
            rank: 'PREFERRED',
            note: 'Not before the doctrine that it is about, nor after the article, whose own date is uncertain.',
          },
        ],
      },
    ],
  },
};

/** Reported speech again, without an occasion. */
export const officialsOnProtection: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'russian-officials-on-protection',
    headline: 'Russian officials say, time and again, that they protect their citizens and interests',
    summary:
      'They speak of protection against a West that they call aggressive. The article gives neither names ' +
      'nor occasions; it is reported speech, said more than once.',
    // The years that the article covers; neither end is more than a guess from the context.
    occurred: '2019?/2025?',
    attribution: 'Russian officials',
    participants: [{ actor: 'russia', role: 'ON_BEHALF_OF' }],
    topics: ['intermediate-range-missiles', 'nuclear-doctrine'],
    citations: [
      {
        source: ARTICLE,
        credibility: 6,
        claims: [
          {
            field: 'OCCURRED',
            value: '2019?/2025?',
            rank: 'PREFERRED',
            note: 'Said repeatedly, with no single date: the years that the article covers, both ends uncertain.',
          },
        ],
      },
    ],
  },
};
