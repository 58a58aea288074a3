import type { TopicInput } from '../domain/references/topic.js';

/** The subjects that the example record is filed under. */
export const TOPICS: readonly TopicInput[] = [
  {
    slug: 'intermediate-range-missiles',
    name: 'Intermediate-range missiles',
    description:
      'Ground-launched missiles with ranges of 500 to 5,500 km: restraint, production, deployment.',
  },
  {
    slug: 'arms-control-treaties',
    name: 'Arms-control treaties',
    description: 'Treaties that limit weapons: how they come into force, are suspended and end.',
  },
  {
    slug: 'nuclear-doctrine',
    name: 'Nuclear doctrine',
    description: 'What states declare about when and why they would use nuclear weapons.',
  },
  {
    slug: 'missile-production',
    name: 'Missile production',
    description: 'Decisions to make missiles, and what industry does about them.',
  },
  {
    slug: 'military-exercises',
    name: 'Military exercises',
    description: 'Manoeuvres, and what others read into them.',
  },
];
