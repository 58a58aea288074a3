import { v7 as newId } from 'uuid';
import type { Transaction } from '../../database/open.js';
import type { NewFeedEntry } from '../../feed/position.js';
import type { DevelopmentContent } from '../development/content/content.js';
import { inputName } from '../development/content/units.js';
import { findGrades, type Grades, withConfidence } from '../development/evidence/confidence.js';
import { readCurrent } from '../development/read/histories.js';
import { refuseRetracted, settleWith } from '../development/write/change.js';
import { type Authorship, commitNew, type DevelopmentRef } from '../development/write/commit.js';
import { commitRevisions, type ManyChange } from '../development/write/commit-many.js';
import type { PlannedLink } from '../development/write/link-cycles.js';
import { newState } from '../development/write/record.js';
import type { DevelopmentState } from '../development/write/rows.js';
import { takenSlugs } from '../development/write/slugs.js';
import {
  CitationRequiredError,
  DomainError,
  InvalidInputError,
  SlugTakenError,
  WrongStatusError,
} from '../errors.js';
import { followMerges } from '../merging/follow.js';
import { ReviewRequiredError } from '../review/errors.js';
import { findUnreviewed } from '../review/four-eyes.js';
import type { Written } from '../write.js';
import { mergeInto, newLinks, refuseConflicts, unitNames } from './accept.js';
import type { LockedProposal } from './decide.js';

/** The result of accepting a proposal: the development it wrote, or the error. */
export type Accepted = { readonly written: DevelopmentRef } | { readonly error: DomainError };

/** A new development that a proposal becomes, or a change that the proposals about one development become. */
type Planned = { readonly proposals: readonly LockedProposal[]; readonly author: string } & (
  | { readonly state: DevelopmentState }
  | { readonly change: ManyChange }
);

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
  await lockDevelopments(tx, proposals);
  const planned = await planAll(tx, proposals, { publish, editor: authorship.editor }, result);
  const feed: NewFeedEntry[] = [];
  for (const group of groupsOf(planned, reason)) {
    const who = { ...authorship, proposedBy: group.author, reason: group.reason };
    feed.push(...(await commitGroup(tx, group.planned, who, result)));
  }
  return { result, feed };
}

