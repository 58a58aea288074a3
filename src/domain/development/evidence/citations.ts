import type { Transaction } from '../../../database/open.js';
import { InvalidInputError } from '../../errors.js';
import { parseInput } from '../../input.js';
import { findReferences } from '../../references/lookup.js';
import type { Writer } from '../../write.js';
import { type DevelopmentContent, kindOf } from '../content/content.js';
import { MAX_CITATIONS } from '../content/field-schemas.js';
import { type CitationFields, type CitationInput, citationInput, wrongClaims } from '../content/input.js';
import { type ChangeOptions, changeDevelopment, type Decision, refuseRetracted } from '../write/change.js';
import type { DevelopmentRef } from '../write/commit.js';
import type { DevelopmentState } from '../write/rows.js';
import { actorsIn } from './claim-schemas.js';
import { refuseMoreClaims } from './claims.js';
import { composeCitations } from './compose-evidence.js';
import { refuseApart } from './preferred.js';

/**
 * Adds a citation and its claims to a development.
 *
 * A PREFERRED claim must have the development's own value, and be the only preferred claim about its field.
 * Use `rankClaim` to change the preferred claim.
 *
 * @throws {InvalidInputError}
 * @throws {UnknownSlugError} For the development, the source, or an actor in a claim.
 * @throws {WrongStatusError} If the development is retracted.
 * @throws {RevisionConflictError}
 * @throws {IdempotencyKeyReusedError}
 */
export async function addCitation(
  writer: Writer,
  slug: string,
  input: CitationInput,
  options: ChangeOptions = {},
): Promise<DevelopmentRef> {
  const fields = parseInput(citationInput, input);
  const request = { operation: 'add citation', slug, input };
  return changeDevelopment(writer, request, options, (tx, before) => withCitation(tx, before, fields));
}

/** Decides to add a citation to a development, in the transaction that changes it. Throws as {@link addCitation}. */
export async function withCitation(
  tx: Transaction,
  before: DevelopmentState,
  fields: CitationFields,
): Promise<Decision> {
  refuseRetracted(before);
  refuseCitation(before.content, fields);
  const actors = actorsIn([...before.content.claims, ...(fields.claims ?? [])]);
  const refs = await findReferences(tx, { Source: [fields.source], Actor: actors });
  const { citations, claims } = composeCitations([fields], refs);
  const content = {
    ...before.content,
    citations: [...before.content.citations, ...citations],
    claims: [...before.content.claims, ...claims],
  };
  await refuseApart(tx, content, refs, ({ id }) => {
    const index = claims.findIndex((claim) => claim.id === id);
    if (index === -1) return {};
    return {
      path: `claims.${index}.value`,
      remedy: 'Send the claim as NORMAL, then rank it with rankClaim.',
    };
  });
  const [citation] = citations;
  return citation ? { content, made: citation.id } : { content };
}

function refuseCitation(content: DevelopmentContent, { claims }: CitationFields): void {
  if (content.citations.length >= MAX_CITATIONS) {
    throw InvalidInputError.at(
      '',
      `Expected at most ${MAX_CITATIONS} citations on a development; it has that many. Remove one by revising its citations.`,
    );
  }
  const added = (claims ?? []).map((claim, index) => ({ ...claim, index }));
  refuseMoreClaims(content, added.length, 'claims');
  const preferred = content.claims.filter(({ rank }) => rank === 'PREFERRED').map(({ field }) => field);
  const wrong = wrongClaims(kindOf(content), added, preferred);
  if (wrong.length === 0) return;
  throw new InvalidInputError(
    wrong.map(({ claim, key, message }) => ({ path: `claims.${claim.index}.${key}`, message })),
  );
}
