import type { DossierLink } from '../links.js';

const WITHDRAWAL = 'united-states-leaves-inf-2019';
const VIOLATION = 'us-finds-inf-violation-2014';
const SHOWN = 'russia-shows-9m729-2019';
const PRODUCTION_STATEMENT = 'putin-missile-production-2024';

const link = (from: string, relation: DossierLink['relation'], to: string, note: string): DossierLink => ({
  from,
  relation,
  to,
  note,
});

/** The links of the wider timeline, in the order of events. */
export const TIMELINE_LINKS: readonly DossierLink[] = [
  link(
    'inf-treaty-in-force-1988',
    'IMPLEMENTS',
    'inf-treaty-signed-1987',
    'The treaty that was signed takes effect.',
  ),
  link(
    'trump-announces-inf-exit-2018',
    'RESPONDS_TO',
    VIOLATION,
    'The finding is the reason that was given.',
  ),
  link(
    'pompeo-material-breach-2018',
    'RESPONDS_TO',
    VIOLATION,
    'The finding became a declaration of breach.',
  ),
  link(SHOWN, 'RESPONDS_TO', 'pompeo-material-breach-2018', 'Within the 60 days that Russia had been given.'),
  link(
    SHOWN,
    'CONTRADICTS',
    'us-names-9m729-2017',
    'About the range: below 500 km, and not within what the treaty bans.',
  ),
  link('putin-announces-inf-suspension-2019', 'RESPONDS_TO', WITHDRAWAL, 'The day after the notice.'),
  link(
    'putin-no-first-deployment-2019',
    'RESPONDS_TO',
    WITHDRAWAL,
    'Three days after the withdrawal took effect.',
  ),
  link(
    PRODUCTION_STATEMENT,
    'RESPONDS_TO',
    'typhon-arrives-luzon-2024',
    'The system in the Philippines, as the public record has it.',
  ),
  link(
    PRODUCTION_STATEMENT,
    'RESPONDS_TO',
    'launcher-taken-to-bornholm-2024',
    'The system in Denmark, as the public record has it.',
  ),
  link(
    'putin-navy-day-2024',
    'RESPONDS_TO',
    'us-germany-missile-deployments-2024',
    'It came less than three weeks later.',
  ),
  link(
    'putin-outlines-doctrine-changes-2024',
    'ANNOUNCES',
    'nuclear-doctrine-update-2024',
    'What was outlined was approved two months later.',
  ),
  link(
    'nuclear-doctrine-update-2024',
    'SUPERSEDES',
    'nuclear-doctrine-adopted-2020',
    'The new version takes the place of the one of 2020.',
  ),
];
