import type { Context } from '../context.js';
import type { Writer } from '../domain/write.js';
import { builder } from './builder.js';

builder.mutationType({
  description: 'Writing needs a token with role EDITOR or ADMIN. Every mutation takes one `input`.',
  authScopes: { editor: true },
});

/** The writer that a request's viewer is. */
export function writerOf({ db, viewer, wake }: Context): Writer {
  return { db, editor: viewer.name ?? 'anonymous', wake };
}

/** Reads a development back after a write, as the mutation's selection asks for it. */
export function reload(query: { select?: object }, { db }: Context, { id }: { id: string }) {
  // A selection that leaves the development out is empty, which Prisma refuses.
  const selection = query.select ? { select: { id: true, ...query.select } } : {};
  return db.development.findUniqueOrThrow({ ...query, ...selection, where: { id } });
}
