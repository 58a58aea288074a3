import type { OutputType } from '@pothos/core';
import { type DevelopmentList, listDevelopments } from '../../domain/development/read/list.js';
import {
  checkFirst,
  countFacets,
  type Facet,
  type FacetCounts,
  type FacetValue,
  MAX_VALUES,
} from '../../domain/facets.js';
import type { ReferenceModel } from '../../domain/references/cache.js';
import { builder } from '../builder.js';
import type { Context } from '../context.js';
import { batched } from '../context.js';
import { FACET, facetsCost, PAGED, priced } from '../cost.js';
import { AsOfInput, atOf } from '../inputs/as-of.js';
import { DevelopmentFilterInput } from '../inputs/filter.js';
import { loadReference } from '../loaders.js';
import { DEFAULT_PAGE } from '../page.js';
import { ChangeTypeEnum, DevelopmentKindEnum, EventTypeEnum } from '../types/enums/development.js';
import { ActorRef } from '../types/references/actor.js';
import { DoctrineRef } from '../types/references/doctrine.js';
import { SourceRef } from '../types/references/source.js';
import { TopicRef } from '../types/references/topic.js';
import { TreatyRef } from '../types/references/treaty.js';
import { WeaponSystemRef } from '../types/references/weapon-system.js';

type Types = typeof builder.$inferSchemaTypes;

/** A list and how many values to return of each of its facets. */
interface Facets {
  readonly list: DevelopmentList;
  readonly first: number;
}

/** A counted value, with the position from which its list is viewed. */
type CountedValue = FacetValue & Pick<DevelopmentList, 'at'>;

interface CountedFacet extends FacetCounts {
  readonly values: CountedValue[];
}

/** Counts a facet. All facets that a request selects of one list are counted by one statement. */
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
  return keys.map(({ of, facet }) => {
    const { values, more } = counted.get(of)?.get(facet) ?? { values: [], more: 0 };
    return { values: values.map((value) => ({ ...value, at: of.list.at })), more };
  });
});

/** How the schema shows a facet: `<name>Facet` lists `<name>Count`, whose `field` returns the value. */
interface FacetField {
  readonly name: string;
  readonly description: string;
  /** Completes "The number of developments …". */
  readonly counted: string;
  readonly field: string;
  readonly type: OutputType<Types>;
  /** The description of `field`. */
  readonly value: string;
  /** Converts the counted value to `type`. */
  read(value: CountedValue, context: Context): unknown;
}

const asTerm = ({ value }: FacetValue) => value;

const asReference =
  (model: ReferenceModel) =>
  ({ id, value, at }: CountedValue, context: Context) => {
    if (id === null) throw new Error(`The value ${value} has no id.`);
    return loadReference(context, model, id, at);
  };

const FACETS: Readonly<Record<Facet, FacetField>> = {
  kind: {
    ...{ name: 'Kind', description: 'Counts by kind.', counted: 'of a kind' },
    ...{ field: 'kind', type: DevelopmentKindEnum, value: 'The kind.', read: asTerm },
  },
  eventType: {
    ...{ name: 'EventType', description: 'Counts of events by type.', counted: 'that are events of a type' },
    ...{ field: 'eventType', type: EventTypeEnum, value: 'The type of event.', read: asTerm },
  },
  changeType: {
    name: 'ChangeType',
    description: 'Counts of doctrine changes by type.',
    counted: 'that are doctrine changes of a type',
    ...{ field: 'changeType', type: ChangeTypeEnum, value: 'The type of doctrine change.', read: asTerm },
  },
  disputed: {
    ...{
      name: 'Disputed',
      description: 'Counts by whether they are disputed.',
      counted: 'that are disputed, or not',
    },
    ...{ field: 'disputed', type: 'Boolean', read: ({ value }) => value === 'true' },
    value: 'Whether the developments are disputed: see `Development.disputed`.',
  },
  participant: {
    ...{
      name: 'Participant',
      description: 'Counts by participant, in any role.',
      counted: 'with a participant',
    },
    ...{ field: 'actor', type: ActorRef, value: 'The participant.', read: asReference('actor') },
  },
  country: {
    name: 'Country',
    description:
      'Counts by country of participants and places. A development counts once for each country. This is the slowest facet.',
    counted: 'with a participant from, or a place in, a country',
    ...{ field: 'country', type: 'String', read: asTerm },
    value: 'The country code in ISO 3166-1 alpha-2, e.g. `RU`.',
  },
  topic: {
    ...{ name: 'Topic', description: 'Counts by topic.', counted: 'with a topic' },
    ...{ field: 'topic', type: TopicRef, value: 'The topic.', read: asReference('topic') },
  },
  treaty: {
    ...{ name: 'Treaty', description: 'Counts by treaty.', counted: 'that concern a treaty' },
    ...{ field: 'treaty', type: TreatyRef, value: 'The treaty.', read: asReference('treaty') },
  },
  weaponSystem: {
    ...{
      name: 'WeaponSystem',
      description: 'Counts by weapon system.',
      counted: 'that concern a weapon system',
    },
    ...{ field: 'weaponSystem', type: WeaponSystemRef, value: 'The weapon system.' },
    read: asReference('weaponSystem'),
  },
  doctrine: {
    ...{ name: 'Doctrine', description: 'Counts by doctrine.', counted: 'that concern or change a doctrine' },
    ...{ field: 'doctrine', type: DoctrineRef, value: 'The doctrine.', read: asReference('doctrine') },
  },
  source: {
    ...{ name: 'Source', description: 'Counts by cited source.', counted: 'that cite a source' },
    ...{ field: 'source', type: SourceRef, value: 'The source.', read: asReference('source') },
  },
};