/** Locks in the order of ids, so that two writers cannot wait for each other. */
async function lockDevelopments(tx: Transaction, proposals: readonly LockedProposal[]): Promise<void> {
  const ids = proposals.flatMap(({ developmentId }) => developmentId ?? []);
  if (ids.length === 0) return;
  await tx.$queryRaw`
    SELECT FROM development WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
}

/** Plans the writes of the proposals. Puts the errors of the others into `result`. */
async function planAll(
  tx: Transaction,
  proposals: readonly LockedProposal[],
  { publish, editor }: { readonly publish: boolean; readonly editor: string },
  result: Map<string, Accepted>,
): Promise<Planned[]> {
  const known = await readKnown(tx, proposals);
  const planned: Planned[] = [];
  const changes = new Map<string, { change: ManyChange; accepted: LockedProposal[] }>();
  const batch = new BatchRules(known.slugs);
  for (const { proposal, base } of known.proposals) {
    const { developmentId, author } = proposal;
    const before = developmentId === null ? undefined : known.current.get(developmentId);
    try {
      if (proposal.act === 'RECORD') {
        const state = planNew(proposal, publish, known.slugs, known.grades);
        planned.push({ proposals: [proposal], author, state });
        continue;
      }
      if (!before) throw new Error('The development of a proposal is not in the record.');
      const joined = changes.get(before.id);
      const reached = joined ? { ...before, ...pick(joined.change) } : before;
      const after = await planChange(tx, proposal, base, reached, known.grades, batch.links);
      await refuseOwn(tx, proposal, { before: reached, ...after }, editor);
      batch.take(reached, after);
      const accepted = [...(joined?.accepted ?? []), proposal];
      changes.set(before.id, { change: { before, ...after }, accepted });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      result.set(proposal.id, { error });
    }
  }
  for (const { change, accepted } of changes.values()) {
    // Each part has a second author already, so one of these stands for all.
    const author = accepted.find((one) => one.author !== editor)?.author ?? editor;
    planned.push({ proposals: accepted, author, change });
  }
  return planned;
}

const pick = ({ content, status }: ManyChange) => ({ content, status });

/** What proposals of one act must not do together. The database has none of it yet. */
class BatchRules {
  /** New links, of which some could close a cycle together. */
  readonly links: PlannedLink[] = [];
  readonly #retracted = new Set<string>();
  readonly #renamed = new Set<string>();
  readonly #taken: Set<string>;

  /** @param taken Slugs that new developments cannot have. */
  constructor(taken: Set<string>) {
    this.#taken = taken;
  }

  /**
   * Notes a change of a development.
   *
   * @throws {SlugTakenError} If another one has the slug.
   * @throws {InvalidInputError} If another one retracts the successor.
   */
  take(before: DevelopmentState, { content, status }: Omit<ManyChange, 'before'>): void {
    const { slug, successorId } = content;
    if (slug !== before.content.slug) {
      if (this.#renamed.has(slug)) throw new SlugTakenError(slug, 'newSlug');
      this.#renamed.add(slug);
      this.#taken.add(slug);
    }
    if (status === 'RETRACTED') {
      if (successorId !== null && this.#retracted.has(successorId)) {
        throw InvalidInputError.at(
          'proposal',
          'Expected a successor that stays PUBLISHED; another of these proposals retracts it. Reject one of them.',
        );
      }
      this.#retracted.add(before.id);
    }
    this.links.push(...newLinks(before, content));
  }
}

/** @throws {ReviewRequiredError} For an editor's own proposal, if the record requires review. */
async function refuseOwn(
  tx: Transaction,
  { author, content }: LockedProposal,
  change: ManyChange,
  editor: string,
): Promise<void> {
  if (author !== editor) return;
  const alone = await findUnreviewed(tx, [{ ...change, id: change.before.id }], { editor });
  if (alone.length > 0) throw new ReviewRequiredError(content.slug);
}

/** Reads everything that the plan needs, with one statement for each kind. */
async function readKnown(tx: Transaction, proposals: readonly LockedProposal[]) {
  const bases = await readBases(tx, proposals);
  const followed = await followMerges(tx, [
    ...proposals.map(({ content }) => content),
    ...proposals.map(({ id, content }) => bases.get(id) ?? content),
  ]);
  const states = await readCurrent(
    tx,
    proposals.flatMap(({ developmentId }) => developmentId ?? []),
  );
  const contents = [...followed, ...states.map(({ content }) => content)];
  return {
    proposals: proposals.map((proposal, index) => ({
      proposal: { ...proposal, content: followed[index] ?? proposal.content },
      base: followed[proposals.length + index] ?? proposal.content,
    })),
    current: new Map(states.map((state) => [state.id, state])),
    grades: await findGrades(
      tx,
      contents.flatMap(({ citations }) => citations.map(({ sourceId }) => sourceId)),
    ),
    slugs: new Set(
      await takenSlugs(
        tx,
        proposals.map(({ content }) => content.slug),
      ),
    ),
  };
}

/** Reads the contents that the authors changed, by the ids of the proposals. */
async function readBases(tx: Transaction, proposals: readonly LockedProposal[]) {
  const rows = await tx.$queryRaw<{ id: string; base: DevelopmentContent }[]>`
    SELECT proposal.id::text AS id, revision.snapshot AS base
    FROM proposal
    JOIN revision ON revision.development_id = proposal.development_id AND revision.number = proposal.base_revision
    WHERE proposal.id = ANY (${proposals.map(({ id }) => id)}::uuid[])`;
  return new Map(rows.map(({ id, base }) => [id, base]));
}

function planNew(
  { content: proposed }: LockedProposal,
  publish: boolean,
  taken: Set<string>,
  grades: Grades,
): DevelopmentState {
  if (publish && proposed.citations.length === 0) {
    throw new CitationRequiredError(proposed.slug, 'citations');
  }
  const slug = taken.has(proposed.slug)
    ? `${proposed.slug.slice(0, 110)}-${newId().slice(-8)}`
    : proposed.slug;
  taken.add(slug);
  return newState(withConfidence({ ...proposed, slug }, {}, grades), publish, new Date());
}

async function planChange(
  tx: Transaction,
  proposal: LockedProposal,
  base: DevelopmentContent,
  before: DevelopmentState,
  grades: Grades,
  planned: readonly PlannedLink[],
): Promise<Omit<ManyChange, 'before'>> {
  const isRetraction = proposal.act === 'RETRACT';
  refuseRetracted(before);
  if (isRetraction && before.status !== 'PUBLISHED') {
    throw new WrongStatusError(before.content.slug, before.status, 'PUBLISHED');
  }
  const units = new Set(
    unitNames(proposal.content).filter((unit) => proposal.fields.includes(inputName(unit))),
  );
  refuseConflicts(proposal, base, before, units);
  const merged = await mergeInto(tx, before, proposal.content, units, planned);
  const status = isRetraction ? 'RETRACTED' : before.status;
  const { content = before.content, ...settled } = settleWith(before, { content: merged, status }, grades);
  return { content, status: settled.status ?? before.status };
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
