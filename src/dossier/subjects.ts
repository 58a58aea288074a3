import type { DoctrineInput } from '../domain/references/doctrine.js';
import type { TreatyInput } from '../domain/references/treaty.js';
import type { WeaponSystemInput } from '../domain/references/weapon-system.js';
import { ARTICLE } from './sources.js';

/** The treaty whose end the example record is about. */
export const TREATIES: readonly TreatyInput[] = [
  {
    slug: 'inf',
    name: 'Intermediate-Range Nuclear Forces Treaty',
    abbreviation: 'INF Treaty',
    summary:
      'Eliminated a whole class of weapons: ground-launched missiles, ballistic and cruise, with ranges of ' +
      '500 to 5,500 km. Concluded by the United States and the Soviet Union, whose place Russia took.',
    parties: ['united-states', 'russia'],
    states: [
      { state: 'SIGNED', since: '1987-12-08' },
      { state: 'IN_FORCE', since: '1988-06-01' },
      {
        state: 'SUSPENDED',
        since: '2019-03-04',
        note: 'Russia suspends its part by decree; a federal law of 3 July 2019 follows.',
      },
      {
        state: 'ENDED',
        since: '2019-08-02',
        note: 'The withdrawal of the United States, of which it gave notice on 1 February 2019, takes effect.',
      },
    ],
  },
];

/** The weapons that the treaty and the moratorium were about, spoken of as one class. */
export const WEAPON_SYSTEMS: readonly WeaponSystemInput[] = [
  {
    slug: 'intermediate-and-shorter-range-missiles',
    name: 'Intermediate- and shorter-range missiles',
    summary: 'The class of ground-launched ballistic and cruise missiles that the INF Treaty had eliminated.',
    classes: ['BALLISTIC_MISSILE', 'CRUISE_MISSILE'],
    delivery: ['GROUND'],
    rangeMinKm: 500,
    rangeMaxKm: 5_500,
    aliases: [
      { name: 'РСМД', language: 'ru', note: 'The usual Russian abbreviation.' },
      { name: 'ракеты средней и меньшей дальности', language: 'ru', note: 'What РСМД stands for.' },
      { name: 'RSMD', language: 'ru-Latn', note: 'РСМД in Latin letters.', source: ARTICLE },
      {
        name: 'Raketnye Sredney Dalnosti',
        language: 'ru-Latn',
        note:
          "The article's own expansion of RSMD. It is not the Russian term: it leaves out the shorter ranges " +
          'that the M stands for.',
        source: ARTICLE,
      },
    ],
  },
];

/** The two policies that the doctrine changes change. */
export const DOCTRINES: readonly DoctrineInput[] = [
  {
    slug: 'moratorium-intermediate-range-missiles',
    name: 'Moratorium on ground-launched intermediate- and shorter-range missiles',
    summary:
      "Russia's one-sided undertaking, from 2019 to 2025, not to deploy the missiles that the INF Treaty " +
      'had banned.',
    actor: 'russia',
  },
  {
    slug: 'basic-principles-nuclear-deterrence',
    name: 'Basic Principles of State Policy on Nuclear Deterrence',
    summary: "The document that sets out Russia's policy on nuclear deterrence.",
    actor: 'russia',
  },
];
