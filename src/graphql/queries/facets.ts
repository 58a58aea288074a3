import { type DevelopmentList, listDevelopments } from '../../domain/development/list.js';
import {
  countFacets,
  type Facet,
  type FacetCounts,
  type FacetValue,
  MAX_VALUES,
} from '../../domain/facets.js';
import type { ChangeType, DevelopmentKind, EventType } from '../../generated/prisma/enums.js';
import { batched } from '../batch.js';
import { builder } from '../builder.js';
import { facetsCost, PAGED } from '../cost.js';
import { AsOfInput, atOf } from '../inputs/as-of.js';
import { DevelopmentFilterInput } from '../inputs/filter.js';
import { loadReference } from '../loaders.js';
import { ActorRef } from '../types/actor.js';
import { DoctrineRef } from '../types/doctrine.js';
import { ChangeTypeEnum, DevelopmentKindEnum, EventTypeEnum } from '../types/enums.js';
import { SourceRef } from '../types/source.js';
import { TopicRef } from '../types/topic.js';
import { TreatyRef } from '../types/treaty.js';
import { WeaponSystemRef } from '../types/weapon-system.js';

/** What is counted: a list, of each facet the first values. */
interface Facets {
  readonly list: DevelopmentList;
  readonly first: number;
}

/** A facet's counts. Those that a request asks for of one list are counted by one statement. */
const loadFacet = batched(1_000, async ({ db }, keys: readonly { of: Facets; facet: Facet }[]) => {
  const wanted = new Map<Facets, Facet[]>();
  for (const { of, facet } of keys) wanted.set(of, [...(wanted.get(of) ?? []), facet]);
  const counted = new Map(
    await Promise.all(
      [...wanted].map(
        async ([of, facets]) => [of, await countFacets(db, of.list, facets, of.first)] as const,
      ),
    ),
  );
  return keys.map(({ of, facet }) => counted.get(of)?.get(facet) ?? { values: [], more: 0 });
});

const countRef = (name: string) => builder.objectRef<FacetValue>(`${name}Count`);
const countDescription = (one: string) => `How many developments of the list have ${one}.`;
const COUNT = 'How many developments: the `totalCount` of the list with this value added to its filter.';

const KindCount = countRef('Kind').implement({
  description: countDescription('a kind'),
  fields: (t) => ({
    kind: t.field({
      type: DevelopmentKindEnum,
      description: 'The kind.',
      resolve: ({ value }) => value as DevelopmentKind,
    }),
    count: t.exposeInt('count', { description: COUNT }),
  }),
});

const EventTypeCount = countRef('EventType').implement({
  description: countDescription('a type of event'),
  fields: (t) => ({
    eventType: t.field({
      type: EventTypeEnum,
      description: 'The type of event.',
      resolve: ({ value }) => value as EventType,
    }),
    count: t.exposeInt('count', { description: COUNT }),
  }),
});

const ChangeTypeCount = countRef('ChangeType').implement({
  description: countDescription('a type of doctrine change'),
  fields: (t) => ({
    changeType: t.field({
      type: ChangeTypeEnum,
      description: 'The type of doctrine change.',
      resolve: ({ value }) => value as ChangeType,
    }),
    count: t.exposeInt('count', { description: COUNT }),
  }),
});

const DisputedCount = countRef('Disputed').implement({
  description: 'How many developments of the list are disputed, or are not.',
  fields: (t) => ({
    disputed: t.boolean({
      description: 'Whether claims disagree.',
      resolve: ({ value }) => value === 'true',
    }),
    count: t.exposeInt('count', { description: COUNT }),
  }),
});

const CountryCount = countRef('Country').implement({
  description: countDescription('a participant that belongs to a country, or a place in it'),
  fields: (t) => ({
    country: t.exposeString('value', { description: 'ISO 3166-1 alpha-2, e.g. `RU`.' }),
    count: t.exposeInt('count', { description: COUNT }),
  }),
});

/** The id of a value that has a slug. */
function idOf({ id, value }: FacetValue): string {
  if (id === null) throw new Error(`The value ${value} has no id.`);
  return id;
}

const ParticipantCount = countRef('Participant').implement({
  description: countDescription('an actor among their participants'),
  fields: (t) => ({
    actor: t.field({
      type: ActorRef,
      description: 'The actor, in any role.',
      resolve: (value, _args, context) => loadReference(context, 'actor', idOf(value)),
    }),
    count: t.exposeInt('count', { description: COUNT }),
  }),
});

const TopicCount = countRef('Topic').implement({
  description: countDescription('a topic'),
  fields: (t) => ({
    topic: t.field({
      type: TopicRef,
      description: 'The topic.',
      resolve: (value, _args, context) => loadReference(context, 'topic', idOf(value)),
    }),
    count: t.exposeInt('count', { description: COUNT }),
  }),
});

