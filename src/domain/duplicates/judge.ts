import type { Transaction } from '../../database/open.js';
import type { DuplicateKind, DuplicateVerdict } from '../../generated/prisma/enums.js';
import { InvalidInputError, UnknownSlugError } from '../errors.js';
import { parseInput, text } from '../input.js';
import { findReferences, parseSlug } from '../references/lookup.js';
import { type Writer, write } from '../write.js';
import { comparedHash } from './comparison.js';
import { insertJudgement, keyOfPair, pairOf, readJudgements, standing } from './judgements.js';
import { comparedFacts, readCompared } from './references.js';
import { comparedOfDevelopments, readComparedDevelopments } from './suggest-developments.js';
import { OWNERS } from './suggestion.js';

/** A judgement to write. The entries are named by their slugs. */
export interface JudgeInput {
  readonly kind: DuplicateKind;
  readonly one: string;
  readonly other: string;
  readonly verdict: DuplicateVerdict;
  readonly reason?: string | null | undefined;
}

/** A written judgement, as an idempotency key keeps it. */
export type JudgementRef = { id: string; oneId: string; otherId: string };

/**
 * Judges whether two entries are one thing. The judgement counts until one of them changes in what is compared.
 *
 * @throws {InvalidInputError} If both slugs name one entry.
 * @throws {UnknownSlugError}
 * @throws {IdempotencyKeyReusedError}
 */
export function judgeDuplicate(
  writer: Writer,
  input: JudgeInput,
  idempotencyKey?: string | null,
): Promise<JudgementRef> {
  const { kind, verdict } = input;
  const reason = input.reason == null ? null : parseInput(text(2_000), input.reason, 'reason');
  const slugs = [parseSlug(input.one, 'one'), parseSlug(input.other, 'other')] as const;
  return write(writer, { operation: 'judgeDuplicate', input, idempotencyKey }, async (tx) => {
    const pair = await findPair(tx, kind, slugs);
    const compared = await comparedOf(tx, kind, pair);
    const judgement = { kind, ...pair, verdict, reason, editor: writer.editor, compared };
    const { id, oneId, otherId } = await insertJudgement(tx, judgement);
    // Cached answers show suggestions.
    return { result: { id, oneId, otherId }, feed: [], references: true };
  });
}

/** A judgement that a merge implies. */
export interface ImpliedJudgement {
  readonly kind: DuplicateKind;
  readonly one: string;
  readonly other: string;
  readonly editor: string;
  readonly reason: string;
}

/** Writes the judgement that two entries are one, within the transaction that merges them. */
export async function judgeSame(
  tx: Transaction,
  { kind, one, other, editor, reason }: ImpliedJudgement,
): Promise<void> {
  const pair = pairOf(one, other);
  const compared = await comparedOf(tx, kind, pair);
  await insertJudgement(tx, { kind, ...pair, verdict: 'SAME', reason, editor, compared });
}

/** Returns the name of another editor who has judged that two entries are one as they are now. */
export async function findSameBy(
  tx: Transaction,
  kind: DuplicateKind,
  one: string,
  other: string,
  editor: string,
): Promise<string | undefined> {
  const pair = pairOf(one, other);
  const judgements = await readJudgements(tx, [pair]);
  const judgement = standing(judgements.get(keyOfPair(pair)), await comparedOf(tx, kind, pair));
  return judgement?.verdict === 'SAME' && judgement.editor !== editor ? judgement.editor : undefined;
}

async function findPair(tx: Transaction, kind: DuplicateKind, [one, other]: readonly [string, string]) {
  const owner = kind === 'DEVELOPMENT' ? 'Development' : OWNERS[kind];
  const refs = await findReferences(tx, { [owner]: [one, other] });
  const pair = pairOf(refs.id(owner, one), refs.id(owner, other));
  if (pair.oneId !== pair.otherId) return pair;
  throw InvalidInputError.at('other', `Expected the slug of another entry; "${other}" is "${one}".`);
}

/** Returns a hash of what is compared of the two. */
async function comparedOf(
  tx: Transaction,
  kind: DuplicateKind,
  { oneId, otherId }: { readonly oneId: string; readonly otherId: string },
): Promise<string> {
  const ids = [oneId, otherId];
  const missing = () => new UnknownSlugError(kind === 'DEVELOPMENT' ? 'Development' : OWNERS[kind], oneId);
  if (kind === 'DEVELOPMENT') {
    const known = await readComparedDevelopments(tx, ids);
    const [one, other] = [known.get(oneId), known.get(otherId)];
    if (!one || !other) throw missing();
    return comparedOfDevelopments(one, other);
  }
  const known = await readCompared(tx, OWNERS[kind], { ids });
  const [one, other] = [known.get(oneId), known.get(otherId)];
  if (!one || !other) throw missing();
  return comparedHash(comparedFacts(one), comparedFacts(other));
}
