import type { Transaction } from '../../database/open.js';
import type { NewFeedEntry } from '../../feed/position.js';
import { type Authorship, type DevelopmentRef, lockDevelopments } from '../development/write/commit.js';
import { commitRevisions } from '../development/write/commit-many.js';
import { commitNew } from '../development/write/commit-new.js';
import type { DomainError } from '../errors.js';
import { ReviewRequiredError } from '../review/errors.js';
import { findUnreviewed } from '../review/four-eyes.js';
import type { Written } from '../write.js';
import type { LockedProposal } from './decide.js';
import { type Planned, planAcceptance } from './plan-acceptance.js';

/** The result of accepting a proposal: the development it wrote, or the error. */
export type Accepted = { readonly written: DevelopmentRef } | { readonly error: DomainError };

/** The authorship of all revisions of an act, without the author and the reason of each proposal. */
export type ActAuthorship = Omit<Authorship, 'proposedBy' | 'reason'>;

/**
 * Accepts locked proposals as a whole, as one act. Those that cannot be accepted write nothing. Proposals about one
 * development are joined into one revision, in their order.
 *
 * Runs a few statements for each proposal about a development, and for each group of revisions with one author and
 * reason.
 *
 * @param publish Whether new developments are published. Otherwise they are drafts.
 * @param reason The reason of all revisions. By default that of each proposal.
 */
export async function acceptMany(
  tx: Transaction,
  proposals: readonly LockedProposal[],
  { publish, reason }: { readonly publish: boolean; readonly reason: string | null },
  authorship: ActAuthorship,
): Promise<Written<Map<string, Accepted>>> {
  const result = new Map<string, Accepted>();
  await lockDevelopments(
    tx,
    proposals.flatMap(({ developmentId }) => developmentId ?? []),
  );
  const options = { publish, editor: authorship.editor };
  const planned = await planAcceptance(tx, proposals, options, (id, error) => result.set(id, { error }));
  const feed: NewFeedEntry[] = [];
  for (const group of groupsOf(planned, reason)) {
    const who = { ...authorship, proposedBy: group.author, reason: group.reason };
    feed.push(...(await commitGroup(tx, group.planned, who, result)));
  }
  return { result, feed };
}

/** The longest reason of a revision. */
const MAX_REASON = 1_000;

interface Group {
  readonly author: string;
  readonly reason: string | null;
  readonly planned: Planned[];
}

/** Revisions have one author and one reason. Keeps the order within a group. */
function groupsOf(planned: readonly Planned[], reason: string | null): Group[] {
  const groups = new Map<string, Group>();
  for (const one of planned) {
    const own = { author: one.author, reason: reason ?? reasonOf(one.proposals) };
    const key = JSON.stringify(own);
    const group = groups.get(key) ?? { ...own, planned: [] };
    group.planned.push(one);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The reasons of proposals that are joined, each once. The first if all are too long. */
function reasonOf(proposals: readonly LockedProposal[]): string | null {
  const reasons = [...new Set(proposals.flatMap(({ reason }) => reason ?? []))];
  const all = reasons.join(' ');
  return (all.length > MAX_REASON ? reasons[0] : all) || null;
}

/** Commits what the review allows. Returns the feed entries. */
async function commitGroup(
  tx: Transaction,
  planned: readonly Planned[],
  authorship: Authorship,
  result: Map<string, Accepted>,
): Promise<NewFeedEntry[]> {
  const alone = await findUnreviewed(tx, planned.map(publicChange), authorship);
  const refused = new Set(alone.map(({ one }) => one));
  for (const { proposals } of refused) {
    for (const { id, content } of proposals) {
      result.set(id, { error: new ReviewRequiredError(content.slug) });
    }
  }
  const allowed = planned.filter((one) => !refused.has(one));
  const states = allowed.flatMap((one) => ('state' in one ? one.state : []));
  const changes = allowed.flatMap((one) => ('change' in one ? one.change : []));
  const made = await commitNew(tx, states, authorship);
  const changed = await commitRevisions(tx, changes, authorship);
  const revisions = new Map(changed.result.map(({ id, revision }) => [id, revision]));
  for (const one of allowed) {
    const { id, revision } = 'state' in one ? one.state : one.change.before;
    const written = 'state' in one ? revision : revisions.get(id);
    for (const proposal of one.proposals) {
      result.set(proposal.id, {
        written: written === undefined ? { id, revision, isUnchanged: true } : { id, revision: written },
      });
    }
  }
  return [...made.feed, ...changed.feed];
}

const publicChange = (one: Planned) =>
  'state' in one
    ? { one, ...one.state, before: undefined }
    : { one, ...one.change, id: one.change.before.id };
