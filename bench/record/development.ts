import type { CitationInput, Kind, RecordInput } from '../../src/domain/development/content/input.js';
import type { ParticipantRole } from '../../src/domain/development/content/vocabulary.js';
import { createRandom, type Random, zipf } from './random.js';
import {
  ACTORS,
  COUNTRIES,
  DOCTRINES,
  OUTLETS,
  PERSONS,
  SOURCES,
  STATES,
  TOPICS,
  TREATIES,
  WEAPON_SYSTEMS,
} from './references.js';
import { prose } from './vocabulary.js';

/** A development as an editor would enter it, with references by slug. */
export type Generated = { [K in Kind]: { readonly kind: K; readonly input: RecordInput<K> } }[Kind];

const slugs = (list: readonly { readonly slug: string }[]) => list.map(({ slug }) => slug);

// A few actors are in most developments, and the first is in every second one.
const anyActor = zipf(slugs(ACTORS), 1.2);
const anyState = zipf(STATES, 1.3);
const anyPerson = zipf(PERSONS, 1.1);
const anyOutlet = zipf(OUTLETS, 1);
const anyCountry = zipf(COUNTRIES, 1.2);
const anyTopic = zipf(slugs(TOPICS), 0.9);
const anyTreaty = zipf(slugs(TREATIES), 1);
const anySystem = zipf(slugs(WEAPON_SYSTEMS), 0.9);
const anyDoctrine = zipf(slugs(DOCTRINES), 0.9);
const anySource = zipf(slugs(SOURCES), 0.8);

/**
 * Returns the development with this number, always the same. Of a hundred, 55 are events, 35 statements and 10 doctrine
 * changes, unless a kind is given.
 */
export function developmentAt(index: number, only?: Kind): Generated {
  const random = createRandom(20_251_125, index);
  const drawn = random.next();
  const kind = only ?? (drawn < 0.55 ? 'EVENT' : drawn < 0.9 ? 'STATEMENT' : 'DOCTRINE_CHANGE');
  const occurred = anyDate(random);
  const base = {
    slug: `generated-${index}`,
    headline: prose(random, random.between(8, 14)),
    summary: prose(random, random.between(60, 120)),
    occurred,
    topics: several(random, random.between(1, 3), anyTopic),
    treaties: random.chance(0.4) ? several(random, 1, anyTreaty) : [],
    weaponSystems: random.chance(0.5) ? several(random, random.between(1, 2), anySystem) : [],
    citations: citations(random, occurred),
  };
  switch (kind) {
    case 'EVENT':
      return { kind, input: { ...base, ...event(random) } };
    case 'STATEMENT':
      return { kind, input: { ...base, ...statement(random) } };
    case 'DOCTRINE_CHANGE':
      return { kind, input: { ...base, ...doctrineChange(random, occurred) } };
  }
}

function event(random: Random) {
  const actors = several(random, random.between(2, 4), anyActor);
  const roles: readonly ParticipantRole[] = ['INITIATOR', 'PARTICIPANT', 'TARGET', 'HOST'];
  return {
    type: random.pick(EVENT_TYPES),
    participants: actors.map((actor, at) => ({ actor, role: roles[at] ?? 'PARTICIPANT' })),
    places: random.chance(0.7) ? [place(random)] : [],
    quantities: random.chance(0.2) ? [quantity(random)] : [],
  };
}

const EVENT_TYPES = [
  'EXERCISE',
  'EXERCISE',
  'EXERCISE',
  'TEST',
  'TEST',
  'DEPLOYMENT',
  'DEPLOYMENT',
  'NEGOTIATION',
  'TREATY_ACTION',
  'STRIKE',
  'PRODUCTION',
  'OTHER',
] as const;

const place = (random: Random) => ({
  name: prose(random, 2),
  countryCode: anyCountry(random.next()),
  latitude: random.between(-60_000, 70_000) / 1_000,
  longitude: random.between(-180_000, 180_000) / 1_000,
  precision: random.pick(['EXACT', 'LOCALITY', 'REGION'] as const),
});

