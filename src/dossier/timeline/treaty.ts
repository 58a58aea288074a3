import type { Entry } from '../entry.js';
import { dated } from './dated.js';

const ABOUT = {
  topics: ['arms-control-treaties', 'intermediate-range-missiles'],
  treaties: ['inf'],
  weaponSystems: ['intermediate-and-shorter-range-missiles'],
};
const BOTH = [
  { actor: 'united-states', role: 'PARTICIPANT' },
  { actor: 'soviet-union', role: 'PARTICIPANT' },
] as const;

const signed: Entry<'EVENT'> = {
  kind: 'EVENT',
  input: {
    slug: 'inf-treaty-signed-1987',
    type: 'TREATY_ACTION',
    headline: 'The United States and the Soviet Union sign the INF Treaty in Washington',
    summary: 'Ronald Reagan and Mikhail Gorbachev signed.',
    occurred: '1987-12-08',
    participants: [
      ...BOTH,
      { actor: 'ronald-reagan', role: 'PARTICIPANT', capacity: 'Signed for the United States' },
      { actor: 'mikhail-gorbachev', role: 'PARTICIPANT', capacity: 'Signed for the Soviet Union' },
    ],
    places: [
      { name: 'Washington', countryCode: 'US', latitude: 38.9, longitude: -77.04, precision: 'LOCALITY' },
    ],
    ...ABOUT,
    citations: [dated('inf-treaty-text-1987', '1987-12-08')],
  },
};

const inForce: Entry<'EVENT'> = {
  kind: 'EVENT',
  input: {
    slug: 'inf-treaty-in-force-1988',
    type: 'TREATY_ACTION',
    headline: 'The INF Treaty enters into force',
    summary: 'The two parties exchanged the instruments of ratification in Moscow.',
    occurred: '1988-06-01',
    participants: [...BOTH],
    places: [{ name: 'Moscow', countryCode: 'RU', latitude: 55.75, longitude: 37.62, precision: 'LOCALITY' }],
    ...ABOUT,
    citations: [
      { source: 'inf-treaty-text-1987', credibility: 2 },
      dated('inf-instruments-1988', '1988-06-01'),
    ],
  },
};

const eliminated: Entry<'EVENT'> = {
  kind: 'EVENT',
  input: {
    slug: 'inf-elimination-completed-1991',
    type: 'OTHER',
    headline: 'The missiles that the INF Treaty bans are eliminated by its deadline',
    summary:
      'By 1 June 1991 the parties had eliminated 2,692 missiles: 846 of the United States and 1,846 of the ' +
      'Soviet Union. When the last one went, this record does not say.',
    occurred: '../1991-06-01',
    participants: [...BOTH],
    quantities: [
      { name: 'missiles', best: 2_692 },
      { name: 'missiles of the United States', best: 846 },
      { name: 'missiles of the Soviet Union', best: 1_846 },
    ],
    ...ABOUT,
    citations: [
      dated('us-state-inf-narrative', '../1991-06-01', 'The deadline of the treaty: completed by then.'),
    ],
  },
};

const inspectionsEnd: Entry<'EVENT'> = {
  kind: 'EVENT',
  input: {
    slug: 'inf-inspections-end-2001',
    type: 'OTHER',
    headline: 'The on-site inspections under the INF Treaty end',
    summary: 'From then on neither party inspected sites of the other under this treaty.',
    occurred: '2001-05-31',
    participants: [
      { actor: 'united-states', role: 'PARTICIPANT' },
      { actor: 'russia', role: 'PARTICIPANT' },
    ],
    ...ABOUT,
    topics: [...ABOUT.topics, 'treaty-compliance'],
    citations: [dated('us-state-inf-narrative', '2001-05-31')],
  },
};

const jointCall: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'joint-call-for-global-inf-2007',
    headline: "Russia and the United States call for the INF Treaty's obligations to become global",
    summary: 'They made the call together, in the General Assembly of the United Nations.',
    occurred: '2007-10-25',
    participants: [
      { actor: 'russia', role: 'SPEAKER' },
      { actor: 'united-states', role: 'SPEAKER' },
    ],
    setting: 'United Nations General Assembly',
    ...ABOUT,
    citations: [dated('us-russia-statement-2007-10-25', '2007-10-25')],
  },
};

/** The treaty from its signature to the last joint statement on it. */
export const TREATY_YEARS = [signed, inForce, eliminated, inspectionsEnd, jointCall];
