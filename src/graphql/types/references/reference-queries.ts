import { type PrismaObjectRef, queryFromInfo } from '@pothos/plugin-prisma';
import type { Database } from '../../../database/open.js';
import { parseSlug } from '../../../domain/references/lookup.js';
import type PrismaTypes from '../../../generated/pothos.js';
import { builder } from '../../builder.js';
import { pageCost, priced } from '../../cost.js';
import { parseKey } from '../../node-id.js';
import { createPage, prismaPage } from '../../page.js';
import type { Order } from '../../page-cursor.js';
import { addNodeLoader } from '../../queries/node.js';
import { connectionTypes } from '../../relay.js';

type ReferenceModel = 'Actor' | 'Doctrine' | 'Source' | 'Topic' | 'Treaty' | 'WeaponSystem';

/** Options of every reference type: its global id, and how Prisma finds an object by it. */
export const REFERENCE_NODE = {
  id: { field: 'id', description: 'The global id, for `node`.' },
  findUnique: (key: string) => ({ id: parseKey(key).id }),
  nullable: true,
} as const;

const BY_SLUG: Order<{ slug: string }> = {
  name: 'slug',
  columns: [{ field: 'slug', type: 'text', direction: 'asc', value: ({ slug }) => slug }],
};

type Types = typeof builder.$inferSchemaTypes;

/** The methods of a Prisma model that the queries use. */
interface Rows<Row> {
  findUnique(query: { where: { slug: string } }): PromiseLike<Row | null>;
  findMany(query: object): Promise<(Row & { id: string })[]>;
  count(query: { take: number }): Promise<number>;
}

interface ReferenceQueries<Model extends ReferenceModel> {
  readonly ref: PrismaObjectRef<Types, PrismaTypes[Model]>;
  readonly rows: (db: Database) => Rows<PrismaTypes[Model]['Shape']>;
  /** The names of the queries for one object and for the list. */
  readonly one: string;
  readonly all: string;
  /** Singular and plural, for descriptions. */
  readonly noun: readonly [string, string];
  /** An example slug, for descriptions. */
  readonly example: string;
}

/** Adds the queries of a reference type: one object by slug, the list in slug order, and `node`. */
export function addReferenceQueries<Model extends ReferenceModel>({
  ref,
  rows,
  one,
  all,
  noun: [noun, plural],
  example,
}: ReferenceQueries<Model>): void {
  addNodeLoader(ref.name, ({ db }, ids, { query }) =>
    rows(db).findMany({ ...query(), where: { id: { in: ids } } }),
  );
  builder.queryField(one, (t) =>
    t.prismaField({
      type: ref,
      nullable: true,
      description: `The ${noun} with this slug. Null if there is none.`,
      args: { slug: t.arg.string({ required: true, description: `The slug, e.g. \`${example}\`.` }) },
      // The plugin infers the row type from a known model; here it can be any of six.
      resolve: (query, _root, { slug }, { db }) =>
        rows(db).findUnique({ ...query, where: { slug: parseSlug(slug) } }) as never,
    }),
  );
  builder.queryField(all, (t) =>
    t.connection(
      {
        ...priced(pageCost),
        type: ref,
        description: `All ${plural}, ordered by slug.`,
        resolve: (_root, args, context, info) => {
          const selection = () => queryFromInfo({ context, info, paths: [['nodes'], ['edges', 'node']] });
          return createPage({
            args,
            order: BY_SLUG,
            find: (page) => rows(context.db).findMany({ ...selection(), ...prismaPage(page) }),
            count: (take) => rows(context.db).count({ take }),
          });
        },
      },
      ...connectionTypes(ref.name, plural),
    ),
  );
}
