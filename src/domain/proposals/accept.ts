import { v7 as newId } from 'uuid';
import type { Transaction } from '../../database/open.js';
import type { DevelopmentContent } from '../development/content/content.js';
import { inputName, takeUnits, textOf, unitOf } from '../development/content/units.js';
import { CitationRequiredError, LinkCycleError, WrongStatusError } from '../development/errors.js';
import { actorsIn } from '../development/evidence/claim-schemas.js';
import { findGrades, withConfidence } from '../development/evidence/confidence.js';
import { refuseApart } from '../development/evidence/preferred.js';
import { refuseRetracted, settle } from '../development/write/change.js';
import { commitRevision, type DevelopmentRef, lockDevelopment } from '../development/write/commit.js';
import { commitNew } from '../development/write/commit-new.js';
import { type PlannedLink, refuseCycle } from '../development/write/link-cycles.js';
import { newState } from '../development/write/record.js';
import type { DevelopmentState } from '../development/write/rows.js';
import { refuseTakenSlug, takenSlugs } from '../development/write/slugs.js';
import { InvalidInputError } from '../errors.js';
import { listOf, parseInput, text } from '../input.js';
import { followMerges } from '../merging/references/follow.js';
import { findKnownReferences } from '../references/lookup.js';
import { ProposalConflictError } from '../review/errors.js';
import { type Writer, type Written, write } from '../write.js';
import { type DecisionOptions, type LockedProposal, lockProposal } from './decide.js';

/** Names of fields. No development has as many. */
const FIELDS = listOf(text(100), 100);

/** The accepted fields of a proposal, and the options of the act. */
export interface Acceptance {
  /** The fields to accept, by their names in inputs. Default: all. */
  readonly fields?: readonly string[] | null | undefined;
  /** Whether a proposed new development is published. Default: true. */
  readonly publish?: boolean | null | undefined;
  /** The reason for the revision. Default: the author's. */
  readonly reason?: string | null | undefined;
  /** The revision of the development the caller has seen. */
  readonly expectedRevision?: number | null | undefined;
}

/**
 * Accepts a proposal in whole or field by field, and writes the revision.
 *
 * @throws {UnknownProposalError}
 * @throws {ProposalDecidedError}
 * @throws {ProposalConflictError} If the development has other values since, and `fields` does not name them.
 * @throws {ReviewRequiredError} If the record requires review and the writer is its author.
 * @throws As the mutations that record, revise and retract do.
 */
export function acceptProposal(
  writer: Writer,
  id: string,
  acceptance: Acceptance,
  { idempotencyKey }: DecisionOptions,
): Promise<DevelopmentRef> {
  const { reason } = acceptance;
  const parsedReason = reason == null ? null : parseInput(text(1_000), reason, 'reason');
  const named = acceptance.fields == null ? null : parseInput(FIELDS, acceptance.fields, 'fields');
  const request = { operation: 'accept proposal', input: { id, ...acceptance }, idempotencyKey };
  return write(writer, request, async (tx) => {
    const proposal = await withSurvivors(tx, await lockProposal(tx, id));
    const authorship = {
      ...{ editor: writer.editor, at: writer.at, proposedBy: proposal.author },
      reason: parsedReason ?? proposal.reason,
    };
    const fields = readFields(proposal, named);
    const { result, feed } =
      proposal.act === 'RECORD'
        ? await acceptNew(tx, proposal, acceptance.publish !== false, authorship)
        : await acceptChange(tx, proposal, acceptance, fields, authorship);
    await tx.$executeRaw`
      UPDATE proposal SET state = 'ACCEPTED', decided_by = ${writer.editor}, decision = ${parsedReason},
                          decided_at = ${new Date().toISOString()}::timestamptz, accepted = ${fields}::text[],
                          development_id = ${result.id}::uuid, revision = ${result.revision}::int
      WHERE id = ${id}::uuid`;
    return { result: { ...result, proposal: id }, feed };
  });
}

type Authorship = Parameters<typeof commitRevision>[3];

/** Returns the proposal with the references that stand for those that were merged since. */
async function withSurvivors(tx: Transaction, proposal: LockedProposal): Promise<LockedProposal> {
  const [content = proposal.content] = await followMerges(tx, [proposal.content]);
  return { ...proposal, content };
}

/** @throws {InvalidInputError} For a field that the proposal does not change, and for a part of a new development. */
function readFields({ act, fields }: LockedProposal, wanted: Acceptance['fields']): string[] {
  if (wanted == null) return [...fields];
  const unknown = wanted.find((field) => !fields.includes(field));
  if (unknown !== undefined || wanted.length === 0) {
    const message = `Expected fields that the proposal changes: ${fields.join(', ')}; got ${unknown ?? 'none'}.`;
    throw InvalidInputError.at('fields', message);
  }
  if (act !== 'REVISE' && wanted.length < fields.length) {
    throw InvalidInputError.at('fields', 'Expected all fields: only revisions can be accepted in part.');
  }
  return [...new Set(wanted)];
}

async function acceptNew(
  tx: Transaction,
  { content: proposed }: LockedProposal,
  publish: boolean,
  authorship: Authorship,
): Promise<Written<DevelopmentRef>> {
  const isTaken = (await takenSlugs(tx, [proposed.slug])).length > 0;
  const slug = isTaken ? `${proposed.slug.slice(0, 110)}-${newId().slice(-8)}` : proposed.slug;
  if (publish && proposed.citations.length === 0) throw new CitationRequiredError(slug, 'citations');
  const grades = await findGrades(
    tx,
    proposed.citations.map(({ sourceId }) => sourceId),
  );
  const content = withConfidence({ ...proposed, slug }, {}, grades);
  const { result, feed } = await commitNew(tx, [newState(content, publish, new Date())], authorship);
  const [recorded] = result;
  if (!recorded) throw new Error('A proposal was accepted without a development.');
  return { result: recorded, feed };
}

