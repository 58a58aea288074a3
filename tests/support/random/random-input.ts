import {
  astFromValue,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  print,
} from 'graphql';
import type { TestServer } from '../server.js';

/** Random choices that fast-check can shrink. */
export interface Draw {
  /** Returns an integer from 0 to `count` - 1. */
  below(count: number): number;
  pick<T>(list: readonly T[]): T;
  /** Returns true with a probability of `percent`. */
  chance(percent: number): boolean;
}

/** Values that occur in the record, by kind. */
export type Pool = Readonly<Record<string, readonly string[]>>;

const LISTS = ['actors', 'doctrines', 'sources', 'topics', 'treaties', 'weaponSystems'] as const;
const TIMED = ['developments', 'statements', 'events', 'doctrineChanges'] as const;

/** Reads the slugs, ids and cursors of a server's record. */
export async function readPool(server: Pick<TestServer, 'data'>): Promise<Pool> {
  const data = await server.data(
    `{ feedHead ${[...LISTS, ...TIMED]
      .map((list) => `${list}(first: 30) { edges { cursor node { id slug } } }`)
      .join(' ')} changesBetween(from: { moment: "2000-01-01T00:00:00Z" }) { edges { cursor } }
      inboxItems { edges { cursor node { id } } } }`,
  );
  // Readers do not see the inbox.
  const edges = (list: string): any[] => (list === 'inboxItems' && !data[list] ? [] : data[list].edges);
  const slugs = (list: string) => edges(list).map(({ node }) => node.slug);
  const cursors = [...LISTS, ...TIMED, 'changesBetween', 'inboxItems'].map(
    (list) => [`${list}.after`, edges(list).map(({ cursor }) => cursor)] as const,
  );
  return {
    ...Object.fromEntries(cursors),
    ...Object.fromEntries([...LISTS, ...TIMED].map((list) => [list, slugs(list)])),
    ids: [...LISTS, ...TIMED].flatMap((list) => edges(list).map(({ node }) => node.id)),
    inboxItems: edges('inboxItems').map(({ node }) => node.id),
    feedHead: [data['feedHead']],
  };
}

const OTHER: Pool = {
  country: ['RU', 'US', 'BY', 'DE', 'KZ'],
  text: ['missile', 'missiles INF', '"moratorium"', 'nuclear deterrence', '-test', '9M729', 'a'],
  within: ['2019', '2019-08', '2019-02-01/2019-08-02', '2019/..', '../2020', '201X', '2019-21', '2019-08~'],
  moment: ['2019-08-04T09:30:00Z', '2100-01-01T00:00:00Z', '1990-01-01T00:00:00+03:00'],
  name: ['Actor', 'Development'],
  url: ['https://example.org/talks', 'http://www.example.org/nothing?utm_source=x'],
  feed: ['0197f0c4-6a1e-7c3b-9d52-0e8f6a7b1c2d'],
  nobody: ['nobody-has-this-slug'],
};

/** The kind of value for each argument or input field, by name. */
const WHERE: Readonly<Record<string, string>> = {
  'actor.slug': 'actors',
  'doctrine.slug': 'doctrines',
  'source.slug': 'sources',
  'topic.slug': 'topics',
  'treaty.slug': 'treaties',
  'weaponSystem.slug': 'weaponSystems',
  slug: 'developments',
  actor: 'actors',
  topic: 'topics',
  treaty: 'treaties',
  weaponSystem: 'weaponSystems',
  doctrine: 'doctrines',
  source: 'sources',
  restsOnlyOn: 'sources',
  recordedSince: 'moment',
  id: 'ids',
  ids: 'ids',
  'inboxItem.id': 'inboxItems',
  edtf: 'within',
  countryCode: 'country',
  cursor: 'feedHead',
};

/** The maximum depth of filters. The server accepts 16. */
const MAX_NESTING = 5;

/** Generates values of input types, and their literals. */
export function createInputs(pool: Pool, draw: Draw) {
  const known: Pool = { ...OTHER, ...pool };

  const text = (place: string): string => {
    const last = place.split('.').at(-1) ?? '';
    const values = known[WHERE[place] ?? WHERE[last] ?? place] ?? known[last] ?? known['nobody'] ?? [];
    return draw.chance(2) || values.length === 0 ? 'nobody-has-this-slug' : draw.pick(values);
  };

  const value = (type: GraphQLInputType, place: string, nesting = 0): unknown => {
    if (isNonNullType(type)) return value(type.ofType, place, nesting);
    if (isListType(type)) {
      const most = isInputObjectType(inner(type)) ? 3 : 4;
      return Array.from({ length: draw.below(most) + 1 }, () => value(type.ofType, place, nesting));
    }
    if (isEnumType(type)) return draw.pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      const chosen = type.isOneOf
        ? [draw.pick(fields)]
        : fields.filter((field) => {
            if (isNonNullType(field.type)) return true;
            const isNested = ['and', 'or', 'not'].includes(field.name);
            return draw.chance(isNested && nesting >= MAX_NESTING ? 0 : 12);
          });
      return Object.fromEntries(
        chosen.map((field) => [field.name, value(field.type, `${type.name}.${field.name}`, nesting + 1)]),
      );
    }
    switch (type.name) {
      case 'Int':
        return 1 + draw.below(3);
      case 'Boolean':
        return draw.chance(50);
      case 'DateTime':
        return text('moment');
      default:
        return text(place);
    }
  };

  return {
    /** Returns a value of the type for a variable. `place` is its field and argument. */
    value: (type: GraphQLInputType, place: string) => value(type, place),
    /** Returns the value as a literal. */
    literal: (type: GraphQLInputType, given: unknown): string => {
      const node = astFromValue(given, type);
      if (!node) throw new Error(`Expected a value of ${type}; got ${JSON.stringify(given)}.`);
      return print(node);
    },
  };
}

function inner(type: GraphQLInputType): GraphQLInputType {
  return isListType(type) || isNonNullType(type) ? inner(type.ofType) : type;
}
