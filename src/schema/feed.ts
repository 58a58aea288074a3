import type { Context } from '../context.js';
import type { DevelopmentFilter } from '../domain/filter.js';
import { filterWhere } from '../domain/filter.js';
import { encodeCursor } from '../feed/cursor.js';
import { follow } from '../feed/follow.js';
import { readHead } from '../feed/log.js';
import { builder } from './builder.js';
import { DevelopmentRef } from './development.js';
import { DevelopmentFilterInput } from './filter.js';

builder.queryField('feedHead', (t) =>
  t.field({
    type: 'Cursor',
    description:
      'The newest place in the feed. Take it in the same request as a snapshot: what the snapshot lacks comes after it.',
    resolve: async (_root, _args, { db }) => encodeCursor(await readHead(db)),
  }),
);

builder.subscriptionField('developmentPublished', (t) =>
  t.prismaField({
    type: DevelopmentRef,
    description:
      'Each development that is published from now on and that the filter picks, in the order of publication.',
    args: {
      filter: t.arg({ type: DevelopmentFilterInput, description: 'Which ones; all, where left out.' }),
    },
    subscribe: (_root, { filter }, context) => newlyPublished(context, filter),
    resolve: (query, id, _args, { db }) =>
      db.development.findUniqueOrThrow({ ...query, where: { id: id as string } }),
  }),
);

/** The ids of developments as they are published, from the log's present head on. */
async function newlyPublished(
  { db, tail }: Context,
  filter: DevelopmentFilter | null | undefined,
): Promise<AsyncIterableIterator<string>> {
  const picked = await filterWhere(db, filter);
  const { position } = await readHead(db);
  const entries = follow(tail, position);
  const next = async (): Promise<IteratorResult<string>> => {
    for (;;) {
      const { done, value } = await entries.next();
      if (done) return { done, value: undefined };
      if (value.change !== 'PUBLISHED') continue;
      const where = { AND: [{ id: value.developmentId }, picked] };
      if (await db.development.findFirst({ where, select: { id: true } })) {
        return { done: false, value: value.developmentId };
      }
    }
  };
  const published: AsyncIterableIterator<string> = {
    next,
    return: async () => {
      await entries.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return published;
    },
  };
  return published;
}
