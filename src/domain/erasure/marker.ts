import { ErasureGround } from '../../generated/prisma/enums.js';
import type { CommittedReference } from '../references/history/commitment.js';
import { hasNoReferenceContent } from '../references/history/erased.js';

/** A marker that takes the place of what was erased: when, and under which ground. */
export interface Marker {
  /** The day in UTC, e.g. `2026-11-29`. */
  readonly day: string;
  readonly ground: ErasureGround;
}

const MARKER = /^Erased on (\d{4}-\d{2}-\d{2}): ([A-Z_]+)\.$/;

/** Returns the text of a marker. It says nothing about what was erased. */
export const markerText = (ground: ErasureGround, at: Date): string =>
  `Erased on ${at.toISOString().slice(0, 10)}: ${ground}.`;

/** Reads a marker from the reason of a revision; undefined if it is none. */
export function readMarker(reason: string | null): Marker | undefined {
  const [, day, ground] = MARKER.exec(reason ?? '') ?? [];
  if (day === undefined || ground === undefined || !(ground in ErasureGround)) return undefined;
  return { day, ground: ground as ErasureGround };
}

/** Whether the reason of an erased revision is nothing but a marker. Without one, `erase_revision` was called by hand. */
export const isMarker = (reason: string | null): boolean =>
  reason === null || readMarker(reason) !== undefined;

/** Whether a revision of a reference is nothing but a marker. Its snapshot has the right shape. */
export const isReferenceMarker = (
  revision: Pick<
    CommittedReference,
    'kind' | 'referenceId' | 'snapshot' | 'editor' | 'reason' | 'changedFields'
  >,
): boolean =>
  revision.editor === 'erased' &&
  isMarker(revision.reason) &&
  revision.changedFields.length === 0 &&
  hasNoReferenceContent(revision);
