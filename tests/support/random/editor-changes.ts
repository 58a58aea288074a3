import fc from 'fast-check';
import type { DevelopmentContent } from '../../../src/domain/development/content/content.js';
import { LinkRelation } from '../../../src/domain/development/content/vocabulary.js';
import { addCitation } from '../../../src/domain/development/evidence/citations.js';
import { assertClaim } from '../../../src/domain/development/evidence/claims.js';
import { linkDevelopments, unlinkDevelopments } from '../../../src/domain/development/write/links.js';
import { recordDevelopment } from '../../../src/domain/development/write/record.js';
import {
  publishDevelopment,
  retractDevelopment,
  reviseDevelopment,
} from '../../../src/domain/development/write/revise.js';
import { upsertActor } from '../../../src/domain/references/actor.js';
import { upsertDoctrine } from '../../../src/domain/references/doctrine.js';
import { upsertSource } from '../../../src/domain/references/source.js';
import { upsertTopic } from '../../../src/domain/references/topic.js';
import { upsertTreaty } from '../../../src/domain/references/treaty.js';
import { upsertWeaponSystem } from '../../../src/domain/references/weapon-system.js';
import type { Writer } from '../../../src/domain/write.js';
import { countries, dates, developments, texts, WORLD } from './random-record.js';

const DEVELOPMENTS = 14;

/** The slugs of the developments that {@link fillRecord} records and editors change. */
export const SLUGS = Array.from({ length: DEVELOPMENTS }, (_, index) => `development-${index}`);

/** A slug that no development has until an editor assigns it. */
export const FREE_SLUG = 'nobody-has-this-slug';

const slug = fc.constantFrom(...SLUGS);
const source = fc.constantFrom(...WORLD.sources);

let newest = 0;
const newSlug = () => {
  newest += 1;
  return `new-${newest}`;
};

/** A change by an editor, which can be refused. */
export interface EditorChange {
  readonly what: string;
  apply(writer: Writer): Promise<unknown>;
}

export const editorChanges: fc.Arbitrary<EditorChange> = fc.oneof(
  change('record', fc.tuple(developments, fc.boolean()), (writer, [{ kind, input }, publish]) =>
    recordDevelopment(writer, kind, { ...input, slug: newSlug() }, { publish }),
  ),
  change('revise', fc.tuple(slug, developments), (writer, [one, { kind, input }]) =>
    reviseDevelopment(writer, kind, one, input),
  ),
  change('rewrite', fc.tuple(slug, texts, dates), async (writer, [one, headline, occurred]) =>
    reviseDevelopment(writer, await kindOf(writer, one), one, { headline, occurred } as never),
  ),
  change('rename', slug, async (writer, one) =>
    reviseDevelopment(writer, await kindOf(writer, one), one, { newSlug: newSlug() } as never),
  ),
  change('take an unknown slug', slug, async (writer, one) =>
    reviseDevelopment(writer, await kindOf(writer, one), one, { newSlug: FREE_SLUG } as never),
  ),
  change('publish', slug, (writer, one) => publishDevelopment(writer, one)),
  change('retract', fc.tuple(slug, fc.option(slug)), (writer, [one, successor]) =>
    retractDevelopment(writer, one, { reason: 'Not so', successor }),
  ),
  change('link', fc.tuple(slug, slug, relations()), (writer, [one, to, relation]) =>
    linkDevelopments(writer, one, { to, relation }),
  ),
  change('unlink', fc.tuple(slug, fc.nat()), async (writer, [one, index]) => {
    const { links } = await contentOf(writer, one);
    const link = links[index % Math.max(1, links.length)];
    if (!link) return;
    const to = await writer.db.development.findUniqueOrThrow({ where: { id: link.toId } });
    await unlinkDevelopments(writer, one, { to: to.slug, relation: link.relation });
  }),
  change('cite', fc.tuple(slug, source, dates), (writer, [one, cited, value]) =>
    addCitation(writer, one, { source: cited, claims: [{ field: 'OCCURRED', value }] }),
  ),
  change('claim', fc.tuple(slug, dates), async (writer, [one, value]) => {
    const [citation] = (await contentOf(writer, one)).citations;
    if (citation) await assertClaim(writer, one, { field: 'OCCURRED', value, citation: citation.id });
  }),
  change(
    'upsert an actor',
    fc.tuple(fc.constantFrom(...WORLD.actors, 'newcomer'), texts, fc.option(countries)),
    (writer, [actor, name, countryCode]) =>
      upsertActor(writer, { slug: actor, kind: 'ORGANISATION', name, countryCode, names: [{ name }] }),
  ),
  change('upsert a source', fc.tuple(source, texts), (writer, [one, title]) =>
    upsertSource(writer, { slug: one, title }),
  ),
  change('upsert a topic', fc.tuple(fc.constantFrom(...WORLD.topics, 'new'), texts), (writer, [one, name]) =>
    upsertTopic(writer, { slug: one, name }),
  ),
  change(
    'upsert a treaty',
    fc.tuple(fc.constantFrom(...WORLD.treaties), fc.shuffledSubarray([...WORLD.actors])),
    (writer, [one, parties]) =>
      upsertTreaty(writer, { slug: one, name: one, parties, states: [{ state: 'SIGNED', since: '1987' }] }),
  ),
  change(
    'upsert a weapon system',
    fc.tuple(fc.constantFrom(...WORLD.weaponSystems), texts, source),
    (writer, [one, name, from]) =>
      upsertWeaponSystem(writer, { slug: one, name: one, aliases: [{ name, source: from }] }),
  ),
  change('upsert a doctrine', fc.tuple(fc.constantFrom(...WORLD.doctrines), texts), (writer, [one, name]) =>
    upsertDoctrine(writer, { slug: one, name }),
  ),
);

