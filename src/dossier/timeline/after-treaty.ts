import type { Entry } from '../entry.js';
import { dated, NO_BETTER } from './dated.js';

const MISSILES = ['intermediate-and-shorter-range-missiles'];
const MORATORIUM = 'moratorium-intermediate-range-missiles';
const PUTIN = [
  { actor: 'vladimir-putin', role: 'SPEAKER', capacity: 'President of Russia' },
  { actor: 'russia', role: 'ON_BEHALF_OF' },
] as const;

const noFirstDeployment: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'putin-no-first-deployment-2019',
    headline: 'Putin says that Russia will not deploy such missiles where the United States does not',
    summary: 'The statement came three days after the INF Treaty ended.',
    occurred: '2019-08-05',
    participants: [...PUTIN],
    topics: ['intermediate-range-missiles'],
    weaponSystems: MISSILES,
    doctrines: [MORATORIUM],
    citations: [dated('putin-statement-2019-08-05', '2019-08-05')],
  },
};

const cruiseTest: Entry<'EVENT'> = {
  kind: 'EVENT',
  input: {
    slug: 'us-tests-cruise-missile-2019',
    type: 'TEST',
    headline: 'The United States tests a ground-launched cruise missile off California',
    summary: 'It flew further than 500 km, less than three weeks after the INF Treaty ended.',
    occurred: '2019-08-18',
    participants: [{ actor: 'us-department-of-defense', role: 'INITIATOR' }],
    places: [
      { name: 'Off California', countryCode: 'US', latitude: 33.3, longitude: -119.5, precision: 'REGION' },
    ],
    topics: ['intermediate-range-missiles'],
    weaponSystems: MISSILES,
    citations: [dated('us-dod-test-2019-08-18', '2019-08-18')],
  },
};

const ballisticTest: Entry<'EVENT'> = {
  kind: 'EVENT',
  input: {
    slug: 'us-tests-ballistic-missile-2019',
    type: 'TEST',
    headline: 'The United States tests a ground-launched ballistic missile at Vandenberg',
    summary: 'The second test of a ground-launched missile after the INF Treaty that this record has.',
    occurred: '2019-12-12',
    participants: [{ actor: 'us-department-of-defense', role: 'INITIATOR' }],
    places: [
      { name: 'Vandenberg', countryCode: 'US', latitude: 34.74, longitude: -120.57, precision: 'LOCALITY' },
    ],
    topics: ['intermediate-range-missiles'],
    weaponSystems: MISSILES,
    citations: [dated('us-dod-test-2019-12-12', '2019-12-12')],
  },
};

const moratoriumProposed: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'putin-proposes-moratorium-2019',
    headline: 'Putin proposes a moratorium on deployment to other leaders',
    summary:
      'He wrote to them. When exactly in the autumn of 2019, and in which words, this record does not say.',
    occurred: '2019-09~',
    participants: [...PUTIN],
    setting: 'Messages to other leaders',
    topics: ['intermediate-range-missiles'],
    weaponSystems: MISSILES,
    doctrines: [MORATORIUM],
    citations: [dated('putin-messages-2019-09', '2019-09~', NO_BETTER)],
  },
};

const principlesAdopted: Entry<'DOCTRINE_CHANGE'> = {
  kind: 'DOCTRINE_CHANGE',
  input: {
    slug: 'nuclear-doctrine-adopted-2020',
    doctrine: 'basic-principles-nuclear-deterrence',
    changeType: 'ADOPTED',
    headline: 'Russia adopts the Basic Principles on nuclear deterrence by decree',
    summary: 'An executive order of 2 June 2020 put the document into force. Its text was not looked at.',
    before: 'No document of this name is known to this record.',
    after: "The document sets out Russia's policy on nuclear deterrence.",
    occurred: '2020-06-02',
    effective: '2020-06-02',
    participants: [
      { actor: 'vladimir-putin', role: 'APPROVER', capacity: 'President of Russia' },
      { actor: 'russia', role: 'INITIATOR' },
    ],
    topics: ['nuclear-doctrine'],
    citations: [dated('russia-nuclear-deterrence-order-2020-06-02', '2020-06-02')],
  },
};

const verificationOffered: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'putin-offers-verification-2020',
    headline: 'Putin offers mutual verification of the 9M729 and of missile defence sites',
    summary: 'Each side would let the other look at what it had complained of.',
    occurred: '2020-10-26',
    participants: [...PUTIN],
    topics: ['treaty-compliance', 'intermediate-range-missiles'],
    weaponSystems: ['9m729'],
    citations: [dated('putin-statement-2020-10-26', '2020-10-26')],
  },
};

/** From the end of the treaty to the last offer of 2020. */
export const AFTER_THE_TREATY = [
  noFirstDeployment,
  cruiseTest,
  moratoriumProposed,
  ballisticTest,
  principlesAdopted,
  verificationOffered,
];
