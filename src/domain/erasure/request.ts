import { createHash, randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import type { Database, Transaction } from '../../database/open.js';
import type { ErasureGround, ErasureTarget } from '../../generated/prisma/enums.js';
import { recordAudit } from '../audit/audit.js';
import { lockDevelopment } from '../development/write/commit.js';
import { DomainError, InvalidInputError } from '../errors.js';
import { parseInput, text } from '../input.js';
import { type Writer, write } from '../write.js';
import { describeErasure, type Erasable } from './describe.js';
import { findFamily } from './references/family.js';
import { ERASURE_BOUNDS, type ErasureBounds, findOffices, refuseTooMany } from './references/offices.js';
import { type FoundRequest, isOfReference } from './target.js';

/** The code of an erasure is unknown, was used, or has expired. */
export class UnknownErasureCodeError extends DomainError {
  override readonly name = 'UnknownErasureCodeError';
  readonly code = 'UNKNOWN_ERASURE_CODE';
  readonly path = 'code';

  constructor() {
    super(
      'Expected a code of requestErasure that was not used and is at most 15 minutes old. Request the erasure again.',
    );
  }
}

/** How long a code is valid, in milliseconds. */
const VALID_FOR = 15 * 60_000;

/** A request to erase something. */
export interface ErasureInput {
  readonly target: ErasureTarget;
  readonly slug: string;
  readonly ground: ErasureGround;
  /** Kept in the audit. It must not repeat what is erased. */
  readonly reason: string;
  readonly idempotencyKey?: string | null | undefined;
}

/** A request, with the code that confirms it and what it would erase. */
export interface RequestedErasure extends Erasable {
  readonly code: string;
  readonly expiresAt: Date;
  readonly target: ErasureTarget;
  readonly ground: ErasureGround;
}

/**
 * Requests an erasure. Changes nothing: the code confirms it, once, within 15 minutes.
 *
 * @throws {InvalidInputError} If there is no reason, a quotation is asked for of what is no statement, the reference was
 *   merged into another one, or the erasure would rewrite too many developments.
 * @throws {UnknownSlugError}
 * @throws {IdempotencyKeyReusedError}
 */
export async function requestErasure(
  writer: Writer,
  { idempotencyKey, ...input }: ErasureInput,
  bounds: ErasureBounds = ERASURE_BOUNDS,
): Promise<RequestedErasure> {
  const { target, ground } = input;
  const reason = parseInput(text(1_000), input.reason, 'reason');
  const request = { operation: 'requestErasure', input, idempotencyKey };
  // `id` is that of the subject, by which an erasure finds what was kept of the request.
  const { request: id } = await write<{ id: string; request: string }>(writer, request, async (tx) => {
    const subject = await findSubject(tx, input, bounds);
    const made = newId();
    const expiresAt = new Date(Date.now() + VALID_FOR);
    await tx.erasureRequest.create({
      data: {
        ...{ id: made, codeHash: hashOf(newCode()), target, ground, reason, expiresAt },
        ...{ subjectId: subject.id, revision: subject.revision, requestedBy: writer.editor },
      },
    });
    const detail = { target, ground, reason };
    await recordAudit(tx, { act: 'ERASURE_REQUESTED', actor: writer.editor, subject: subject.id, detail });
    return { result: { id: subject.id, request: made }, feed: [] };
  });
  return issueCode(writer.db, id);
}

/** Finds what is to be erased, with the revision that was seen. Of a reference, that is the number of all its revisions. */
async function findSubject(tx: Transaction, input: ErasureInput, { most }: ErasureBounds) {
  const { target, slug } = input;
  if (isOfReference(input)) {
    const family = await findFamily(tx, input.target, slug);
    refuseTooMany(slug, (await findOffices(tx, family)).length, most);
    return { id: family.id, revision: family.revisions };
  }
  const { id, revision, content } = await lockDevelopment(tx, slug);
  if (target === 'QUOTATION' && content.detail.kind !== 'STATEMENT') {
    const message = `Expected the slug of a statement for QUOTATION; "${slug}" is no statement.`;
    throw InvalidInputError.at('slug', message);
  }
  return { id, revision };
}

/**
 * Gives a request a new code and describes it. Codes are kept as hashes, so a repeated request cannot get its first code:
 * the new one takes its place.
 */
async function issueCode(db: Database, id: string): Promise<RequestedErasure> {
  const code = newCode();
  await db.erasureRequest.updateMany({ where: { id, usedAt: null }, data: { codeHash: hashOf(code) } });
  const request = await db.erasureRequest.findUniqueOrThrow({ where: { id } });
  const { expiresAt, target, ground } = request;
  return { code, expiresAt, target, ground, ...(await describeErasure(db, request)) };
}

/** Finds the request of a code and uses it up. The same transaction must erase. */
export async function findRequest(tx: Transaction, code: string): Promise<FoundRequest> {
  const codeHash = hashOf(code);
  const { count } = await tx.erasureRequest.updateMany({
    where: { codeHash, usedAt: null, expiresAt: { gt: new Date() } },
    data: { usedAt: new Date() },
  });
  if (count === 0) throw new UnknownErasureCodeError();
  return tx.erasureRequest.findUniqueOrThrow({ where: { codeHash } });
}

/** Codes have 192 random bits, so an unsalted hash is safe. */
const newCode = (): string => randomBytes(24).toString('base64url');

const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');
