import type { Role } from '../generated/prisma/client.js';

/** The client of a request. Without a token, an anonymous reader. */
export interface Viewer {
  readonly role: Role;
  /** The token's name; null for an anonymous reader. */
  readonly name: string | null;
}

export const ANONYMOUS: Viewer = { role: 'READER', name: null };

/** Returns whether a viewer has no token. Such viewers get the same answers. */
export const isAnonymous = ({ name }: Viewer): boolean => name === null;

/** Editors and admins can write and see drafts. */
export const canEdit = ({ role }: Viewer): boolean => role === 'EDITOR' || role === 'ADMIN';

/** Contributors, editors and admins can propose changes. */
export const canPropose = ({ role }: Viewer): boolean => role !== 'READER';

const RANK: Readonly<Record<Role, number>> = { READER: 0, CONTRIBUTOR: 1, EDITOR: 2, ADMIN: 3 };

/** Returns whether the first role has fewer permissions than the second. */
export const isLower = (role: Role, other: Role): boolean => RANK[role] < RANK[other];

/** Returns the visible part of the record. Viewers with the same part get the same results. */
export const viewOf = (viewer: Viewer): 'all' | 'published' => (canEdit(viewer) ? 'all' : 'published');
