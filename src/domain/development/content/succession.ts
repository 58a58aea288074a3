import type { DevelopmentStatus } from '../../../generated/prisma/enums.js';
import type { DevelopmentContent } from './content.js';

/** The statuses that can follow a status. The first revision follows a draft. */
export const FOLLOWING_STATUSES: Readonly<Record<DevelopmentStatus, readonly DevelopmentStatus[]>> = {
  DRAFT: ['DRAFT', 'PUBLISHED'],
  PUBLISHED: ['PUBLISHED', 'RETRACTED'],
  RETRACTED: ['PUBLISHED'],
};

/**
 * Returns the only content that can follow a retraction: that which the undo of a merge publishes again, the same without
 * the successor. Null if the retraction is not that of a merge, so that none can follow.
 */
export const contentAfterRetraction = (retraction: DevelopmentContent): DevelopmentContent | null =>
  retraction.successorId === null ? null : { ...retraction, successorId: null };
