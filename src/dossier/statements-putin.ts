import type { CitationInput } from '../domain/development/content/input.js';
import type { Entry } from './entry.js';
import { ARTICLE } from './sources.js';

const SPEAKER = { actor: 'vladimir-putin', role: 'SPEAKER', capacity: 'President of Russia' } as const;
const RUSSIA = { actor: 'russia', role: 'ON_BEHALF_OF' } as const;
const MISSILES = ['intermediate-and-shorter-range-missiles'];

// Two fragments of one sentence in the article; the mark between them stands for what it does not quote.
const DECISION_CENTERS = 'deploy means of nuclear deterrence … decision centers';

/**
 * The address as it was first entered: from the article alone, with the article's date.
 * {@link addressDateCorrected} puts it right, so that the record has a correction to show.
 */
export const addressToFederalAssembly: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'putin-federal-assembly-address-2019',
    headline: 'Putin tells parliament how Russia would answer United States missiles in Europe',
    summary:
      'Should the United States deploy intermediate-range missiles in Europe, Vladimir Putin said, Russia ' +
      'would deploy nuclear deterrents of its own, able to reach the places where the missiles stand and the ' +
      'centres where decisions about them are made.',
    occurred: '2020-02',
    participants: [SPEAKER, RUSSIA, { actor: 'federal-assembly-of-russia', role: 'ADDRESSEE' }],
    setting: 'Address to the Federal Assembly',
    // The address was given in Russian; the words known here are the article's English. They are a
    // translation, and to enter them as the quotation would pass them off as what was said.
    originalLanguage: 'ru',
    translation: DECISION_CENTERS,
    topics: ['intermediate-range-missiles', 'arms-control-treaties'],
    treaties: ['inf'],
    weaponSystems: MISSILES,
    citations: [
      {
        source: ARTICLE,
        excerpt: DECISION_CENTERS,
        credibility: 3,
        claims: [
          {
            field: 'OCCURRED',
            value: '2020-02',
            rank: 'PREFERRED',
            note: "The article's date. Others may have copied it, so it is kept.",
          },
        ],
      },
    ],
  },
};

/** The correction of the address's date: a source is found, and then what it says is preferred. */
export const addressDateCorrected = {
  slug: addressToFederalAssembly.input.slug,
  found: {
    reason: 'The official transcript gives another date than the article.',
    citation: {
      source: 'putin-address-2019-02-20',
      credibility: 2,
      claims: [{ field: 'OCCURRED', value: '2019-02-20', note: 'The date of the official transcript.' }],
    } satisfies CitationInput,
  },
  corrected: {
    date: '2019-02-20',
    reason: 'The article dates the address a year late: the transcript is of 20 February 2019.',
  },
} as const;

/** Disputed: three dates, of which two stand. The words of the article contradict themselves. */
export const missileProductionAnnounced: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'putin-missile-production-2024',
    headline: 'Putin says that Russia is preparing to produce intermediate-range missiles of its own',
    summary:
      'He gave as the reason that the United States had exercised with such systems in Denmark and in the ' +
      'Philippines. The article dates the statement four years before the public record does.',
    occurred: '2024-06-28',
    participants: [SPEAKER, RUSSIA],
    setting: 'Meeting with the Security Council',
    originalLanguage: 'ru',
    topics: ['missile-production', 'intermediate-range-missiles'],
    weaponSystems: MISSILES,
    citations: [
      {
        source: 'putin-security-council-2024-06-28',
        credibility: 2,
        claims: [
          {
            field: 'OCCURRED',
            value: '2024-06-28',
            rank: 'PREFERRED',
            note: 'The date of the official transcript. Day and month are those of the article too.',
          },
        ],
      },
      {
        source: ARTICLE,
        excerpt: 'the following year, on June 28, 2020',
        credibility: 3,
        claims: [
          {
            field: 'OCCURRED',
            value: '2020-06-28',
            rank: 'NORMAL',
            note:
              'The day that the article names. It stands beside the preferred date, because it is a full date ' +
              'and the transcript that speaks against it was not looked at for this record.',
          },
          {
            field: 'OCCURRED',
            value: '2021',
            rank: 'DEPRECATED',
            note:
              "What the following year comes to, counted from the article's February 2020. It contradicts the " +
              'day named in the same breath and rests on a date that is itself wrong: counted from 2019, the ' +
              'true year of the address, the words give 2020.',
          },
        ],
      },
    ],
  },
};
