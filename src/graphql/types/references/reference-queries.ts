import type { PrismaObjectRef } from '@pothos/plugin-prisma';
import type { Database } from '../../../database/open.js';
import type { AsOf } from '../../../domain/as-of.js';
import type { ReferenceModel } from '../../../domain/references/cache.js';
import { findRowsAt } from '../../../domain/references/history/at.js';
import { positionOf } from '../../../domain/references/history/row.js';
import {
  countReferences,
  type ListedReference,
  listReferences,
  type ReferenceFilter,
  type ReferenceOrder,
  readReferencePage,
} from '../../../domain/references/list.js';
import {
  findSlugs,
  findSurvivors,
  parseSlug,
  type ReferenceOwner,
} from '../../../domain/references/lookup.js';
import { MAX_FOUND } from '../../../domain/references/named/search.js';
import type PrismaTypes from '../../../generated/pothos.js';
import { builder } from '../../builder.js';
import type { Context } from '../../context.js';
import { type FieldPrice, NAME_COST, pageCost, priced, SCAN_COST } from '../../cost.js';
import { AsOfInput, atOf } from '../../inputs/as-of.js';
import { keyAt, parseKey } from '../../node-id.js';
import { createPage, type PageArgs } from '../../page.js';
import type { Order } from '../../page-cursor.js';
import { addNodeLoader } from '../../queries/node.js';
import { connectionTypes } from '../../relay.js';
import { ActorKindEnum, ReferenceOrderEnum } from '../enums/references.js';

type ModelName = 'Actor' | 'Doctrine' | 'Source' | 'Topic' | 'Treaty' | 'WeaponSystem';

/** Options of every reference type: its global id, and how Prisma finds an object by it. */
export const REFERENCE_NODE = {
  id: {
    description:
      'The global id, for `node`. A state read as of a point in the past has an id of its own, which contains the point: equal ids mean equal objects.',
    resolve: (row: { readonly id: string }, context: Context) =>
      keyAt(context, { id: row.id, at: positionOf(row) }),
  },
  findUnique: (key: string) => ({ id: parseKey(key).id }),
  nullable: true,
} as const;

/** Describes the language of a name. */
export const NAME_LANGUAGE =
  'A BCP 47 tag, e.g. `ru` or `sr-Latn`. Falls back to a name of the same language in another script or region, then to the usual name. If there are several names in the language, the first of them is preferred. English is the usual name.';

type Listed = ListedReference<ReferenceModel>;

const BY_SLUG = { field: 'slug', type: 'text', direction: 'asc', value: ({ slug }: Listed) => slug } as const;
const KEY = { field: 'key', value: ({ key }: Listed) => key } as const;

const ORDERS: Readonly<Record<ReferenceOrder, Order<Listed>>> = {
  slug: { name: 'slug', columns: [BY_SLUG] },
  name: { name: 'name', columns: [{ ...KEY, type: 'text', direction: 'asc' }, BY_SLUG] },
  recentlyUsed: {
    name: 'recently used',
    columns: [{ ...KEY, type: 'instant', direction: 'desc' }, BY_SLUG],
  },
  mostUsed: { name: 'most used', columns: [{ ...KEY, type: 'number', direction: 'desc' }, BY_SLUG] },
};

/** The ids that a search takes, for descriptions. */
const IDS: Partial<Record<ReferenceModel, string>> = {
  actor: 'the slug, the Wikidata item, the ISO code of a state',
  source: 'the slug, the Wikidata item, the URL',
  topic: 'the slug, the Wikidata item',
};

type Types = typeof builder.$inferSchemaTypes;

/** The methods of a Prisma model that the queries use. */
interface Rows<Row> {
  findFirst(query: { where: { slug: string } | { id: string } }): PromiseLike<Row | null>;
  findMany(query: object): Promise<(Row & { id: string })[]>;
}

interface ReferenceQueries<Model extends ModelName> {
  readonly ref: PrismaObjectRef<Types, PrismaTypes[Model]>;
  readonly rows: (db: Database) => Rows<PrismaTypes[Model]['Shape']>;
  /** The names of the queries for one object, also that of its model, and for the list. */
  readonly one: ReferenceModel;
  readonly all: string;
  /** Singular and plural, for descriptions. */
  readonly noun: readonly [string, string];
  /** An example slug, for descriptions. */
  readonly example: string;
  /** What a search looks at, for descriptions. */
  readonly names: string;
}