async function acceptChange(
  tx: Transaction,
  proposal: LockedProposal,
  { expectedRevision, fields: named }: Acceptance,
  fields: readonly string[],
  authorship: Authorship,
): Promise<Written<DevelopmentRef>> {
  const { slug, base } = await readBase(tx, proposal);
  const before = await lockDevelopment(tx, slug, expectedRevision);
  refuseRetracted(before);
  const isRetraction = proposal.act === 'RETRACT';
  if (isRetraction && before.status !== 'PUBLISHED') {
    throw new WrongStatusError(slug, before.status, 'PUBLISHED');
  }
  const units = new Set(unitNames(proposal.content).filter((unit) => fields.includes(inputName(unit))));
  if (named == null) refuseConflicts(proposal, base, before, units);
  const content = await mergeInto(tx, before, proposal.content, units);
  const status = isRetraction ? 'RETRACTED' : before.status;
  const change = await settle(tx, before, { content, status });
  return commitRevision(tx, before, change, authorship);
}

/** Reads the slug of the development, and the content that the author changed. */
async function readBase(
  tx: Transaction,
  { developmentId, baseRevision }: LockedProposal,
): Promise<{ readonly slug: string; readonly base: DevelopmentContent }> {
  const [row] = await tx.$queryRaw<{ slug: string; base: DevelopmentContent }[]>`
    SELECT development.slug, revision.snapshot AS base
    FROM development JOIN revision ON revision.development_id = development.id
    WHERE development.id = ${developmentId}::uuid AND revision.number = ${baseRevision}::int`;
  if (!row) throw new Error('The development of a proposal is not in the record.');
  const [base = row.base] = await followMerges(tx, [row.base]);
  return { slug: row.slug, base };
}

/** The names of the units of a content. */
export const unitNames = ({ detail, ...rest }: DevelopmentContent) =>
  [...new Set([...Object.keys(rest), ...Object.keys(detail)].map(unitOf))].filter((unit) => unit !== 'kind');

/** @throws {ProposalConflictError} For fields that have a third value now. */
export function refuseConflicts(
  { content }: Pick<LockedProposal, 'content'>,
  base: DevelopmentContent,
  { content: current }: DevelopmentState,
  units: ReadonlySet<string>,
): void {
  const apart = [...units].filter((unit) => {
    const now = textOf(unit, current);
    return now !== textOf(unit, base) && now !== textOf(unit, content);
  });
  if (apart.length > 0) throw new ProposalConflictError(apart.map(inputName).sort());
}

/**
 * Takes the accepted units into the current content, and checks the rules that reach across units and developments.
 *
 * @param planned Links that the transaction is going to write.
 */
export async function mergeInto(
  tx: Transaction,
  before: DevelopmentState,
  proposed: DevelopmentContent,
  units: ReadonlySet<string>,
  planned: readonly PlannedLink[] = [],
): Promise<DevelopmentContent> {
  const taken = takeUnits(before.content, proposed, units);
  const cited = new Set(taken.citations.map(({ id }) => id));
  const links = taken.links.map((link) =>
    link.citationId === null || cited.has(link.citationId) ? link : { ...link, citationId: null },
  );
  const content = { ...taken, links };
  for (const link of newLinks(before, content)) await refuseClosing(tx, link, planned);
  if (units.has('slug')) await refuseTakenSlug(tx, content.slug, before.id);
  await refuseApart(tx, content, await findKnownReferences(tx, { Actor: actorsIn(content.claims) }));
  if (units.has('successorId') && content.successorId !== null) {
    await refuseUnpublished(tx, content.successorId);
  }
  return content;
}

/** Returns the links of a content that a development does not have. */
export function newLinks(
  { id, content: { links } }: DevelopmentState,
  content: DevelopmentContent,
): PlannedLink[] {
  const known = new Set(links.map(({ relation, toId }) => `${relation} ${toId}`));
  return content.links
    .filter(({ relation, toId }) => !known.has(`${relation} ${toId}`))
    .map(({ relation, toId }) => ({ relation, fromId: id, toId }));
}

/** @throws {InvalidInputError} */
async function refuseClosing(
  tx: Transaction,
  { relation, fromId, toId }: PlannedLink,
  planned: readonly PlannedLink[],
): Promise<void> {
  try {
    await refuseCycle(tx, relation, fromId, toId, planned);
  } catch (error) {
    if (!(error instanceof LinkCycleError)) throw error;
    throw InvalidInputError.at('proposal', `${error.message} Or reject the proposal.`);
  }
}

async function refuseUnpublished(tx: Transaction, id: string): Promise<void> {
  // As a retraction does, so that two developments cannot be retracted in favour of each other.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('doctrine-wire successors'))`;
  const { slug, status } = await tx.development.findUniqueOrThrow({
    where: { id },
    select: { slug: true, status: true },
  });
  if (status !== 'PUBLISHED') {
    throw InvalidInputError.at(
      'proposal',
      `Expected a successor that is PUBLISHED; "${slug}" is ${status}. Reject the proposal.`,
    );
  }
}
