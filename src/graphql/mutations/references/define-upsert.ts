import type { FieldMap, InputRef } from '@pothos/core';
import type { PrismaObjectRef } from '@pothos/plugin-prisma';
import type { Database } from '../../../database/open.js';
import type { Upsert, Upserted, UpsertOptions } from '../../../domain/references/upsert.js';
import type PrismaTypes from '../../../generated/pothos.js';
import { builder } from '../../builder.js';
import type { Context } from '../../context.js';
import { referenceCursor } from '../../entry-cursor.js';
import { argsOf, mutationOptions, successOf, writerOf } from '../define-mutation.js';
import { withInputPath } from '../input-path.js';

type Types = typeof builder.$inferSchemaTypes;

type ReferenceModel = 'Actor' | 'Doctrine' | 'Source' | 'Topic' | 'Treaty' | 'WeaponSystem';

interface UpsertMutation<Input> {
  /** The name of the success type's field with the object. */
  readonly field: string;
  /** With its article, for the description. */
  readonly noun: string;
  readonly input: InputRef<Input & UpsertOptions>;
  readonly errors: { readonly types: readonly (new (...args: never[]) => Error)[] };
  readonly upsert: Upsert<Input>;
  /** Further fields of the success type. */
  readonly more?: (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Upserted>) => FieldMap;
  /** Selects the Prisma model that the object is read back from. */
  rows(db: Database): { findUniqueOrThrow(query: { where: { id: string } }): PromiseLike<object> };
}

/** Adds a mutation that creates an object with a slug, or updates it. */
export function addUpsertMutation<Input extends object, Model extends ReferenceModel>(
  ref: PrismaObjectRef<Types, PrismaTypes[Model]>,
  { field, noun, input, errors, upsert, more, rows }: UpsertMutation<Input>,
): void {
  const name = `upsert${ref.name}`;
  const read = (query: object, { id }: { readonly id: string }, { db }: Context) =>
    rows(db).findUniqueOrThrow({ ...query, where: { id } });
  const success = builder.objectRef<Upserted>(successOf(name)).implement({
    description: `${noun.replace(/^\w/, (letter) => letter.toUpperCase())} was created or updated.`,
    fields: (t) => ({
      [field]: t.prismaField({
        type: ref,
        description: 'The object after the change.',
        // The plugin infers the row type from a known model; here it can be any of six.
        resolve: (query, parent, _args, context) => read(query, parent, context) as never,
      }),
      cursor: t.field({
        type: 'Cursor',
        nullable: true,
        description: 'The feed position of the change. Null if nothing changed.',
        resolve: (upserted, _args, { db }) => referenceCursor(db, upserted),
      }),
      revision: t.exposeInt('revision', {
        description:
          'The number of the newest revision of the object: that of the change, unless nothing changed.',
      }),
      ...more?.(t),
    }),
  });
  builder.mutationField(name, (t) =>
    t.field({
      ...mutationOptions(name, {
        description: `Creates ${noun}, or updates the one with the same slug.`,
        errors,
      }),
      type: success,
      args: argsOf(t, { input, argument: 'The object to create or update.' }),
      resolve: async (_root, args: unknown, context) => {
        const { idempotencyKey, reason, expectedRevision, ...fields } = (
          args as { readonly input: Input & UpsertOptions }
        ).input;
        const input = fields as unknown as Input;
        return upsert(writerOf(context), input, { idempotencyKey, reason, expectedRevision }).catch(
          (error: unknown) => {
            throw withInputPath(error, fields);
          },
        );
      },
    }),
  );
}