/** Adds the queries of a reference type: one object by slug, the list, and `node`. */
export function addReferenceQueries<Model extends ModelName>({
  ref,
  rows,
  one,
  all,
  noun: [noun, plural],
  example,
  names,
}: ReferenceQueries<Model>): void {
  const isMergeable = ref.name !== 'Treaty';
  const standing = isMergeable ? { mergedIntoId: null } : {};
  addNodeLoader(
    ref.name,
    async ({ db }, ids, { at, query }) => {
      if (at !== undefined) return standingRows(await findRowsAt(db, one, ids, { at, orFirst: false }));
      return rows(db).findMany({ ...query(), where: { id: { in: ids }, ...standing } });
    },
    {
      hasPast: true,
      ...(isMergeable && { survivorsOf: ({ db }, ids, at) => findSurvivors(db, ids, at) }),
    },
  );
  builder.queryField(one, (t) =>
    t.field({
      type: ref,
      nullable: true,
      description: `The ${noun} with this slug${isMergeable ? ', or the one that it was merged into' : ''}. Null if there is none.`,
      args: {
        slug: t.arg.string({ required: true, description: `The slug, e.g. \`${example}\`.` }),
        asOf: t.arg({
          type: AsOfInput,
          description: `Return the ${noun} as it was at this point. Null if the record did not have it yet.`,
        }),
      },
      // The plugin infers the row type from a known model; here it can be any of six.
      resolve: (async (_root: unknown, { asOf, ...args }: OneArgs, context: Context) => {
        const { db } = context;
        const slug = parseSlug(args.slug);
        const at = await atOf(context, asOf);
        const found = async () =>
          (await findSlugs(db, ref.name as ReferenceOwner, { slug: { in: [slug] } }, at))[0];
        if (at !== undefined) {
          const survivor = await found();
          if (!survivor) return null;
          const [row] = await findRowsAt(db, one, [survivor.id], { at, orFirst: false });
          return row ?? null;
        }
        const row = await rows(db).findFirst({ where: { slug, ...standing } });
        if (row || !isMergeable) return row;
        const survivor = await found();
        return survivor ? rows(db).findFirst({ where: { id: survivor.id } }) : null;
      }) as never,
    }),
  );
  builder.queryField(all, (t) =>
    t.connection(
      {
        ...priced(referencePageCost),
        nullable: true,
        type: ref,
        description: `All ${plural}, by slug unless you set an order.`,
        args: {
          search: t.arg.string({
            description: `Return only ${plural} in whose names each word of this text begins a word. Case and accents do not matter. Searches ${names}. Also finds by id: ${IDS[one] ?? 'the slug'}. Returns at most ${MAX_FOUND.toLocaleString('en')}, those with the shortest names. A blank text sets no condition.`,
          }),
          ...(one === 'actor' ? actorArgs(t) : {}),
          orderBy: t.arg({ type: ReferenceOrderEnum, description: 'The order. SLUG by default.' }),
          asOf: t.arg({
            type: AsOfInput,
            description: `Return the ${plural} that the record had at this point, as they were then. \`search\` matches present names.`,
          }),
        },
        resolve: async (_root, args: ListArgs, context) => {
          const { db } = context;
          const at = await atOf(context, args.asOf);
          const list = listReferences(one, args.orderBy ?? 'slug', args, at);
          return createPage({
            args,
            order: ORDERS[list.order],
            find: (page) => readReferencePage(db, list, page),
            count: (limit) => countReferences(db, list, limit),
          }) as never; // The plugin infers the row type from a known model; here it can be any of six.
        },
      },
      ...connectionTypes(ref.name, plural),
    ),
  );
}

interface OneArgs {
  readonly slug: string;
  readonly asOf?: AsOf | null | undefined;
}

/** Leaves out rows that were merged into others at their position. */
const standingRows = <Row extends object>(found: readonly Row[]): Row[] =>
  found.filter((row) => (row as { readonly mergedIntoId?: string | null }).mergedIntoId == null);

type ListArgs = PageArgs &
  ReferenceFilter & {
    readonly orderBy?: ReferenceOrder | null | undefined;
    readonly asOf?: AsOf | null | undefined;
  };

type ArgBuilder = Pick<Parameters<Parameters<typeof builder.queryFields>[0]>[0], 'arg'>;

const actorArgs = (t: ArgBuilder) => ({
  kind: t.arg({ type: [ActorKindEnum], description: 'Return only actors of these kinds.' }),
  country: t.arg({
    type: ['String'],
    description: 'Return only actors with one of these countries. ISO 3166-1 alpha-2 codes, e.g. `RU`.',
  }),
});

/** The price of a page, plus searching names, counting uses, and reading the state at a past point. */
const referencePageCost = (args: ListArgs): FieldPrice => {
  const { points, ...page } = pageCost(args);
  const { search, orderBy, asOf } = args;
  const scans = Number(orderBy === 'recentlyUsed' || orderBy === 'mostUsed') + Number(asOf != null);
  return { ...page, points: points + (search == null ? 0 : NAME_COST) + scans * SCAN_COST };
};