function facetRef({ name, counted, field, type, value, read }: FacetField) {
  const count = builder.objectRef<CountedValue>(`${name}Count`).implement({
    description: `The number of developments ${counted}.`,
    fields: (t) => ({
      [field]: t.field({
        type,
        description: value,
        resolve: (it, _args, context) => read(it, context) as never,
      }),
      count: t.exposeInt('count', {
        description:
          'The number of developments: the `totalCount` of the list with this value added to its filter.',
      }),
    }),
  });
  return builder.objectRef<CountedFacet>(`${name}Facet`).implement({
    description: 'The most frequent values of a facet.',
    fields: (t) => ({
      values: t.field({
        ...priced(PAGED),
        type: [count],
        description:
          'The values with the largest counts, at most `first`. Values with the same count are ordered by slug, code or name. Values without developments are omitted.',
        resolve: ({ values }) => values,
      }),
      more: t.exposeInt('more', { description: 'The number of further values.' }),
    }),
  });
}

const FacetsRef = builder.objectRef<Facets>('DevelopmentFacets').implement({
  description:
    'Counts of a list of developments by their properties, for filter menus. Each facet is named after a field of DevelopmentFilter. Only selected facets are counted, all in one statement. A development counts for each of its values.',
  fields: (t) =>
    Object.fromEntries(
      (Object.keys(FACETS) as Facet[]).map((facet) => {
        const resolve = (of: Facets, _args: object, context: Context) => loadFacet(context, { of, facet });
        const { description } = FACETS[facet];
        return [facet, t.field({ ...priced(FACET), type: facetRef(FACETS[facet]), description, resolve })];
      }),
    ),
});

builder.queryField('developmentFacets', (t) =>
  t.field({
    ...priced(facetsCost),
    nullable: true,
    type: FacetsRef,
    description:
      'Counts developments by kind, participant, topic and other properties. Each count is the `totalCount` of the list with the value added to the filter.',
    args: {
      filter: t.arg({
        type: DevelopmentFilterInput,
        description: 'The developments to count. All by default.',
      }),
      first: t.arg.int({
        defaultValue: DEFAULT_PAGE,
        description: `The maximum number of values of each facet, 1 to ${MAX_VALUES}.`,
      }),
      asOf: t.arg({
        type: AsOfInput,
        description: 'Count the record as it was at this point. Now by default.',
      }),
    },
    resolve: async (_root, { filter, first, asOf }, context) => {
      const size = checkFirst(first ?? DEFAULT_PAGE); // Also where no facet is selected.
      const list = await listDevelopments(context.db, context.viewer, {
        onUnknownSlug: (error) => context.warn(error),
        filter,
        at: await atOf(context, asOf),
      });
      return { list, first: size };
    },
  }),
);
