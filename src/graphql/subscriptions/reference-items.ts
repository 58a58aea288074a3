import type { ReferenceContent } from '../../domain/references/history/content.js';
import { describeReferenceChanges, referenceFieldNames } from '../../domain/references/history/describe.js';
import { encodeCursor } from '../../feed/cursor.js';
import type { ReferenceChange } from '../../feed/hash-chain.js';
import type { FeedHead } from '../../feed/head.js';
import type { ReferenceEntry } from '../../feed/log.js';
import { builder } from '../builder.js';
import { FieldChangeRef } from '../types/development/revision.js';
import { loadAnyReference, ReferenceRef, shownReference } from '../types/references/reference.js';
import { CURSOR, erasedFields } from './erased-item.js';

/** A change of a reference, as sent to a subscriber. */
export interface ReferenceItem {
  readonly kind: ReferenceChange;
  readonly at: FeedHead;
  readonly entry: ReferenceEntry;
  /** The position from which the reference is shown: that of the change, or a later one at which it is the newest. */
  readonly viewedAt: bigint;
}

/** Returns the reference after a change. */
function referenceOf({ entry, viewedAt: at }: ReferenceItem): never {
  const { kind, referenceId, revision: number, toldAt: recordedAt, after } = entry;
  const content = after as ReferenceContent;
  return shownReference(kind, referenceId, { at, number, recordedAt, content });
}

export const ReferenceChangedRef = builder.objectRef<ReferenceItem>('ReferenceChanged').implement({
  description:
    'An actor, source, topic, treaty, weapon system or doctrine was created, changed, or merged into another one. Sent only with `references: true`, to every such subscriber, whatever the filter. A LATEST replay sends each reference that has changed once.',
  fields: (t) => ({
    cursor: t.field({ type: 'Cursor', description: CURSOR, resolve: ({ at }) => encodeCursor(at) }),
    reference: t.field({
      type: ReferenceRef,
      description:
        'The reference after this change. A later change may follow in the feed. In a LATEST replay, the reference as it is now.',
      resolve: referenceOf,
    }),
    revision: t.int({ description: 'The number of the revision.', resolve: ({ entry }) => entry.revision }),
    changedFields: t.stringList({
      description:
        'The names of the changed fields, in alphabetical order. Of a new reference, all fields with a value.',
      resolve: ({ entry }) => referenceFieldNames(entry.changedFields),
    }),
    changes: t.field({
      type: [FieldChangeRef],
      description:
        'The changes, ordered by field name: `before` is what it was, `after` what it is. Of a new reference, `before` is null. Fields are those of the upsert inputs.',
      resolve: async ({ entry }, _args, { db }) => {
        const change = {
          before: entry.before as ReferenceContent | null,
          after: entry.after as ReferenceContent,
        };
        const [changes = []] = await describeReferenceChanges(db, [change]);
        return changes;
      },
    }),
    mergedInto: t.field({
      type: ReferenceRef,
      nullable: true,
      description:
        'The reference that it was merged into by this change: show that one instead. Null for any other change.',
      resolve: ({ entry }, _args, context) => {
        const survivorId = mergedInto(entry.after);
        if (survivorId === null || survivorId === mergedInto(entry.before)) return null;
        return loadAnyReference(context, entry.kind, survivorId);
      },
    }),
    editor: t.string({
      description: 'The editor: the name of the token, or of the system component.',
      resolve: ({ entry }) => entry.editor,
    }),
    reason: t.string({
      nullable: true,
      description: 'The reason for the change. Null if none was given.',
      resolve: ({ entry }) => entry.reason,
    }),
  }),
});

export const ReferenceErasedRef = builder.objectRef<ReferenceItem>('ReferenceErased').implement({
  description:
    'An actor, source, topic, treaty, weapon system or doctrine was erased, with all earlier revisions. Delete all that you have of it, also its names in your copies of developments, and keep only what `reference` has. Every subscriber of `feed` gets it, whatever the filter and without `references` too. Developments that had more about an actor, such as its office, come as `DevelopmentErased`.',
  fields: (t) => ({
    ...erasedFields(t),
    reference: t.field({
      type: ReferenceRef,
      description: 'What is left. Its `id` is that of before; its `slug` and its name are others.',
      resolve: referenceOf,
    }),
  }),
});

/** The id of the reference that stands for another one. Treaties are never merged. */
const mergedInto = (content: unknown): string | null =>
  (content as { readonly mergedIntoId?: string | null } | null)?.mergedIntoId ?? null;
