import type { Database } from '../database/open.js';
import { encodeCursor } from '../feed/cursor.js';
import { readEntryHead, readReferenceHead } from '../feed/head.js';

/** A revision that a mutation wrote; the id is that of its development or reference. */
interface WrittenRevision {
  readonly id: string;
  readonly revision: number;
  /** Whether nothing has changed, so that the revision is an older one. */
  readonly isUnchanged?: boolean | undefined;
}

/** Returns a resolver of the cursor that the feed sends with a revision. It returns null if the feed sends none. */
const cursorBy =
  (readRevisionHead: typeof readEntryHead) =>
  async (db: Database, written: WrittenRevision | null | undefined): Promise<string | null> => {
    if (!written || written.isUnchanged) return null;
    const head = await readRevisionHead(db, written.id, written.revision);
    return head ? encodeCursor(head) : null;
  };

/** Returns the cursor of a development's revision; null for a draft, or if nothing changed. */
export const developmentCursor = cursorBy(readEntryHead);

/** Returns the cursor of a reference's revision; null if nothing changed. */
export const referenceCursor = cursorBy(readReferenceHead);