function quantity(random: Random) {
  const low = random.between(1, 400);
  return {
    name: 'launchers',
    low,
    best: low + random.between(0, 20),
    high: low + 20 + random.between(0, 50),
  };
}

function statement(random: Random) {
  const hasWords = random.chance(0.8);
  const isCyrillic = hasWords && random.chance(0.5);
  const participants = [
    { actor: anyPerson(random.next()), role: 'SPEAKER' as const, capacity: 'Deputy Foreign Minister' },
    { actor: anyState(random.next()), role: 'ON_BEHALF_OF' as const },
    { actor: anyOutlet(random.next()), role: 'OUTLET' as const },
    { actor: anyState(random.next()), role: 'ADDRESSEE' as const },
  ];
  return {
    participants: participants.slice(0, random.between(2, 4)),
    setting: prose(random, random.between(3, 6)),
    ...(hasWords && {
      originalLanguage: isCyrillic ? 'ru' : 'en',
      quotation: prose(random, random.between(20, 60), isCyrillic),
    }),
    ...(isCyrillic && { originalScript: 'Cyrl', translation: prose(random, random.between(20, 60)) }),
  };
}

function doctrineChange(random: Random, occurred: string) {
  const participants = [
    { actor: anyState(random.next()), role: 'INITIATOR' as const },
    { actor: anyPerson(random.next()), role: 'APPROVER' as const },
  ];
  return {
    doctrine: anyDoctrine(random.next()),
    changeType: random.pick([
      'ADOPTED',
      'AMENDED',
      'AMENDED',
      'SUSPENDED',
      'ABANDONED',
      'REAFFIRMED',
    ] as const),
    participants,
    before: prose(random, random.between(15, 40)),
    after: prose(random, random.between(15, 40)),
    ...(random.chance(0.5) && { effective: occurred }),
  };
}

/** Returns three citations. In every sixth development the first claims a date, in every twentieth the second claims another. */
function citations(random: Random, occurred: string): CitationInput[] {
  const claims = random.next();
  return several(random, 3, anySource).map((source, at) => ({
    source,
    locator: `p. ${random.between(1, 400)}`,
    credibility: random.pick([1, 2, 2, 2, 3, 3, 4, 6]),
    ...(random.chance(0.3) && { excerpt: prose(random, random.between(10, 25)) }),
    ...(at === 2 && random.chance(0.05) && { stance: 'DISPUTES' as const }),
    ...(at === 0 && claims < 0.17 && { claims: [{ field: 'OCCURRED' as const, value: occurred }] }),
    ...(at === 1 && claims < 0.05 && { claims: [{ field: 'OCCURRED' as const, value: anyDate(random) }] }),
  }));
}

const DAYS = [1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 17, 19, 20, 22, 23, 25, 26] as const;

const two = (number: number) => String(number).padStart(2, '0');

/** Returns a date from 1990 to 2025, most of them exact days. There are some 9,000 values, which the domain caches. */
function anyDate(random: Random): string {
  const year = random.between(1990, 2025);
  const month = `${year}-${two(random.between(1, 12))}`;
  const day = `${month}-${two(random.pick(DAYS))}`;
  const precision = random.next();
  if (precision < 0.72) return day;
  if (precision < 0.84) return month;
  if (precision < 0.9) return `${year}`;
  if (precision < 0.95) return `${month}~`;
  if (precision < 0.98) return `${month}-10/${month}-13`;
  return `${year}-${random.between(21, 24)}`;
}

/** Returns up to that many distinct items, within a few extra draws. */
function several(random: Random, count: number, draw: (at: number) => string): string[] {
  const drawn = new Set<string>();
  for (let turn = 0; turn < count * 4 && drawn.size < count; turn += 1) drawn.add(draw(random.next()));
  return [...drawn];
}
