import { expect } from 'vitest';
import { composeNew, slugsIn } from '../../src/domain/development/content/compose.js';
import type { DevelopmentContent } from '../../src/domain/development/content/content.js';
import type { SlugsById } from '../../src/domain/development/content/decompose.js';
import { type Kind, type RecordFields, recordInputs } from '../../src/domain/development/content/input.js';
import type { Grades } from '../../src/domain/development/evidence/confidence.js';
import { parseInput } from '../../src/domain/input.js';
import { References } from '../../src/domain/references/lookup.js';
import { WORLD } from '../support/random/random-record.js';

const OWNERS = /^(Actor|Topic|Treaty|WeaponSystem|Doctrine|Source|Development):/;

/** Resolves ids prefixed with their owner, so that mixed-up kinds of ids fail a test. */
export const slugs: SlugsById = {
  find: (owner, id) => (id === `Development:draft` ? undefined : slugs.get(owner, id)),
  get: (owner, id) => {
    expect(id).toMatch(new RegExp(`^${owner}:`));
    return id.replace(OWNERS, '');
  },
};

/** Sources of several grades, so that confidence is derived from each. */
const grades: Grades = new Map([
  ['Source:article', { reliability: 'F', publisher: null }],
  ['Source:decree', { reliability: 'A', publisher: 'President of Russia' }],
  ['Source:unread', { reliability: 'B', publisher: null }],
]);

export function compose(kind: Kind, input: unknown): DevelopmentContent {
  const fields = parseInput(recordInputs[kind], input) as RecordFields;
  const named = Object.entries(slugsIn(fields)).flatMap(([owner, list]) =>
    list.map((slug) => [`${owner}:${slug}`, `${owner}:${slug}`] as const),
  );
  return composeNew(kind, fields.slug ?? 'made-up', fields, new References(new Map(named)), grades);
}

/** Everything that generated developments refer to, by ids prefixed with their owner. */
export const refs = new References(
  new Map(
    [
      ...WORLD.actors.map((slug) => `Actor:${slug}`),
      ...WORLD.sources.map((slug) => `Source:${slug}`),
      ...WORLD.doctrines.map((slug) => `Doctrine:${slug}`),
      ...WORLD.topics.map((slug) => `Topic:${slug}`),
      ...WORLD.treaties.map((slug) => `Treaty:${slug}`),
      ...WORLD.weaponSystems.map((slug) => `WeaponSystem:${slug}`),
    ].map((id) => [id, id]),
  ),
);
