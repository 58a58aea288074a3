import type { PrismaObjectRef } from '@pothos/plugin-prisma';
import { canEdit } from '../../../domain/access.js';
import {
  describeReferenceRevisions,
  type ReferenceRevisionKey,
  referenceFieldNames,
} from '../../../domain/references/history/describe.js';
import {
  countReferenceRevisions,
  type ReferenceRange,
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
import { inGroups } from '../../loaders.js';
import { pastPosition } from '../../node-id.js';
import { createPage, type PageQuery } from '../../page.js';
import type { Order } from '../../page-cursor.js';
import { connectionTypes } from '../../relay.js';
import { FieldChangeRef } from '../development/revision.js';
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

interface PageKey extends ReferenceRange {
  readonly direction: 'asc' | 'desc';
  readonly take: number;
}

/** Loads a page of a reference's revisions. Batches pages of the same direction and size into one statement. */
const loadRevisions = batched(AT_ONCE, async ({ db }, keys: readonly PageKey[]) => {
  const found = new Map<PageKey, readonly ReferenceRevisionRow[]>();
  await inGroups(
    keys,
    ({ direction, take }) => `${direction} ${take}`,
    async (group, page) => {
      const lists = await readReferenceRevisions(db, group, page);
      for (const [index, key] of group.entries()) found.set(key, lists[index] ?? []);
      return [];
    },
  );
  return keys.map((key) => found.get(key) ?? []);
});

const loadCount = batched(AT_ONCE, ({ db }, keys: readonly (ReferenceRange & { readonly limit: number })[]) =>
  countReferenceRevisions(db, keys, Math.max(...keys.map(({ limit }) => limit))),
);

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

const NEWEST_FIRST: Order<ReferenceRevisionRow> = {
  name: 'revision',
  columns: [{ field: 'number', type: 'number', direction: 'desc', value: ({ number }) => number }],
};

/** The greatest number that the database can hold. */
const LAST = 2 ** 31 - 1;

/** Returns the revisions within the bounds of a page. */
function rangeWithin(all: ReferenceRange, { columns, bounds, take }: PageQuery): PageKey {
  const direction = columns[0]?.direction ?? 'desc';
  const range = { ...all };
  for (const { values, isAfter, isInclusive } of bounds) {
    // Cursors can hold any integer, and the database's are smaller.
    const number = Math.min(Math.max(Number(values[0]), 0), LAST - 1);
    const step = isInclusive ? 0 : 1;
    if ((direction === 'asc') === isAfter) range.from = Math.max(range.from, number + step);
    else range.to = Math.min(range.to, number - step);
  }
  return { ...range, direction, take };
}

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
          const to = (isPast ? shownRevision(row as object)?.number : undefined) ?? LAST;
          return createPage({
            args,
            order: NEWEST_FIRST,
            find: async (page) => [
              ...(await loadRevisions(context, rangeWithin({ referenceId: id, from: 1, to }, page))),
            ],
            count: (limit) => loadCount(context, { referenceId: id, from: 1, to, limit }),
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
