/** The states of drafts in the queue, in the order of their work. */
export const STATES = {
  IN_REVIEW: 'In review',
  DRAFT: 'Drafts',
  CHANGES_REQUESTED: 'Changes requested',
  APPROVED: 'Approved',
  SCHEDULED: 'Under embargo',
  DISCARDED: 'Discarded',
} as const;

export type QueueState = keyof typeof STATES;

/** How the state of one draft reads. */
export const STATE_WORDS: Readonly<Record<string, string>> = {
  IN_REVIEW: 'in review',
  DRAFT: 'draft',
  CHANGES_REQUESTED: 'changes requested',
  APPROVED: 'approved',
  SCHEDULED: 'under embargo',
  DISCARDED: 'discarded',
  PUBLISHED: 'published',
};
