import type { Role } from '../generated/prisma/client.js';

/** The client of a request. Without a token, an anonymous reader. */
export interface Viewer {
  readonly role: Role;
  /** The token's name; null for an anonymous reader. */
  readonly name: string | null;
}

export const ANONYMOUS: Viewer = { role: 'READER', name: null };

/** Editors and admins can write and see drafts. */
export const canEdit = ({ role }: Viewer): boolean => role !== 'READER';

const RANK: Readonly<Record<Role, number>> = { READER: 0, EDITOR: 1, ADMIN: 2 };

/** Returns whether the first role has fewer permissions than the second. */
export const isLower = (role: Role, other: Role): boolean => RANK[role] < RANK[other];

/** Returns the visible part of the record. Viewers with the same part get the same results. */
export const viewOf = (viewer: Viewer): 'all' | 'published' => (canEdit(viewer) ? 'all' : 'published');
