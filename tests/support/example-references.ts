import { upsertActor } from '../../src/domain/references/actor.js';
import { upsertDoctrine } from '../../src/domain/references/doctrine.js';
import { upsertSource } from '../../src/domain/references/source.js';
import { upsertTopic } from '../../src/domain/references/topic.js';
import { upsertTreaty } from '../../src/domain/references/treaty.js';
import { upsertWeaponSystem } from '../../src/domain/references/weapon-system.js';
import type { Writer } from '../../src/domain/write.js';
import { WORLD } from './random/random-record.js';

/** Creates the reference data of generated developments, with lists and dates of every kind. */
export async function makeWorld(writer: Writer): Promise<void> {
  for (const slug of WORLD.sources) {
    await upsertSource(writer, { slug, title: slug, published: '2019-08~', retrievedAt: new Date(1e12) });
  }
  for (const slug of WORLD.actors) {
    const names = [{ name: `${slug} інакше`, language: 'uk' }, { name: slug.toUpperCase() }];
    await upsertActor(writer, { slug, kind: 'STATE', name: slug, countryCode: 'RU', names });
  }
  for (const slug of WORLD.topics) await upsertTopic(writer, { slug, name: slug, description: 'What it is' });
  for (const slug of WORLD.treaties) {
    const states = [{ state: 'IN_FORCE' as const, since: '1988-06-01', note: 'Ratified' }];
    await upsertTreaty(writer, { slug, name: slug, parties: [...WORLD.actors], states });
  }
  for (const slug of WORLD.weaponSystems) {
    const aliases = [{ name: `${slug}-2`, language: 'ru', source: WORLD.sources[0] }];
    const more = { classes: ['HYPERSONIC' as const], delivery: ['AIR' as const], rangeMaxKm: 5_000 };
    await upsertWeaponSystem(writer, { slug, name: slug, aliases, ...more });
  }
  for (const slug of WORLD.doctrines) {
    await upsertDoctrine(writer, { slug, name: slug, actor: WORLD.actors[0] });
  }
}
