import type { LinkInput } from '../domain/development/content/input.js';

/** A link and the slug of its development. */
export type DossierLink = LinkInput & { readonly from: string };

const WITHDRAWAL = 'united-states-leaves-inf-2019';
const PRODUCTION_STATEMENT = 'putin-missile-production-2024';

/** The links between the developments, in the order of events. */
export const LINKS: readonly DossierLink[] = [
  {
    from: 'putin-federal-assembly-address-2019',
    relation: 'RESPONDS_TO',
    to: WITHDRAWAL,
    note: 'Prospective: it says what would follow should the end of the treaty bring missiles to Europe.',
  },
  {
    from: 'russia-suspends-inf-2019',
    relation: 'RESPONDS_TO',
    to: WITHDRAWAL,
    note: 'The decree came a month after the notice, the law a month before the withdrawal took effect.',
  },
  {
    from: 'inf-moratorium-begins-2019',
    relation: 'RESPONDS_TO',
    to: WITHDRAWAL,
    note: 'An undertaking of its own in place of the treaty that was ending.',
  },
  {
    from: PRODUCTION_STATEMENT,
    relation: 'RESPONDS_TO',
    to: 'exercise-denmark-2024',
    note: 'Named in the statement as a reason.',
  },
  {
    from: PRODUCTION_STATEMENT,
    relation: 'RESPONDS_TO',
    to: 'exercise-philippines-2024',
    note: 'Named in the statement as a reason.',
  },
  {
    from: 'missile-production-ready-2024',
    relation: 'IMPLEMENTS',
    to: PRODUCTION_STATEMENT,
    note: 'Preparing production is what the statement announced. Subject and dates join the two here.',
  },
  {
    from: 'analysts-on-nuclear-doctrine',
    relation: 'RESPONDS_TO',
    to: 'nuclear-doctrine-update-2024',
    note: 'A comment on the update, by people whom the article does not name.',
  },
  {
    from: 'foreign-ministry-announces-moratorium-end-2025',
    relation: 'ANNOUNCES',
    to: 'inf-moratorium-ends-2025',
    note: "Made known by Ryabkov's ministry.",
  },
  {
    from: 'inf-moratorium-ends-2025',
    relation: 'RESPONDS_TO',
    to: WITHDRAWAL,
    note: 'So Ryabkov explains it: Russia was compelled by the withdrawal. Six years lie between the two.',
  },
  {
    from: 'ryabkov-missile-threats-2025',
    relation: 'RESPONDS_TO',
    to: 'inf-moratorium-ends-2025',
    note: 'It explains and defends a step that the ministry had announced, so it does not announce it.',
  },
];
