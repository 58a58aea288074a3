import type { InputRef, ObjectRef } from '@pothos/core';
import type { PrismaObjectRef } from '@pothos/plugin-prisma';
import type { Database } from '../../database/open.js';
import { type DevelopmentView, findViews } from '../../domain/development/read/view.js';
import type { ChangeOptions } from '../../domain/development/write/change.js';
import type { DevelopmentState } from '../../domain/development/write/rows.js';
import type { Upsert } from '../../domain/references/upsert.js';
import type { Writer } from '../../domain/write.js';
import type PrismaTypes from '../../generated/pothos.js';
import { builder } from '../builder.js';
import type { Context } from '../context.js';

type Types = typeof builder.$inferSchemaTypes;

builder.mutationType({
  description:
    'Mutations need a token with the role EDITOR or ADMIN. Each has one `input` argument and returns a union of its result and the errors you can act on.',
  authScopes: { editor: true },
});

/** The result of a write. The development is read back by its id unless `state` is set. */
interface WrittenDevelopment {
  readonly id: string;
  readonly state?: DevelopmentState;
}

interface DevelopmentMutation<Input> {
  readonly description: string;
  readonly input: InputRef<Input>;
  /** The description of the argument `input`. */
  readonly argument: string;
  readonly errors: { readonly types: readonly (new (...args: never[]) => Error)[] };
  write(writer: Writer, input: Input): Promise<WrittenDevelopment>;
}

/** Adds a mutation on developments of one kind. Its result union contains the object type of the kind. */
export function addKindMutation<Input>(
  name: string,
  type: ObjectRef<Types, DevelopmentView>,
  mutation: DevelopmentMutation<Input> & { readonly result: string },
): void {
  const { description, errors, result } = mutation;
  builder.mutationField(name, (t) =>
    t.field({
      type,
      description,
      errors: { types: [...errors.types], union: { name: unionOf(name), description: result } },
      args: argsOf(t, mutation),
      resolve: resolverOf(mutation),
    }),
  );
}

/** The fields of every input that changes a development. */
type ChangeInput = { readonly slug: string } & ChangeOptions;

interface ChangeMutation<Input extends ChangeInput>
  extends Omit<DevelopmentMutation<Input>, 'write' | 'argument'> {
  /** The description of the success type. */
  readonly success: string;
  write(
    writer: Writer,
    slug: string,
    fields: Omit<Input, keyof ChangeInput>,
    options: Pick<Input, keyof ChangeOptions>,
  ): Promise<{ readonly id: string }>;
}

/**
 * Adds a mutation on developments of any kind. An interface cannot be a member of a union, so the result
 * union contains a success type with a field `development`.
 */
export function addChangeMutation<Input extends ChangeInput>(
  name: string,
  { description, errors, success, write, input }: ChangeMutation<Input>,
): void {
  const mutation = { input, argument: 'The change.', write: splitInput(write) };
  const union = { name: unionOf(name), description: 'The changed development, or an error.' };
  builder.mutationField(name, (t) =>
    t.field({
      type: 'Development',
      description,
      errors: {
        types: [...errors.types],
        directResult: false,
        union,
        result: { name: `${capitalize(name)}Success`, description: success },
        dataField: { name: 'development', description: 'The development after the change.' },
      },
      args: argsOf(t, mutation),
      resolve: resolverOf(mutation),
    }),
  );
}

/** Separates the slug and the options from the fields that are specific to a change. */
export function splitInput<Input extends ChangeInput>(write: ChangeMutation<Input>['write']) {
  return (writer: Writer, { slug, reason, expectedRevision, idempotencyKey, ...fields }: Input) =>
    write(writer, slug, fields, { reason, expectedRevision, idempotencyKey } as never);
}

const capitalize = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
const unionOf = (mutation: string) => `${capitalize(mutation)}Result`;

type Arg = Parameters<Parameters<typeof builder.mutationField>[1]>[0]['arg'];

const argsOf = <Input>(
  { arg }: { arg: Arg },
  { input, argument }: Pick<DevelopmentMutation<Input>, 'input' | 'argument'>,
) => ({ input: arg({ type: input, required: true, description: argument }) });

const resolverOf =
  <Input>({ write }: Pick<DevelopmentMutation<Input>, 'write'>) =>
  async (_root: unknown, args: unknown, context: Context): Promise<DevelopmentView> => {
    const { input } = args as { readonly input: Input }; // TypeScript cannot reduce the generic arguments.
    const { id, state } = await write(writerOf(context), input);
    if (state) return { ...state, at: undefined };
    const [view] = await findViews(context.db, context.viewer, undefined, [id]);
    if (!view) throw new Error(`The development ${id} was written but cannot be read.`);
    return view;
  };

/**
 * Adds a mutation that creates an object with a slug, or updates it.
 *
 * @param rows Selects the Prisma model that the object is read back from.
 */
export function addUpsertMutation<Input extends object, Model extends ReferenceModel>(
  ref: PrismaObjectRef<Types, PrismaTypes[Model]>,
  { noun, input, errors, upsert, rows }: UpsertMutation<Input>,
): void {
  const name = `upsert${ref.name}`;
  const save = async (query: object, args: unknown, context: Context) => {
    const { idempotencyKey, ...fields } = (args as { readonly input: Input & WriteOptions }).input;
    const { id } = await upsert(writerOf(context), fields as unknown as Input, idempotencyKey);
    return rows(context.db).findUniqueOrThrow({ ...query, where: { id } });
  };
  builder.mutationField(name, (t) =>
    t.prismaField({
      type: ref,
      description: `Creates ${noun}, or updates the one with the same slug.`,
      errors: {
        types: [...errors.types],
        union: { name: unionOf(name), description: 'The created or updated object, or an error.' },
      },
      args: argsOf(t, { input, argument: 'The object to create or update.' }),
      // The plugin infers the row type from a known model; here it can be any of six.
      resolve: (query, _root, args: unknown, context) => save(query, args, context) as never,
    }),
  );
}

type ReferenceModel = 'Actor' | 'Doctrine' | 'Source' | 'Topic' | 'Treaty' | 'WeaponSystem';

interface WriteOptions {
  readonly idempotencyKey?: string | null | undefined;
}

interface UpsertMutation<Input> {
  /** With its article, for the description. */
  readonly noun: string;
  readonly input: InputRef<Input & WriteOptions>;
  readonly errors: DevelopmentMutation<Input>['errors'];
  readonly upsert: Upsert<Input>;
  rows(db: Database): { findUniqueOrThrow(query: { where: { id: string } }): PromiseLike<object> };
}

function writerOf({ db, viewer, wake }: Context): Writer {
  return { db, editor: viewer.name ?? 'anonymous', wake };
}
