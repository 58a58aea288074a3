import type { ActorInput } from '../../domain/references/actor.js';
import type { TopicInput } from '../../domain/references/topic.js';
import type { WeaponSystemInput } from '../../domain/references/weapon-system.js';

/** Who acts and speaks in the wider timeline only. */
export const TIMELINE_ACTORS: readonly ActorInput[] = [
  {
    slug: 'soviet-union',
    kind: 'STATE',
    name: 'Soviet Union',
    description: 'Signed the INF Treaty, in which Russia took its place.',
    names: [{ name: 'Советский Союз', language: 'ru' }],
  },
  { slug: 'germany', kind: 'STATE', name: 'Germany', countryCode: 'DE', countryCode3: 'DEU' },
  { slug: 'ukraine', kind: 'STATE', name: 'Ukraine', countryCode: 'UA', countryCode3: 'UKR' },
  {
    slug: 'ronald-reagan',
    kind: 'PERSON',
    name: 'Ronald Reagan',
    description: 'Signed the INF Treaty for the United States.',
    countryCode: 'US',
  },
  {
    slug: 'mikhail-gorbachev',
    kind: 'PERSON',
    name: 'Mikhail Gorbachev',
    description: 'Signed the INF Treaty for the Soviet Union.',
    names: [{ name: 'Михаил Горбачёв', language: 'ru' }],
  },
  { slug: 'donald-trump', kind: 'PERSON', name: 'Donald Trump', countryCode: 'US' },
  { slug: 'mike-pompeo', kind: 'PERSON', name: 'Mike Pompeo', countryCode: 'US' },
  { slug: 'paul-selva', kind: 'PERSON', name: 'Paul Selva', countryCode: 'US' },
  {
    slug: 'us-department-of-state',
    kind: 'ORGANISATION',
    name: 'United States Department of State',
    countryCode: 'US',
  },
  {
    slug: 'us-department-of-defense',
    kind: 'ORGANISATION',
    name: 'United States Department of Defense',
    countryCode: 'US',
  },
  {
    slug: 'us-army',
    kind: 'ORGANISATION',
    name: 'United States Army',
    countryCode: 'US',
  },
  {
    slug: 'ministry-of-defence-of-russia',
    kind: 'ORGANISATION',
    name: 'Ministry of Defence of Russia',
    countryCode: 'RU',
    names: [{ name: 'Министерство обороны Российской Федерации', language: 'ru' }],
  },
];

export const TIMELINE_TOPICS: readonly TopicInput[] = [
  {
    slug: 'treaty-compliance',
    name: 'Treaty compliance',
    description: 'Whether states keep to a treaty: inspections, findings, denials and offers to verify.',
  },
];

/** Ranges are left out where the record has only claims about them. */
export const TIMELINE_WEAPON_SYSTEMS: readonly WeaponSystemInput[] = [
  {
    slug: '9m729',
    name: '9M729',
    summary: 'A Russian ground-launched cruise missile. How far it reaches is disputed.',
    classes: ['CRUISE_MISSILE'],
    delivery: ['GROUND'],
    aliases: [{ name: 'SSC-8', language: 'en', note: "NATO's name." }],
  },
  {
    slug: 'typhon',
    name: 'Typhon',
    summary: 'A launcher of the United States Army.',
    delivery: ['GROUND'],
  },
  {
    slug: 'oreshnik',
    name: 'Oreshnik',
    summary: 'A Russian intermediate-range missile.',
    delivery: ['GROUND'],
    aliases: [{ name: 'Орешник', language: 'ru' }],
  },
];
