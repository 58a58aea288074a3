import type { ErasureRequest } from '../../generated/prisma/client.js';
import type { ErasureGround, ErasureTarget, ReferenceKind } from '../../generated/prisma/enums.js';

/** A request that was confirmed. */
export type FoundRequest = Pick<ErasureRequest, 'target' | 'ground' | 'reason' | 'subjectId' | 'revision'>;

/** A request to erase a reference. */
export type ReferenceRequest = FoundRequest & { readonly target: ReferenceKind };

/** What was erased, as an idempotency key keeps it. */
export type ErasedRef = {
  /** The id of the development or reference, and its last revision. */
  id: string;
  revision: number;
  target: ErasureTarget;
  ground: ErasureGround;
  /** How many of its revisions became markers, those of references merged into it included. */
  revisions: number;
  /** How many notes lost their texts. */
  notes: number;
  /** How many developments lost their earlier revisions with a reference. */
  developments: number;
};

/** Whether a reference is erased, and not a development or a part of one. */
export const isOfReference = <T extends { readonly target: ErasureTarget }>(
  erasure: T,
): erasure is T & { readonly target: ReferenceKind } =>
  erasure.target !== 'DEVELOPMENT' && erasure.target !== 'QUOTATION';
