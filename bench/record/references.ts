import type { ActorInput } from '../../src/domain/references/actor.js';
import type { TreatyInput } from '../../src/domain/references/treaty.js';
import type { WeaponSystemInput } from '../../src/domain/references/weapon-system.js';
import { createRandom, type Random } from './random.js';
import { inCyrillic, madeUp } from './vocabulary.js';

const COUNTRIES = (
  'RU US CN GB FR DE UA PL TR IN PK IR IL KP KR JP BY KZ LT LV EE FI SE NO DK NL BE IT ES PT GR RO BG HU CZ SK AT ' +
  'CH RS HR SI MK AL MD GE AM AZ UZ TM KG TJ MN AF IQ SY JO LB SA AE QA KW OM YE EG LY TN DZ MA SD ET KE NG ZA AU ' +
  'NZ ID MY SG TH VN PH MM BD LK NP CA MX CU BR AR CL PE CO VE'
).split(' ');

const named = (random: Random, ...syllables: number[]): string =>
  syllables
    .map((count) => madeUp(random, count))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');

/** Returns an unused name. */
function fresh(known: Set<string>, make: () => string): string {
  let name = make();
  while (known.has(name)) name = make();
  known.add(name);
  return name;
}

const slugOf = (name: string, index: number) => `${name.toLowerCase().replaceAll(' ', '-')}-${index}`;

/** 2,000 actors, the states and the most frequent ones first. */
function makeActors() {
  const random = createRandom(101);
  const known = new Set<string>();
  return Array.from({ length: 2_000 }, (_, index) => {
    const kind = kindOfActor(index);
    const name = fresh(known, () => (kind === 'PERSON' ? named(random, 2, 3) : named(random, 3)));
    const country = COUNTRIES[index < COUNTRIES.length ? index : random.between(0, COUNTRIES.length - 1)];
    return {
      slug: slugOf(name, index),
      kind,
      name,
      ...(kind !== 'ALLIANCE' && country !== undefined && { countryCode: country }),
      names: random.chance(0.5) ? [{ name: inCyrillic(name), language: 'ru' }] : [],
    };
  });
}

function kindOfActor(index: number): ActorInput['kind'] {
  if (index < COUNTRIES.length) return 'STATE';
  if (index % 50 === 0) return 'ALLIANCE';
  if (index % 11 === 0) return 'OUTLET';
  return index % 6 === 0 ? 'ORGANISATION' : 'PERSON';
}

export const ACTORS = makeActors();
export const STATES = ACTORS.filter(({ kind }) => kind === 'STATE').map(({ slug }) => slug);
export const PERSONS = ACTORS.filter(({ kind }) => kind === 'PERSON').map(({ slug }) => slug);
export const OUTLETS = ACTORS.filter(({ kind }) => kind === 'OUTLET').map(({ slug }) => slug);
export { COUNTRIES };

function things(count: number, seed: number, syllables: number): { slug: string; name: string }[] {
  const random = createRandom(seed);
  const known = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    const name = fresh(known, () => named(random, syllables, 3));
    return { slug: slugOf(name, index), name };
  });
}

export const TOPICS = things(60, 103, 3);
export const DOCTRINES = things(60, 105, 4).map((doctrine, index) => ({
  ...doctrine,
  actor: STATES[index % STATES.length] as string,
}));

export const TREATIES: readonly TreatyInput[] = things(30, 107, 4).map((treaty, index) => ({
  ...treaty,
  abbreviation: treaty.name
    .split(' ')
    .map((word) => word.charAt(0))
    .join(''),
  parties: STATES.slice(0, 2 + (index % 20)),
  states: [{ state: 'SIGNED', since: `${1_960 + index}` }],
}));

export const WEAPON_SYSTEMS: readonly WeaponSystemInput[] = things(100, 109, 2).map((system, index) => ({
  ...system,
  classes: [
    (['BALLISTIC_MISSILE', 'CRUISE_MISSILE', 'HYPERSONIC', 'MISSILE_DEFENCE'] as const)[index % 4] ?? 'OTHER',
  ],
  delivery: [(['GROUND', 'AIR', 'SEA'] as const)[index % 3] ?? 'GROUND'],
  rangeMaxKm: 100 * (index + 1),
  aliases: [{ name: inCyrillic(system.name), language: 'ru' }],
}));

const GRADES = ['A', 'B', 'B', 'C', 'C', 'D', 'E', 'F'] as const;

/** 5,000 documents of some 200 publishers. */
export const SOURCES = things(5_000, 111, 4).map(({ slug, name }, index) => ({
  slug,
  title: `${name} ${index}`,
  publisher: `Publisher ${index % 197}`,
  url: `https://example.org/${slug}`,
  language: index % 4 === 0 ? 'ru' : 'en',
  reliability: GRADES[index % GRADES.length] ?? 'F',
}));
