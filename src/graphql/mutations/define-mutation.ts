import type { FieldMap, InputRef, ObjectRef } from '@pothos/core';
import { type DevelopmentView, findViews } from '../../domain/development/read/view.js';
import type { ChangeOptions } from '../../domain/development/write/change.js';
import type { DevelopmentRef } from '../../domain/development/write/commit.js';
import type { DevelopmentState } from '../../domain/development/write/rows.js';
import { ProposedInsteadError } from '../../domain/review/errors.js';
import type { Writer } from '../../domain/write.js';
import { builder } from '../builder.js';
import type { Context } from '../context.js';
import { developmentCursor } from '../entry-cursor.js';
import { withInputPath } from './input-path.js';

type Types = typeof builder.$inferSchemaTypes;

builder.mutationType({
  description:
    'Mutations need a token with the role EDITOR or ADMIN. A CONTRIBUTOR can propose changes with the mutations that record and revise, and withdraw its proposals. Each mutation has one `input` argument and returns a union: `<Name>Success` with the `cursor` of the change, or one of the errors you can act on.',
  authScopes: { editor: true },
});

/** The outcome of a write, and the development after it. */
interface Outcome {
  readonly written: DevelopmentRef;
  readonly view: DevelopmentView;
}

/** The result of a write. The development is read back by its id unless `state` is set. */
type Written =
  | (DevelopmentRef & { readonly state?: DevelopmentState })
  /** A contributor's new development is a proposal only. */
  | { readonly proposal: string };

/** A mutation as every client sees it. */
interface Mutation<Input> {
  readonly description: string;
  readonly input: InputRef<Input>;
  /** The description of the argument `input`. */
  readonly argument: string;
  readonly errors: { readonly types: readonly (new (...args: never[]) => Error)[] };
}

interface DevelopmentMutation<Input> extends Mutation<Input> {
  /** The type of the field `development`. Any kind by default. */
  readonly type?: ObjectRef<Types, DevelopmentView>;
  /** The description of the success type. */
  readonly success: string;
  /** Further fields of the success type: what the mutation has made. */
  readonly made?: (t: SuccessFields) => FieldMap;
  /** Whether contributors may use it. Their changes become proposals. */
  readonly isForContributors?: boolean;
  write(writer: Writer, input: Input, context: Context): Promise<Written>;
}

/** Builds the fields of a success type. */
export type SuccessFields = PothosSchemaTypes.ObjectFieldBuilder<Types, Outcome>;

/** Adds a mutation on a development: `<Name>Success` has the development, the cursor, and what was made. */
export function addMutation<Input>(name: string, mutation: DevelopmentMutation<Input>): void {
  const { type = 'Development', success, made, isForContributors = false, write } = mutation;
  const ref = builder.objectRef<Outcome>(successOf(name)).implement({
    description: success,
    fields: (t) => ({
      development: t.field({
        type: type as 'Development',
        description: 'The development after the change.',
        resolve: ({ view }) => view,
      }),
      cursor: t.field({
        type: 'Cursor',
        nullable: true,
        description:
          'The cursor that the feed sends with this change, by which you can tell your own change. Null if the feed does not report it: for a draft, or if nothing changed.',
        resolve: ({ written }, _args, { db }) => developmentCursor(db, written),
      }),
      ...made?.(t),
    }),
  });
  builder.mutationField(name, (t) =>
    t.field({
      ...mutationOptions(name, mutation),
      ...(isForContributors && { skipTypeScopes: true, authScopes: { contributor: true } }),
      type: ref,
      args: argsOf(t, mutation),
      resolve: async (_root, args: unknown, context): Promise<Outcome> => {
        const { input } = args as { readonly input: Input }; // TypeScript cannot reduce the generic arguments.
        const outcome = await write(writerOf(context), input, context).catch((error: unknown) => {
          throw withInputPath(error, input);
        });
        if (!('id' in outcome)) throw new ProposedInsteadError(outcome.proposal);
        if (outcome.proposal !== undefined) throw new ProposedInsteadError(outcome.proposal);
        const { state, ...written } = outcome;
        if (state) return { written, view: { ...state, at: undefined } };
        const [view] = await findViews(context.db, context.viewer, undefined, [written.id]);
        if (!view) throw new Error(`The development ${written.id} was written but cannot be read.`);
        return { written, view };
      },
    }),
  );
}

/** The fields of every input that changes a development. */
type ChangeInput = { readonly slug: string } & ChangeOptions;

interface ChangeMutation<Input extends ChangeInput>
  extends Omit<DevelopmentMutation<Input>, 'write' | 'argument'> {
  write(
    writer: Writer,
    slug: string,
    fields: Omit<Input, keyof ChangeInput>,
    options: Pick<Input, keyof ChangeOptions>,
    context: Context,
  ): Promise<DevelopmentRef>;
}

/** Adds a mutation on an existing development. Passes its slug and options apart from the fields of the change. */
export function addChangeMutation<Input extends ChangeInput>(
  name: string,
  { write, ...mutation }: ChangeMutation<Input>,
): void {
  addMutation<Input>(name, {
    ...mutation,
    argument: 'The change.',
    write: (
      writer,
      { slug, reason, expectedRevision, idempotencyKey, overrideReview, ...fields },
      context,
    ) => {
      const options = { reason, expectedRevision, idempotencyKey, overrideReview };
      return write(writer, slug, fields, options as never, context);
    },
  });
}

const capitalize = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** Returns the name of a mutation's success type. */
export const successOf = (mutation: string): string => `${capitalize(mutation)}Success`;

/** Returns the options of a mutation's field: its description and its union of results. */
export const mutationOptions = (
  name: string,
  { description, errors }: Pick<Mutation<never>, 'description' | 'errors'>,
) => ({
  description,
  nullable: true as const,
  errors: {
    types: [...errors.types],
    union: { name: `${capitalize(name)}Result`, description: `The success of \`${name}\`, or an error.` },
  },
});

type Arg = Parameters<Parameters<typeof builder.mutationField>[1]>[0]['arg'];

export const argsOf = <Input>(
  { arg }: { arg: Arg },
  { input, argument }: Pick<Mutation<Input>, 'input' | 'argument'>,
) => ({ input: arg({ type: input, required: true, description: argument }) });

export function writerOf({ db, viewer, wake }: Context): Writer {
  return { db, editor: viewer.name ?? 'anonymous', role: viewer.role, wake };
}
