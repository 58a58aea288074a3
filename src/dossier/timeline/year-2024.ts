import type { Entry } from '../entry.js';
import { dated, NO_BETTER } from './dated.js';

const MISSILES = ['intermediate-and-shorter-range-missiles'];
const PUTIN = [
  { actor: 'vladimir-putin', role: 'SPEAKER', capacity: 'President of Russia' },
  { actor: 'russia', role: 'ON_BEHALF_OF' },
] as const;

const typhon: Entry<'EVENT'> = {
  kind: 'EVENT',
  input: {
    slug: 'typhon-arrives-luzon-2024',
    type: 'DEPLOYMENT',
    headline: 'A Typhon launcher of the United States Army arrives in the Philippines',
    summary: 'It was brought to northern Luzon for an exercise.',
    occurred: '2024-04',
    participants: [
      { actor: 'us-army', role: 'INITIATOR' },
      { actor: 'united-states', role: 'ON_BEHALF_OF' },
      { actor: 'philippines', role: 'HOST' },
    ],
    places: [
      { name: 'Northern Luzon', countryCode: 'PH', latitude: 17.5, longitude: 121.2, precision: 'REGION' },
    ],
    topics: ['military-exercises', 'intermediate-range-missiles'],
    weaponSystems: ['typhon'],
    citations: [dated('us-army-pacific-2024-04', '2024-04', NO_BETTER)],
  },
};

const bornholm: Entry<'EVENT'> = {
  kind: 'EVENT',
  input: {
    slug: 'launcher-taken-to-bornholm-2024',
    type: 'EXERCISE',
    headline: 'A containerised launcher is taken to Bornholm for an exercise',
    summary: 'Known from reports that this record does not name one by one.',
    occurred: '2024-05',
    participants: [{ actor: 'denmark', role: 'HOST' }],
    places: [{ name: 'Bornholm', countryCode: 'DK', latitude: 55.13, longitude: 14.92, precision: 'REGION' }],
    topics: ['military-exercises', 'intermediate-range-missiles'],
    citations: [dated('reports-bornholm-2024', '2024-05', NO_BETTER)],
  },
};

const germany: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'us-germany-missile-deployments-2024',
    headline: 'The United States and Germany announce deployments of long-range missiles in Germany',
    summary: 'The deployments are to be episodic, from 2026.',
    occurred: '2024-07-10',
    participants: [
      { actor: 'united-states', role: 'SPEAKER' },
      { actor: 'germany', role: 'SPEAKER' },
    ],
    setting: 'Joint statement',
    topics: ['intermediate-range-missiles'],
    citations: [dated('us-germany-statement-2024-07-10', '2024-07-10')],
  },
};

const navyDay: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'putin-navy-day-2024',
    headline: 'Putin says that Russia would consider itself free of the moratorium',
    summary: 'He spoke at the parade of Navy Day, after the announcement of deployments in Germany.',
    occurred: '2024-07-28',
    participants: [...PUTIN],
    setting: 'Navy Day parade',
    originalLanguage: 'ru',
    topics: ['intermediate-range-missiles'],
    weaponSystems: MISSILES,
    doctrines: ['moratorium-intermediate-range-missiles'],
    citations: [dated('putin-navy-day-2024-07-28', '2024-07-28')],
  },
};

const doctrineOutlined: Entry<'STATEMENT'> = {
  kind: 'STATEMENT',
  input: {
    slug: 'putin-outlines-doctrine-changes-2024',
    headline: 'Putin outlines changes to the nuclear doctrine',
    summary: 'He did so at a conference of the Security Council. The decree followed in November.',
    occurred: '2024-09-25',
    participants: [...PUTIN],
    setting: 'Security Council conference',
    originalLanguage: 'ru',
    topics: ['nuclear-doctrine'],
    doctrines: ['basic-principles-nuclear-deterrence'],
    citations: [dated('putin-security-council-2024-09-25', '2024-09-25')],
  },
};

const oreshnik: Entry<'EVENT'> = {
  kind: 'EVENT',
  input: {
    slug: 'oreshnik-strikes-dnipro-2024',
    type: 'STRIKE',
    headline: 'An intermediate-range missile called Oreshnik strikes Dnipro',
    summary: 'Vladimir Putin spoke of a test in combat.',
    occurred: '2024-11-21',
    participants: [
      { actor: 'russia', role: 'INITIATOR' },
      { actor: 'ukraine', role: 'TARGET' },
    ],
    places: [{ name: 'Dnipro', countryCode: 'UA', latitude: 48.46, longitude: 35.05, precision: 'LOCALITY' }],
    topics: ['intermediate-range-missiles'],
    weaponSystems: ['oreshnik'],
    citations: [dated('putin-address-2024-11-21', '2024-11-21')],
  },
};

/** The year in which both sides' missiles came back, in two parts: between them the record has Putin's June statement. */
export const SPRING_2024 = [typhon, bornholm];
export const SUMMER_2024 = [germany, navyDay, doctrineOutlined];
export const WINTER_2024 = [oreshnik];
