import { type Confirmation, type Erasure, erase } from '../../domain/erasure/erase.js';
import { type ErasureInput, type RequestedErasure, requestErasure } from '../../domain/erasure/request.js';
import { isOfReference } from '../../domain/erasure/target.js';
import { builder, requireAdmin } from '../builder.js';
import { developmentCursor, referenceCursor } from '../entry-cursor.js';
import { ERRORS } from '../errors/groups.js';
import { writeFields } from '../inputs/development.js';
import { loadView } from '../loaders.js';
import { ErasureGroundEnum, ErasureTargetEnum } from '../types/enums/erasure.js';
import { loadAnyReference, ReferenceRef } from '../types/references/reference.js';
import { argsOf, mutationOptions, successOf, writerOf } from './define-mutation.js';
import { withInputPath } from './input-path.js';

const RequestInput = builder.inputType('RequestErasureInput', {
  description: 'What to erase, and why.',
  fields: (t) => ({
    target: t.field({ type: ErasureTargetEnum, required: true, description: 'What to erase.' }),
    slug: t.string({ required: true, description: 'The slug of the development or reference.' }),
    ground: t.field({
      type: ErasureGroundEnum,
      required: true,
      description: 'The ground. Everybody sees it.',
    }),
    reason: t.string({
      required: true,
      description:
        'The reason, for the audit: for example the number of a case. It must not repeat what is erased. At most 1,000 characters.',
    }),
    ...writeFields(t),
  }),
});

const RequestedRef = builder.objectRef<RequestedErasure>(successOf('requestErasure')).implement({
  description: 'The erasure is requested. Nothing has changed yet.',
  fields: (t) => ({
    confirmationCode: t.exposeString('code', {
      description:
        'Confirms the erasure with the mutation `erase`, once. Shown only now. A request that is repeated with its `idempotencyKey` gets a new code, and the first one no longer works.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When the code expires: after 15 minutes.',
    }),
    target: t.expose('target', { type: ErasureTargetEnum, description: 'What to erase.' }),
    ground: t.expose('ground', { type: ErasureGroundEnum, description: 'The ground.' }),
    slug: t.exposeString('slug', { description: 'The current slug of the development or reference.' }),
    title: t.exposeString('title', {
      description: 'The headline of the development, or the name of the reference, to check it.',
    }),
    revisions: t.exposeInt('revisions', {
      description:
        'How many revisions will become markers: those of the development, or of the reference and all that were merged into it.',
    }),
    notes: t.exposeInt('notes', { description: 'How many notes will lose their texts.' }),
    slugs: t.exposeStringList('slugs', {
      description:
        'The slugs that will lead nowhere, because slugs have words of headlines and names. Empty for a quotation.',
    }),
    developments: t.exposeInt('developments', {
      description:
        'How many developments will lose their earlier revisions with an actor, because they say its office or have a claim that names it. 0 for others.',
    }),
    namedIn: t.field({
      type: ['Development'],
      description:
        'The first 50 developments that name the reference in their texts, in the reason of a revision or in a note. If a development refers to the person who is erased, one word of the name with at least 3 letters is enough in its texts, e.g. the surname. The erasure does not change these words, so erase or revise the developments too. Empty for a development.',
      resolve: async ({ namedIn }, _args, context) => {
        const views = await Promise.all(namedIn.ids.map((id) => loadView(context, { id, at: undefined })));
        return views.filter((view) => view !== undefined);
      },
    }),
    namedInCount: t.int({
      description: 'How many developments have a name of the reference in their own words.',
      resolve: ({ namedIn }) => namedIn.count,
    }),
    cursor: t.field({ type: 'Cursor', nullable: true, description: 'Always null.', resolve: () => null }),
  }),
});

builder.mutationField('requestErasure', (t) =>
  t.field({
    ...mutationOptions('requestErasure', {
      description:
        'Requests that something is erased for good, and says what will go. Changes nothing: confirm with `erase`. Admins only.',
      errors: ERRORS.naming,
    }),
    type: RequestedRef,
    args: argsOf<ErasureInput>(t, { input: RequestInput as never, argument: 'What to erase.' }),
    resolve: async (_root, args: unknown, context) => {
      requireAdmin(context, 'requestErasure');
      const { input } = args as { readonly input: ErasureInput };
      return requestErasure(writerOf(context), input).catch((error: unknown) => {
        throw withInputPath(error, input);
      });
    },
  }),
);

const EraseInput = builder.inputType('EraseInput', {
  description: 'The confirmation of an erasure.',
  fields: (t) => ({
    code: t.string({
      required: true,
      description: 'The `confirmationCode` of `requestErasure`, by you or another admin.',
    }),
    ...writeFields(t),
  }),
});

const ErasedRef = builder.objectRef<Erasure>(successOf('erase')).implement({
  description: 'It is erased. Backups and exports made before still have it: see docs/operations.md.',
  fields: (t) => ({
    development: t.field({
      type: 'Development',
      nullable: true,
      description: 'What is left of the development. Null if a reference was erased.',
      resolve: async (erased, _args, context) => {
        const { id } = erased;
        if (isOfReference(erased)) return null;
        const view = await loadView(context, { id, at: undefined });
        if (!view) throw new Error(`The development ${id} was erased and cannot be read.`);
        return view;
      },
    }),
    reference: t.field({
      type: ReferenceRef,
      nullable: true,
      description: 'What is left of the reference. Null if a development was erased.',
      resolve: (erased, _args, context) =>
        isOfReference(erased) ? loadAnyReference(context, erased.target, erased.id) : null,
    }),
    revisions: t.exposeInt('revisions', {
      description:
        'How many revisions became markers: those of the development, or of the reference and all that were merged into it.',
    }),
    notes: t.exposeInt('notes', { description: 'How many notes lost their texts.' }),
    developments: t.exposeInt('developments', {
      description: 'How many developments lost their earlier revisions with an actor. 0 for others.',
    }),
    cursor: t.field({
      type: 'Cursor',
      nullable: true,
      description:
        'The cursor that the feed sends with `DevelopmentErased` or `ReferenceErased`. Null for a draft.',
      resolve: (erased, _args, { db }) =>
        isOfReference(erased) ? referenceCursor(db, erased) : developmentCursor(db, erased),
    }),
  }),
});

builder.mutationField('erase', (t) =>
  t.field({
    ...mutationOptions('erase', {
      description:
        'Erases for good what a request named. All revisions up to now become markers that say when and under which ground; positions stay. A published development is retracted first, or revised without the quotation. Followers get `DevelopmentErased` or `ReferenceErased`. Admins only.',
      errors: ERRORS.erase,
    }),
    type: ErasedRef,
    args: argsOf<Confirmation>(t, { input: EraseInput as never, argument: 'The confirmation.' }),
    resolve: async (_root, args: unknown, context) => {
      requireAdmin(context, 'erase');
      return erase(writerOf(context), (args as { readonly input: Confirmation }).input);
    },
  }),
);
