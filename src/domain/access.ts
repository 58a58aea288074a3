import type { Role } from '../generated/prisma/client.js';

/** Who asks: somebody without a token is an anonymous reader. */
export interface Viewer {
  readonly role: Role;
  /** The token's name; null for an anonymous reader. */
  readonly name: string | null;
}

export const ANONYMOUS: Viewer = { role: 'READER', name: null };

/** Editors and admins write, and see drafts. */
export const canEdit = ({ role }: Viewer): boolean => role !== 'READER';

const RANK: Readonly<Record<Role, number>> = { READER: 0, EDITOR: 1, ADMIN: 2 };

/** Whether the first role allows less than the second. */
export const isLower = (role: Role, other: Role): boolean => RANK[role] < RANK[other];

/** What of the record the viewer sees: viewers with the same view see the same. */
export const viewOf = (viewer: Viewer): 'all' | 'published' => (canEdit(viewer) ? 'all' : 'published');
