import { v7 as newId } from 'uuid';
import type { Transaction } from '../../database/open.js';
import type { DevelopmentContent } from '../development/content/content.js';
import { inputName } from '../development/content/units.js';
import { CitationRequiredError, SlugTakenError, WrongStatusError } from '../development/errors.js';
import { findGrades, type Grades, withConfidence } from '../development/evidence/confidence.js';
import { readCurrent } from '../development/read/histories.js';
import { refuseRetracted, settleWith } from '../development/write/change.js';
import type { ManyChange } from '../development/write/commit-many.js';
import type { PlannedLink } from '../development/write/link-cycles.js';
import { newState } from '../development/write/record.js';
import type { DevelopmentState } from '../development/write/rows.js';
import { takenSlugs } from '../development/write/slugs.js';
import { DomainError, InvalidInputError } from '../errors.js';
import { followMerges } from '../merging/references/follow.js';
import { ReviewRequiredError } from '../review/errors.js';
import { findUnreviewed } from '../review/four-eyes.js';
import { mergeInto, newLinks, refuseConflicts, unitNames } from './accept.js';
import type { LockedProposal } from './decide.js';

/** A new development that a proposal becomes, or a change that the proposals about one development become. */
export type Planned = { readonly proposals: readonly LockedProposal[]; readonly author: string } & (
  | { readonly state: DevelopmentState }
  | { readonly change: ManyChange }
);

/**
 * Plans the writes of proposals whose developments are locked.
 *
 * @param refuse Called with the errors of those that cannot be accepted.
 */
export async function planAcceptance(
  tx: Transaction,
  proposals: readonly LockedProposal[],
  { publish, editor }: { readonly publish: boolean; readonly editor: string },
  refuse: (proposal: string, error: DomainError) => void,
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
      refuse(proposal.id, error);
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
