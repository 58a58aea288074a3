import { InvalidInputError } from '../../errors.js';
import { parseInput } from '../input.js';
import { findReferences } from '../references.js';
import type { Writer } from '../write.js';
import type { DevelopmentRef } from './commit.js';
import { composeCitations } from './compose.js';
import { type CitationInput, citationInput, type LinkInput, linkInput } from './input.js';
import { type ChangeOptions, changeDevelopment, refuseRetracted } from './revise.js';

/**
 * Adds a citation, with the claims that it makes, to a development.
 *
 * @throws {InvalidInputError}
 * @throws {UnknownSlugError} For the development or the source.
 * @throws {WrongStatusError} When the development was withdrawn.
 */
export function addCitation(
  writer: Writer,
  slug: string,
  input: CitationInput,
  options: ChangeOptions = {},
): Promise<DevelopmentRef> {
  const fields = parseInput(citationInput, input);
  return changeDevelopment(
    writer,
    { operation: 'add citation', slug, input },
    options,
    async (tx, before) => {
      refuseRetracted(before);
      const refs = await findReferences(tx, { Source: [fields.source] });
      const { citations, claims } = composeCitations([fields], refs);
      const { content } = before;
      return {
        content: {
          ...content,
          citations: [...content.citations, ...citations],
          claims: [...content.claims, ...claims],
        },
      };
    },
  );
}

export type { LinkInput };

/**
 * Links a development to another. The link is part of the first one's content.
 *
 * @throws {InvalidInputError} When it would link a development to itself, or repeat a link.
 * @throws {UnknownSlugError} For either development.
 * @throws {WrongStatusError} When the first was withdrawn.
 */
export function linkDevelopments(
  writer: Writer,
  slug: string,
  link: LinkInput,
  options: ChangeOptions = {},
): Promise<DevelopmentRef> {
  const { to, relation, note } = parseInput(linkInput, link);
  const request = { operation: 'link', slug, input: link };
  return changeDevelopment(writer, request, options, async (tx, before) => {
    refuseRetracted(before);
    const toId = (await findReferences(tx, { Development: [to] })).id('Development', to);
    if (toId === before.id) throw InvalidInputError.at('to', 'Expected another development; got the same.');
    const { content } = before;
    if (content.links.some((known) => known.toId === toId && known.relation === relation)) {
      throw InvalidInputError.at('to', `"${slug}" is linked to "${to}" by ${relation} already.`);
    }
    return { content: { ...content, links: [...content.links, { toId, relation, note }] } };
  });
}
