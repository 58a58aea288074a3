import { InvalidInputError, UnknownEvidenceError } from '../errors.js';
import { parseInput } from '../input.js';
import { findReferences } from '../references/lookup.js';
import type { Writer } from '../write.js';
import { type ChangeOptions, changeDevelopment, refuseRetracted } from './change.js';
import type { DevelopmentRef } from './commit.js';
import { MAX_LINKS } from './field-schemas.js';
import { type LinkInput, linkInput, type UnlinkInput, unlinkInput } from './input.js';
import { refuseCycle } from './link-cycles.js';

/**
 * Links a development to another. The link is part of the first one's content.
 *
 * @throws {InvalidInputError} When it would link a development to itself, repeat a link, or be one too many.
 * @throws {UnknownSlugError} For either development.
 * @throws {UnknownEvidenceError} When the citation is not one of the first development's.
 * @throws {LinkCycleError} When it would close a circle of a relation that may not form one.
 * @throws {WrongStatusError} When the first was withdrawn.
 * @throws {RevisionConflictError}
 * @throws {IdempotencyKeyReusedError}
 */
export async function linkDevelopments(
  writer: Writer,
  slug: string,
  link: LinkInput,
  options: ChangeOptions = {},
): Promise<DevelopmentRef> {
  const { to, relation, note, citation } = parseInput(linkInput, link);
  const request = { operation: 'link', slug, input: link };
  return changeDevelopment(writer, request, options, async (tx, before) => {
    refuseRetracted(before);
    const { content } = before;
    const toId = (await findReferences(tx, { Development: [to] })).id('Development', to);
    if (toId === before.id) throw InvalidInputError.at('to', 'Expected another development; got the same.');
    if (content.links.some((known) => known.toId === toId && known.relation === relation)) {
      throw InvalidInputError.at('to', `"${slug}" is linked to "${to}" by ${relation} already.`);
    }
    if (content.links.length >= MAX_LINKS) {
      const message = `Expected at most ${MAX_LINKS} links from a development; "${slug}" has them. Unlink one first.`;
      throw InvalidInputError.at('to', message);
    }
    if (citation !== null && !content.citations.some(({ id }) => id === citation)) {
      throw new UnknownEvidenceError('Citation', citation);
    }
    await refuseCycle(tx, relation, before.id, toId);
    return {
      content: { ...content, links: [...content.links, { toId, relation, note, citationId: citation }] },
    };
  });
}

/**
 * Takes a link from a development to another away; earlier revisions go on having it.
 *
 * @throws {InvalidInputError} At `to`, when there is no such link.
 * @throws {UnknownSlugError} For either development.
 * @throws {WrongStatusError} When the first was withdrawn.
 * @throws {RevisionConflictError}
 * @throws {IdempotencyKeyReusedError}
 */
export async function unlinkDevelopments(
  writer: Writer,
  slug: string,
  link: UnlinkInput,
  options: ChangeOptions = {},
): Promise<DevelopmentRef> {
  const { to, relation } = parseInput(unlinkInput, link);
  const request = { operation: 'unlink', slug, input: link };
  return changeDevelopment(writer, request, options, async (tx, before) => {
    refuseRetracted(before);
    const { content } = before;
    const toId = (await findReferences(tx, { Development: [to] })).id('Development', to);
    const links = content.links.filter((known) => known.toId !== toId || known.relation !== relation);
    if (links.length === content.links.length) {
      const message = `Expected a link that there is; "${slug}" is not linked to "${to}" by ${relation}.`;
      throw InvalidInputError.at('to', message);
    }
    return { content: { ...content, links } };
  });
}
