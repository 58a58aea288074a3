import type { SourceInput } from '../../domain/references/source.js';

const STATE_DEPARTMENT = 'United States Department of State';
const DEFENSE_DEPARTMENT = 'United States Department of Defense';
const KREMLIN = 'President of Russia';

/** A paper of a government on its own acts: usually reliable, and by a party to the matter. */
const paper = (slug: string, title: string, publisher: string, published: string, language = 'en') =>
  ({ slug, title, publisher, published, language, reliability: 'B' }) satisfies SourceInput;

/** The sources of the wider timeline, by publisher, title and date. None was looked at, as with the others. */
export const TIMELINE_SOURCES: readonly SourceInput[] = [
  paper('inf-treaty-text-1987', 'Text of the INF Treaty', 'United States and Soviet Union', '1987-12-08'),
  paper(
    'inf-instruments-1988',
    'Exchange of the instruments of ratification of the INF Treaty',
    'United States and Soviet Union',
    '1988-06-01',
  ),
  {
    slug: 'us-state-inf-narrative',
    title: 'Narrative of the INF Treaty',
    publisher: STATE_DEPARTMENT,
    published: null,
    language: 'en',
    reliability: 'B',
  },
  paper(
    'us-russia-statement-2007-10-25',
    'Joint statement on the INF Treaty in the United Nations General Assembly',
    'Russia and the United States',
    '2007-10-25',
  ),
  paper('us-state-compliance-2014', 'Compliance report of 2014', STATE_DEPARTMENT, '2014-07'),
  paper(
    'us-house-hearing-2017-03-08',
    'Record of a committee hearing',
    'United States House of Representatives',
    '2017-03-08',
  ),
  paper(
    'us-remarks-9m729-2017-11-29',
    'Remarks at a Washington institute',
    'United States government',
    '2017-11-29',
  ),
  paper(
    'trump-remarks-2018-10-20',
    'Remarks to reporters, Nevada',
    'President of the United States',
    '2018-10-20',
  ),
  paper('pompeo-press-2018-12-04', 'Press availability, Brussels', STATE_DEPARTMENT, '2018-12-04'),
  paper(
    'russia-mod-briefing-2019-01-23',
    'Briefing on the 9M729 missile',
    'Ministry of Defence of Russia',
    '2019-01-23',
    'ru',
  ),
  paper('putin-meeting-2019-02-02', 'Meeting on the INF Treaty, transcript', KREMLIN, '2019-02-02', 'ru'),
  paper(
    'putin-statement-2019-08-05',
    'Statement after the end of the INF Treaty',
    KREMLIN,
    '2019-08-05',
    'ru',
  ),
  paper(
    'us-dod-test-2019-08-18',
    'Release on a test of a ground-launched cruise missile',
    DEFENSE_DEPARTMENT,
    '2019-08-18',
  ),
  paper(
    'us-dod-test-2019-12-12',
    'Release on a test of a ground-launched ballistic missile',
    DEFENSE_DEPARTMENT,
    '2019-12-12',
  ),
  paper('putin-messages-2019-09', 'Messages to other leaders on a moratorium', KREMLIN, '2019-09~', 'ru'),
  paper(
    'russia-nuclear-deterrence-order-2020-06-02',
    'Executive Order on the Basic Principles of State Policy on Nuclear Deterrence',
    KREMLIN,
    '2020-06-02',
    'ru',
  ),
  paper(
    'putin-statement-2020-10-26',
    'Statement on verification of missiles in Europe',
    KREMLIN,
    '2020-10-26',
    'ru',
  ),
  paper(
    'us-army-pacific-2024-04',
    'Release on a Typhon launcher in the Philippines',
    'United States Army Pacific',
    '2024-04',
  ),
  {
    slug: 'reports-bornholm-2024',
    title: 'Reports on a containerised launcher on Bornholm',
    publisher: null,
    published: '2024-05',
    reliability: 'F',
  },
  paper(
    'us-germany-statement-2024-07-10',
    'Joint statement on deployments of long-range missiles in Germany',
    'United States and Germany',
    '2024-07-10',
  ),
  paper('putin-navy-day-2024-07-28', 'Speech at the Navy Day parade', KREMLIN, '2024-07-28', 'ru'),
  paper(
    'putin-security-council-2024-09-25',
    'Security Council conference on nuclear deterrence',
    KREMLIN,
    '2024-09-25',
    'ru',
  ),
  paper('putin-address-2024-11-21', 'Address on the strike on Dnipro', KREMLIN, '2024-11-21', 'ru'),
];
