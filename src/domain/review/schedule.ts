import { CitationRequiredError } from '../development/errors.js';
import type { DevelopmentRef } from '../development/write/commit.js';
import { InvalidInputError } from '../errors.js';
import type { Writer } from '../write.js';
import { type ActOptions, actOnDraft, type LockedDraft } from './acts.js';
import { ReviewRequiredError } from './errors.js';
import { saveEvent } from './events.js';
import { readReviewMode } from './policy.js';

/** The longest embargo, in days. */
const MAX_DAYS = 3_660;

/**
 * Puts a draft under embargo: the server publishes it at that instant. Null lifts the embargo, and the draft stays one.
 *
 * @throws {InvalidInputError} For an instant that has passed, or is more than ten years away.
 * @throws {CitationRequiredError} If it could not be published.
 * @throws {ReviewRequiredError} If the record requires review and the draft is not approved.
 */
export function schedulePublication(
  writer: Writer,
  slug: string,
  { publishAt }: { readonly publishAt?: Date | null | undefined },
  options: ActOptions,
): Promise<DevelopmentRef> {
  const at = publishAt ?? null;
  const request = { operation: 'schedule', slug, input: at };
  return actOnDraft(writer, request, options, async (tx, { draft, review }, note) => {
    if (at !== null) {
      const now = Date.now();
      if (at.getTime() <= now || at.getTime() > now + MAX_DAYS * 86_400_000) {
        const got = at.toISOString();
        throw InvalidInputError.at('publishAt', `Expected an instant in the next ten years; got ${got}.`);
      }
      if (draft.content.citations.length === 0) throw new CitationRequiredError(slug, 'slug');
      const isApproved = review.approvedRevision === draft.revision;
      if (!isApproved && (await readReviewMode(tx)) === 'REQUIRED') throw new ReviewRequiredError(slug);
    }
    const state = at === null ? stateWithoutEmbargo(review) : 'SCHEDULED';
    await tx.$executeRaw`
      UPDATE review SET state = ${state}::"ReviewState", publish_at = ${at?.toISOString() ?? null}::timestamptz,
                        scheduled_by = ${at === null ? null : writer.editor},
                        changed_at = ${new Date().toISOString()}::timestamptz
      WHERE development_id = ${draft.id}::uuid`;
    const act = at === null ? 'UNSCHEDULED' : 'SCHEDULED';
    await saveEvent(tx, draft.id, {
      ...{ act, actor: writer.editor, revision: draft.revision, note, publishAt: at },
    });
  });
}

/** Returns the state that a scheduled draft goes back to. */
export function stateWithoutEmbargo({ state, approvedRevision, submittedAt }: LockedDraft['review']) {
  if (state !== 'SCHEDULED') return state;
  if (approvedRevision !== null) return 'APPROVED';
  return submittedAt === null ? 'DRAFT' : 'IN_REVIEW';
}