function change<T>(
  what: string,
  values: fc.Arbitrary<T>,
  work: (writer: Writer, value: T) => Promise<unknown>,
) {
  return values.map((value) => ({
    what: `${what} ${JSON.stringify(value).slice(0, 200)}`,
    apply: (writer: Writer) => work(writer, value),
  }));
}

function relations() {
  return fc.constantFrom(...Object.values(LinkRelation));
}

async function contentOf({ db }: Writer, one: string): Promise<DevelopmentContent> {
  const { developmentId } = await db.developmentSlug.findUniqueOrThrow({ where: { slug: one } });
  const [last] = await db.revision.findMany({
    where: { developmentId },
    orderBy: { number: 'desc' },
    take: 1,
  });
  return last?.snapshot as unknown as DevelopmentContent;
}

const kindOf = async (writer: Writer, one: string) => (await contentOf(writer, one)).detail.kind;

/** Records generated developments, some of them drafts, each with a link to the previous one. */
export async function fillRecord(writer: Writer, seed: number): Promise<void> {
  for (const one of WORLD.sources) await upsertSource(writer, { slug: one, title: one });
  for (const one of WORLD.actors) await upsertActor(writer, { slug: one, kind: 'ORGANISATION', name: one });
  for (const one of WORLD.topics) await upsertTopic(writer, { slug: one, name: one });
  for (const one of WORLD.treaties) await upsertTreaty(writer, { slug: one, name: one });
  for (const one of WORLD.weaponSystems) await upsertWeaponSystem(writer, { slug: one, name: one });
  for (const one of WORLD.doctrines) await upsertDoctrine(writer, { slug: one, name: one });
  const generated = fc.sample(developments, { seed, numRuns: DEVELOPMENTS });
  for (const [index, { kind, input }] of generated.entries()) {
    await recordDevelopment(writer, kind, { ...input, slug: SLUGS[index] }, { publish: index % 4 !== 3 });
    const to = SLUGS[index - 1];
    if (to) await linkDevelopments(writer, SLUGS[index] ?? '', { to, relation: 'RESPONDS_TO' });
  }
}