const TreatyCount = countRef('Treaty').implement({
  description: countDescription('a treaty'),
  fields: (t) => ({
    treaty: t.field({
      type: TreatyRef,
      description: 'The treaty.',
      resolve: (value, _args, context) => loadReference(context, 'treaty', idOf(value)),
    }),
    count: t.exposeInt('count', { description: COUNT }),
  }),
});

const WeaponSystemCount = countRef('WeaponSystem').implement({
  description: countDescription('a weapon system'),
  fields: (t) => ({
    weaponSystem: t.field({
      type: WeaponSystemRef,
      description: 'The weapon system.',
      resolve: (value, _args, context) => loadReference(context, 'weaponSystem', idOf(value)),
    }),
    count: t.exposeInt('count', { description: COUNT }),
  }),
});

const DoctrineCount = countRef('Doctrine').implement({
  description: countDescription('a doctrine that they are about, or change'),
  fields: (t) => ({
    doctrine: t.field({
      type: DoctrineRef,
      description: 'The doctrine.',
      resolve: (value, _args, context) => loadReference(context, 'doctrine', idOf(value)),
    }),
    count: t.exposeInt('count', { description: COUNT }),
  }),
});

const SourceCount = countRef('Source').implement({
  description: countDescription('a source among their citations'),
  fields: (t) => ({
    source: t.field({
      type: SourceRef,
      description: 'The source.',
      resolve: (value, _args, context) => loadReference(context, 'source', idOf(value)),
    }),
    count: t.exposeInt('count', { description: COUNT }),
  }),
});

function facetRef(name: string, count: typeof KindCount) {
  return builder.objectRef<FacetCounts>(`${name}Facet`).implement({
    description: 'The most frequent values of a facet.',
    fields: (t) => ({
      values: t.field({
        complexity: PAGED,
        type: [count],
        description:
          'The most frequent first, at most `first`; those of one count by slug, code or name. A value that no development has is left out.',
        resolve: ({ values }) => values,
      }),
      more: t.exposeInt('more', { description: 'How many further values there are.' }),
    }),
  });
}

const FACETS = {
  kind: [facetRef('Kind', KindCount), 'By kind.'],
  eventType: [facetRef('EventType', EventTypeCount), 'Events, by type.'],
  changeType: [facetRef('ChangeType', ChangeTypeCount), 'Doctrine changes, by type.'],
  disputed: [facetRef('Disputed', DisputedCount), 'By whether claims disagree.'],
  participant: [facetRef('Participant', ParticipantCount), 'By participant, in any role.'],
  country: [
    facetRef('Country', CountryCount),
    'By country, of participants and places; one with two participants of a country counts once. The slowest of all.',
  ],
  topic: [facetRef('Topic', TopicCount), 'By topic.'],
  treaty: [facetRef('Treaty', TreatyCount), 'By treaty.'],
  weaponSystem: [facetRef('WeaponSystem', WeaponSystemCount), 'By weapon system.'],
  doctrine: [facetRef('Doctrine', DoctrineCount), 'By doctrine.'],
  source: [facetRef('Source', SourceCount), 'By source cited.'],
} as const satisfies Record<Facet, readonly [ReturnType<typeof facetRef>, string]>;

const FacetsRef = builder.objectRef<Facets>('DevelopmentFacets').implement({
  description:
    'A list of developments counted by what they have in common, for the choices that a front end offers. Facets have the names of the conditions of DevelopmentFilter; one that is not selected costs nothing, and all that are take one look at the list together. Of a facet with several values a development counts in each.',
  fields: (t) =>
    Object.fromEntries(
      (Object.keys(FACETS) as Facet[]).map((facet) => {
        const [type, description] = FACETS[facet];
        const resolve = (of: Facets, _args: object, context: Parameters<typeof loadFacet>[0]) =>
          loadFacet(context, { of, facet });
        return [facet, t.field({ type, description, resolve })];
      }),
    ),
});

builder.queryField('developmentFacets', (t) =>
  t.field({
    complexity: facetsCost,
    type: FacetsRef,
    description:
      'The developments that the filter picks, counted by kind, participant, topic and the like. Each count is the `totalCount` of the list with the value added to the filter.',
    args: {
      filter: t.arg({ type: DevelopmentFilterInput, description: 'Which ones; all, where left out.' }),
      first: t.arg.int({
        defaultValue: 20,
        description: `How many values to tell of each facet, 1 to ${MAX_VALUES}.`,
      }),
      asOf: t.arg({
        type: AsOfInput,
        description: 'The record as it stood then; as it is now, where left out.',
      }),
    },
    resolve: async (_root, { filter, first, asOf }, context) => ({
      list: await listDevelopments(context.db, context.viewer, { filter, at: await atOf(context, asOf) }),
      first: first ?? 20,
    }),
  }),
);
