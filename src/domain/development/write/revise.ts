import type { Transaction } from '../../../database/open.js';
import { InvalidInputError } from '../../errors.js';
import { parseInput, text } from '../../input.js';
import { findReferences, parseSlug } from '../../references/lookup.js';
import type { Writer } from '../../write.js';
import { reviseContent, slugsIn } from '../content/compose.js';
import { kindOf } from '../content/content.js';
import { type Kind, type ReviseFields, type ReviseInput, reviseInputs } from '../content/input.js';
import { WrongStatusError } from '../errors.js';
import { actorsIn } from '../evidence/claim-schemas.js';
import { refuseApart } from '../evidence/preferred.js';
import { type ChangeOptions, changeDevelopment, refuseRetracted } from './change.js';
import type { DevelopmentRef } from './commit.js';
import { refuseTakenSlug } from './slugs.js';

/**
 * Revises a development: the given fields replace its own. After a change of slug, earlier slugs still lead to it.
 *
 * @throws {InvalidInputError}
 * @throws {UnknownSlugError}
 * @throws {SlugTakenError}
 * @throws {CitationRequiredError} If a published one would lose its last citation.
 * @throws {WrongStatusError} If it is retracted.
 * @throws {RevisionConflictError}
 * @throws {IdempotencyKeyReusedError}
 */
export async function reviseDevelopment<K extends Kind>(
  writer: Writer,
  kind: K,
  slug: string,
  input: ReviseInput<K>,
  options: ChangeOptions = {},
): Promise<DevelopmentRef> {
  const fields = parseInput(reviseInputs[kind], input) as ReviseFields;
  const request = { operation: `revise ${kind}`, slug, input };
  return changeDevelopment(writer, request, options, async (tx, before) => {
    refuseRetracted(before);
    if (kindOf(before.content) !== kind) {
      throw InvalidInputError.at(
        'slug',
        `Expected the slug of a development of kind ${kind}; "${slug}" is ${kindOf(before.content)}.`,
      );
    }
    // A contributor must not learn that a slug is taken, because a draft may have it. The editor who decides learns it.
    if (fields.newSlug && writer.role !== 'CONTRIBUTOR') await refuseTakenSlug(tx, fields.newSlug, before.id);
    const named = slugsIn(fields);
    const actors = [...named.Actor, ...actorsIn(before.content.claims)];
    const refs = await findReferences(tx, { ...named, Actor: actors });
    const content = reviseContent(before.content, fields, refs);
    await refuseApart(tx, content, refs);
    return { content, given: fields };
  });
}

/**
 * Publishes a draft.
 *
 * @throws {UnknownSlugError}
 * @throws {WrongStatusError} If it is not a draft.
 * @throws {CitationRequiredError}
 * @throws {RevisionConflictError}
 * @throws {IdempotencyKeyReusedError}
 */
export function publishDevelopment(
  writer: Writer,
  slug: string,
  options: ChangeOptions = {},
): Promise<DevelopmentRef> {
  return changeDevelopment(writer, { operation: 'publish', slug }, options, async (_, before) => {
    if (before.status !== 'DRAFT') throw new WrongStatusError(slug, before.status, 'DRAFT');
    return { status: 'PUBLISHED' };
  });
}

/** Options of a retraction. */
export interface RetractOptions extends ChangeOptions {
  readonly reason: string;
  /** The slug of the development that replaces it. */
  readonly successor?: string | null | undefined;
}

/**
 * Retracts a published development. It stays in the record as a tombstone, with the reason and the successor, if any.
 *
 * @throws {InvalidInputError} If there is no reason, or the successor is not published or is the development itself.
 * @throws {UnknownSlugError} For the development or its successor.
 * @throws {WrongStatusError} If it is not published.
 * @throws {RevisionConflictError}
 * @throws {IdempotencyKeyReusedError}
 */
export async function retractDevelopment(
  writer: Writer,
  slug: string,
  { successor, ...options }: RetractOptions,
): Promise<DevelopmentRef> {
  parseInput(text(1_000), options.reason, 'reason');
  const successorSlug = successor == null ? null : parseSlug(successor, 'successor');
  const input = successorSlug === null ? null : { successor: successorSlug };
  return changeDevelopment(writer, { operation: 'retract', slug, input }, options, async (tx, before) => {
    if (before.status !== 'PUBLISHED') throw new WrongStatusError(slug, before.status, 'PUBLISHED');
    const successorId = successorSlug === null ? null : await findSuccessor(tx, successorSlug, before.id);
    return { status: 'RETRACTED', content: { ...before.content, successorId } };
  });
}

async function findSuccessor(tx: Transaction, slug: string, ownId: string): Promise<string> {
  // Two writers could otherwise retract two developments in favour of each other: each would see the other published.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('doctrine-wire successors'))`;
  const id = (await findReferences(tx, { Development: [slug] })).id('Development', slug);
  if (id === ownId) throw InvalidInputError.at('successor', 'Expected another development; got the same.');
  const { status } = await tx.development.findUniqueOrThrow({ where: { id }, select: { status: true } });
  if (status !== 'PUBLISHED') {
    // The successor of a retracted one could lead back here.
    const message = `Expected a development that is PUBLISHED; "${slug}" is ${status}.`;
    throw InvalidInputError.at('successor', message);
  }
  return id;
}
