import type { PrismaObjectRef } from '@pothos/plugin-prisma';
import { canEdit } from '../../../domain/access.js';
import {
  describeReferenceRevisions,
  type ReferenceRevisionKey,
  referenceFieldNames,
} from '../../../domain/references/history/describe.js';
import {
  countReferenceRevisions,
  type ReferenceRevisionRow,
  readReferenceNumbers,
  readReferenceRevisions,
} from '../../../domain/references/history/read.js';
import { shownRevision } from '../../../domain/references/history/row.js';
import type { ReferenceOwner } from '../../../domain/references/lookup.js';
import type PrismaTypes from '../../../generated/pothos.js';
import { builder } from '../../builder.js';
import { batched } from '../../context.js';
import { pageCost, priced } from '../../cost.js';
import { pastPosition } from '../../node-id.js';
import { createPage } from '../../page.js';
import { connectionTypes } from '../../relay.js';
import { FieldChangeRef } from '../development/revision.js';
import { LAST_REVISION, loadCounts, loadPages, NEWEST_FIRST, rangeWithin } from '../revision-page.js';
import { ActorRef } from './actor.js';
import { DoctrineRef } from './doctrine.js';
import { SourceRef } from './source.js';
import { TopicRef } from './topic.js';
import { TreatyRef } from './treaty.js';
import { WeaponSystemRef } from './weapon-system.js';

/** The most references in a statement. */
const AT_ONCE = 1_000;
/** Snapshots in memory at once for one request, besides as many of the preceding revisions. */
const SNAPSHOTS_AT_ONCE = 200;

const loadRevisions = loadPages(({ db }, ranges, page) => readReferenceRevisions(db, ranges, page));
const loadCount = loadCounts(({ db }, ranges, limit) => countReferenceRevisions(db, ranges, limit));

const loadNumber = batched(AT_ONCE, ({ db }, ids: readonly string[]) => readReferenceNumbers(db, ids));

const loadChanges = batched(SNAPSHOTS_AT_ONCE, ({ db }, keys: readonly ReferenceRevisionKey[]) =>
  describeReferenceRevisions(db, keys),
);

const ReferenceRevisionRef = builder.objectRef<ReferenceRevisionRow>('ReferenceRevision').implement({
  description:
    'A version of an actor, source, topic, treaty, weapon system or doctrine. Revisions never change.',
  fields: (t) => ({
    number: t.exposeInt('number', {
      description: 'The number of the revision within the object, starting at 1.',
    }),
    changedFields: t.stringList({
      description:
        'The names of the changed fields, in alphabetical order. For the first revision, all fields with a value.',
      resolve: ({ changedFields }) => referenceFieldNames(changedFields),
    }),
    changes: t.field({
      type: [FieldChangeRef],
      description:
        'The changes since the preceding revision, ordered by field name. For the first revision, all fields with a value, and `before` is null. Fields are those of the upsert inputs.',
      resolve: ({ referenceId, number }, _args, context) => loadChanges(context, { referenceId, number }),
    }),
    editor: t.exposeString('editor', {
      description: 'The editor: the name of the token, or of the system component.',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'The reason for the revision. Null if none was given.',
    }),
    act: t.string({
      nullable: true,
      description:
        'The act that wrote it together with other revisions: the run of an import, e.g. `speeches@1`. Null for others, and for readers.',
      resolve: ({ act }, _args, { viewer }) => (canEdit(viewer) ? act : null),
    }),
    recordedAt: t.expose('recordedAt', {
      type: 'DateTime',
      description: 'The time at which the revision was recorded.',
    }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      description: 'The time of its feed position, a few milliseconds after `recordedAt`.',
    }),
  }),
});

const ReferenceRevisionConnectionRef = builder.connectionObject(
  { type: ReferenceRevisionRef, ...connectionTypes('ReferenceRevision', 'revisions')[0] },
  connectionTypes('ReferenceRevision', 'revisions')[1],
);

type Types = typeof builder.$inferSchemaTypes;

/** Adds the revisions of a reference type, and the number of the newest one. */
function addRevisions<Model extends ReferenceOwner>(ref: PrismaObjectRef<Types, PrismaTypes[Model]>): void {
  builder.objectField(ref, 'revision', (t) =>
    t.int({
      description:
        'The number of the newest revision. Pass it as `expectedRevision` to change only what you have seen.',
      // TypeScript cannot reduce the generic row.
      resolve: (row, _args, context) =>
        shownRevision(row)?.number ?? loadNumber(context, (row as { readonly id: string }).id),
    }),
  );
  builder.objectField(ref, 'revisions', (t) =>
    t.connection(
      {
        ...priced(pageCost),
        type: ReferenceRevisionRef,
        description:
          'All revisions, newest first. `revisions(first: 1)` is the latest change. A past state has only the revisions up to its point.',
        resolve: (row, args, context) => {
          const { id } = row as { readonly id: string }; // TypeScript cannot reduce the generic row.
          const isPast = pastPosition(context, row as object) !== undefined;
          const to = (isPast ? shownRevision(row as object)?.number : undefined) ?? LAST_REVISION;
          return createPage<ReferenceRevisionRow>({
            args,
            order: NEWEST_FIRST,
            find: async (page) => [
              ...(await loadRevisions(context, rangeWithin({ ownerId: id, from: 1, to }, page))),
            ],
            count: (limit) => loadCount(context, { ownerId: id, from: 1, to, limit }),
          });
        },
      },
      ReferenceRevisionConnectionRef,
    ),
  );
}

addRevisions<'Actor'>(ActorRef);
addRevisions<'Source'>(SourceRef);
addRevisions<'Topic'>(TopicRef);
addRevisions<'Treaty'>(TreatyRef);
addRevisions<'WeaponSystem'>(WeaponSystemRef);
addRevisions<'Doctrine'>(DoctrineRef);
