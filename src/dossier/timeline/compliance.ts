import type { Entry } from '../entry.js';
import { dated } from './dated.js';

const ABOUT = {
  topics: ['treaty-compliance', 'intermediate-range-missiles'],
  treaties: ['inf'],
};
const FOR_THE_US = { actor: 'united-states', role: 'ON_BEHALF_OF' } as const;

const violationFound: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'us-finds-inf-violation-2014',
    headline: 'The United States finds Russia in violation of the INF Treaty',
    summary:
      'The compliance report of 2014 speaks of a ground-launched cruise missile with a range of 500 to ' +
      '5,500 km, which the treaty bans.',
    occurred: '2014-07',
    participants: [
      { actor: 'us-department-of-state', role: 'SPEAKER' },
      FOR_THE_US,
      { actor: 'russia', role: 'TARGET' },
    ],
    setting: 'Compliance report',
    ...ABOUT,
    weaponSystems: ['intermediate-and-shorter-range-missiles'],
    citations: [dated('us-state-compliance-2014', '2014-07')],
  },
};

const selva: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'selva-on-russian-missile-2017',
    headline: 'General Selva says that Russia has deployed a cruise missile against the INF Treaty',
    summary:
      'Paul Selva told a committee of the House that Russia had deployed a land-based cruise missile, against ' +
      'the spirit and intent of the treaty.',
    occurred: '2017-03-08',
    participants: [{ actor: 'paul-selva', role: 'SPEAKER', capacity: 'General' }, FOR_THE_US],
    setting: 'Hearing of a House committee',
    ...ABOUT,
    citations: [dated('us-house-hearing-2017-03-08', '2017-03-08')],
  },
};

const missileNamed: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'us-names-9m729-2017',
    headline: 'A United States official names the missile in question: 9M729',
    summary: 'NATO calls it SSC-8. Until then the public record had no name for it.',
    occurred: '2017-11-29',
    attribution: 'a United States official',
    participants: [FOR_THE_US],
    setting: 'A Washington institute',
    ...ABOUT,
    weaponSystems: ['9m729'],
    citations: [dated('us-remarks-9m729-2017-11-29', '2017-11-29')],
  },
};

const trump: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'trump-announces-inf-exit-2018',
    headline: 'Trump announces that the United States will leave the INF Treaty',
    summary: 'He said so to reporters in Nevada. The notice of withdrawal followed in February 2019.',
    occurred: '2018-10-20',
    participants: [
      { actor: 'donald-trump', role: 'SPEAKER', capacity: 'President of the United States' },
      FOR_THE_US,
    ],
    setting: 'Remarks to reporters',
    topics: ['arms-control-treaties', 'intermediate-range-missiles'],
    treaties: ['inf'],
    citations: [dated('trump-remarks-2018-10-20', '2018-10-20')],
  },
};

const pompeo: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'pompeo-material-breach-2018',
    headline: 'Pompeo declares Russia in material breach of the INF Treaty',
    summary: 'He gave Russia 60 days to return to compliance.',
    occurred: '2018-12-04',
    participants: [
      { actor: 'mike-pompeo', role: 'SPEAKER', capacity: 'Secretary of State of the United States' },
      FOR_THE_US,
      { actor: 'russia', role: 'TARGET' },
    ],
    setting: 'Press availability, Brussels',
    ...ABOUT,
    citations: [dated('pompeo-press-2018-12-04', '2018-12-04')],
  },
};

/** Disputed: neither side's range is preferred, because each comes from a party, and nobody measured it for this record. */
const missileShown: Entry<'EVENT'> = {
  kind: 'EVENT',
  input: {
    slug: 'russia-shows-9m729-2019',
    type: 'OTHER',
    headline: 'The Russian Defence Ministry shows a container of the 9M729 to the press',
    summary:
      'The ministry stated a range below 500 km, which the INF Treaty allows. The United States had spoken of ' +
      'a cruise missile of 500 to 5,500 km, which it bans.',
    occurred: '2019-01-23',
    participants: [
      { actor: 'ministry-of-defence-of-russia', role: 'INITIATOR' },
      { actor: 'russia', role: 'ON_BEHALF_OF' },
    ],
    ...ABOUT,
    weaponSystems: ['9m729'],
    citations: [
      {
        source: 'russia-mod-briefing-2019-01-23',
        credibility: 3,
        claims: [
          {
            field: 'OCCURRED',
            value: '2019-01-23',
            rank: 'PREFERRED',
            note: 'The date of the briefing.',
          },
          {
            field: 'RANGE',
            value: { low: null, high: 500 },
            rank: 'NORMAL',
            note: 'Below 500 km, as the ministry states. It is the maker and a party to the treaty.',
          },
        ],
      },
      {
        source: 'us-state-compliance-2014',
        stance: 'DISPUTES',
        credibility: 3,
        claims: [
          {
            field: 'RANGE',
            value: { low: 500, high: 5_500 },
            rank: 'NORMAL',
            note:
              'The report of 2014 has this range for a cruise missile that it does not name. An official named ' +
              'the 9M729 in 2017. The United States is a party to the treaty too.',
          },
        ],
      },
    ],
  },
};

const suspension: Entry<'EVENT'> = {
  kind: 'EVENT',
  input: {
    slug: 'putin-announces-inf-suspension-2019',
    type: 'TREATY_ACTION',
    headline: 'Putin announces that Russia suspends its participation in the INF Treaty',
    summary: 'He gave it as an answer to the notice of the United States. A decree followed in March.',
    occurred: '2019-02-02',
    participants: [
      { actor: 'vladimir-putin', role: 'INITIATOR', capacity: 'President of Russia' },
      { actor: 'russia', role: 'ON_BEHALF_OF' },
    ],
    topics: ['arms-control-treaties', 'intermediate-range-missiles'],
    treaties: ['inf'],
    citations: [dated('putin-meeting-2019-02-02', '2019-02-02')],
  },
};

/** The dispute over compliance, before the notice of withdrawal and the day after it. */
export const BEFORE_THE_NOTICE = [violationFound, selva, missileNamed, trump, pompeo, missileShown];
export const AFTER_THE_NOTICE = [suspension];
