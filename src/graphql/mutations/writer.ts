import type { DevelopmentState } from '../../domain/development/rows.js';
import { type DevelopmentView, findViews } from '../../domain/development/view.js';
import type { Writer } from '../../domain/write.js';
import { builder } from '../builder.js';
import type { Context } from '../context.js';

builder.mutationType({
  description: 'Writing needs a token with role EDITOR or ADMIN. Every mutation takes one `input`.',
  authScopes: { editor: true },
});

/** The writer that a request's viewer is. */
export function writerOf({ db, viewer, wake }: Context): Writer {
  return { db, editor: viewer.name ?? 'anonymous', wake };
}

/** The development after a write, which says what it recorded or else is read back. */
export async function reload(
  { db, viewer }: Context,
  { id, state }: { readonly id: string; readonly state?: DevelopmentState },
): Promise<DevelopmentView> {
  if (state) return { ...state, at: undefined };
  const [view] = await findViews(db, viewer, undefined, [id]);
  if (!view) throw new Error(`The development ${id} was written and is not there.`);
  return view;
}
