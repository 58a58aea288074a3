import { InvalidInputError } from '../../errors.js';
import { parseInput } from '../../input.js';
import { findReferences } from '../../references/lookup.js';
import type { Writer } from '../../write.js';
import { MAX_LINKS } from '../content/field-schemas.js';
import { type LinkInput, linkInput, type UnlinkInput, unlinkInput } from '../content/input.js';
import { UnknownEvidenceError } from '../errors.js';
import { type ChangeOptions, changeDevelopment, refuseRetracted } from './change.js';
import type { DevelopmentRef } from './commit.js';
import { refuseCycle } from './link-cycles.js';

/**
 * Adds a link to another development. The link is part of the content of the first.
 *
 * @throws {InvalidInputError} For a link to itself, a duplicate, or too many links.
 * @throws {UnknownSlugError} For either development.
 * @throws {UnknownEvidenceError} If the first development has no such citation.
 * @throws {LinkCycleError} If it would close a cycle of a relation that must not have any.
 * @throws {WrongStatusError} If the first is retracted.
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
      throw InvalidInputError.at('to', `"${slug}" has a ${relation} link to "${to}" already.`);
    }
    if (content.links.length >= MAX_LINKS) {
      const message = `Expected at most ${MAX_LINKS} links from a development; "${slug}" has as many. Remove one first.`;
      throw InvalidInputError.at('to', message);
    }
    if (citation !== null && !content.citations.some(({ id }) => id === citation)) {
      throw new UnknownEvidenceError('Citation', citation);
    }
    await refuseCycle(tx, relation, before.id, toId);
    return {
      content: { ...content, links: [...content.links, { toId, relation, note, citationId: citation }] },
      made: `${relation}:${toId}`,
    };
  });
}

/**
 * Removes a link to another development. Earlier revisions keep it.
 *
 * @throws {InvalidInputError} At `to`, if there is no such link.
 * @throws {UnknownSlugError} For either development.
 * @throws {WrongStatusError} If the first is retracted.
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
      const message = `Expected an existing link; "${slug}" has no ${relation} link to "${to}".`;
      throw InvalidInputError.at('to', message);
    }
    return { content: { ...content, links } };
  });
}
