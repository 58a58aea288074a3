import type { PrismaObjectRef } from '@pothos/plugin-prisma';
import type { Database } from '../../database/open.js';
import { parseSlug } from '../../domain/references/lookup.js';
import type PrismaTypes from '../../generated/pothos.js';
import { builder } from '../builder.js';
import { connectionTypes, nodeQuery } from '../connection.js';
import { pageCost } from '../cost.js';
import { createPage, type Order, prismaPage } from '../page.js';
import { addNodeLoader } from './node.js';

/** The models that are looked up by slug and listed by slug. */
type ReferenceModel = 'Actor' | 'Doctrine' | 'Source' | 'Topic' | 'Treaty' | 'WeaponSystem';

/** Things with slugs are listed by slug. */
const BY_SLUG: Order<{ slug: string }> = {
  name: 'slug',
  columns: [{ field: 'slug', type: 'text', direction: 'asc', value: ({ slug }) => slug }],
};

type Types = typeof builder.$inferSchemaTypes;

/** What the queries need of a Prisma model; `Row` is what the selection loads. */
interface Rows<Row> {
  findUnique(query: { where: { slug: string } }): PromiseLike<Row | null>;
  findMany(query: object): Promise<(Row & { id: string })[]>;
  count(query: { take: number }): Promise<number>;
}

interface ReferenceQueries<Model extends ReferenceModel> {
  readonly ref: PrismaObjectRef<Types, PrismaTypes[Model]>;
  readonly rows: (db: Database) => Rows<PrismaTypes[Model]['Shape']>;
  /** The names of the queries for one and for all. */
  readonly one: string;
  readonly all: string;
  /** What it is called in descriptions, alone and in the plural. */
  readonly noun: readonly [string, string];
  /** A slug as the documentation's example. */
  readonly example: string;
}

/** Adds the query for one by its slug, and the list of all by slug. */
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
      description: `The ${noun} with this slug; null where there is none.`,
      args: { slug: t.arg.string({ required: true, description: `E.g. \`${example}\`.` }) },
      // The plugin works a row's type out from a model that it knows; here it is any of six.
      resolve: (query, _root, { slug }, { db }) =>
        rows(db).findUnique({ ...query, where: { slug: parseSlug(slug) } }) as never,
    }),
  );
  builder.queryField(all, (t) =>
    t.connection(
      {
        complexity: pageCost,
        type: ref,
        description: `All ${plural}, by slug.`,
        resolve: (_root, args, context, info) =>
          createPage({
            args,
            order: BY_SLUG,
            find: (page) => rows(context.db).findMany({ ...nodeQuery(context, info), ...prismaPage(page) }),
            count: (take) => rows(context.db).count({ take }),
          }),
      },
      ...connectionTypes(ref.name, plural),
    ),
  );
}
