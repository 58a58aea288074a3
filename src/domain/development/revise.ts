import type { Transaction } from '../../database/open.js';
import { InvalidInputError, SlugTakenError, WrongStatusError } from '../../errors.js';
import { parseInput, text } from '../input.js';
import { findReferences } from '../references.js';
import { type Writer, write } from '../write.js';
import { type Change, commitRevision, type DevelopmentRef, lockDevelopment } from './commit.js';
import { reviseContent, slugsIn } from './compose.js';
import { kindOf } from './content.js';
import { type Kind, type ReviseFields, type ReviseInput, reviseInputs } from './input.js';
import type { DevelopmentState } from './rows.js';

/** Which development is changed, and how the change is written down. */
export interface ChangeOptions {
  readonly reason?: string | null | undefined;
  /** The revision that the caller has seen; a newer one is a conflict. */
  readonly expectedRevision?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Revises a development: the fields given replace its own. A retracted one cannot be revised.
 *
 * @throws {InvalidInputError}
 * @throws {UnknownSlugError}
 * @throws {SlugTakenError}
 * @throws {WrongStatusError}
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
  return changeDevelopment(
    writer,
    { operation: `revise ${kind}`, slug, input },
    options,
    async (tx, before) => {
      refuseRetracted(before);
      if (kindOf(before.content) !== kind) {
        throw InvalidInputError.at(
          'slug',
          `Expected the slug of a development of kind ${kind}; "${slug}" is ${kindOf(before.content)}.`,
        );
      }
      if (fields.slug && fields.slug !== before.content.slug) await refuseTakenSlug(tx, fields.slug);
      return { content: reviseContent(before.content, fields, await findReferences(tx, slugsIn(fields))) };
    },
  );
}

/**
 * Makes a draft part of the public record.
 *
 * @throws {UnknownSlugError}
 * @throws {WrongStatusError} When it is not a draft.
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

/**
 * Withdraws a published development. It stays in the record as a tombstone, with the reason.
 *
 * @throws {InvalidInputError} When no reason is given.
 * @throws {UnknownSlugError}
 * @throws {WrongStatusError} When it is not published.
 */
export function retractDevelopment(
  writer: Writer,
  slug: string,
  options: ChangeOptions & { reason: string },
): Promise<DevelopmentRef> {
  return changeDevelopment(writer, { operation: 'retract', slug }, options, async (_, before) => {
    if (before.status !== 'PUBLISHED') throw new WrongStatusError(slug, before.status, 'PUBLISHED');
    return { status: 'RETRACTED' };
  });
}

/** @throws {WrongStatusError} When the development was withdrawn. */
export function refuseRetracted({ status, content }: DevelopmentState): void {
  if (status === 'RETRACTED') throw new WrongStatusError(content.slug, status, 'DRAFT or PUBLISHED');
}

/**
 * The one way in which developments change: locks the development, lets `decide` say what becomes of
 * it, and commits that as its next revision.
 */
export function changeDevelopment(
  writer: Writer,
  { operation, slug, input = null }: { operation: string; slug: string; input?: unknown },
  { reason, expectedRevision, idempotencyKey }: ChangeOptions,
  decide: (tx: Transaction, before: DevelopmentState) => Promise<Change>,
): Promise<DevelopmentRef> {
  const parsedReason = reason == null ? null : parseInput(text(1_000), reason, 'reason');
  const request = { operation, input: { slug, input, reason, expectedRevision }, idempotencyKey };
  return write(writer, request, async (tx) => {
    const before = await lockDevelopment(tx, slug, expectedRevision);
    const change = await decide(tx, before);
    return commitRevision(tx, before, change, { editor: writer.editor, reason: parsedReason });
  });
}

async function refuseTakenSlug(tx: Transaction, slug: string): Promise<void> {
  if (await tx.development.findUnique({ where: { slug }, select: { id: true } }))
    throw new SlugTakenError(slug);
}
