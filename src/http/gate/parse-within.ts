import { type DocumentNode, type ParseOptions, parse, type Source } from 'graphql';
import type { Limits } from '../limits.js';
import { checkDocument } from './check-document.js';
import { checkText } from './check-text.js';

/**
 * Parses a document that is held to its limits before it is parsed, and then before it is validated.
 *
 * @throws {GraphQLError} For one that goes beyond them, or is malformed.
 */
export function parseWithin(limits: Limits, source: string | Source, options?: ParseOptions): DocumentNode {
  const tooMuch = checkText(typeof source === 'string' ? source : source.body, limits.tokens);
  if (tooMuch) throw tooMuch;
  const document = parse(source, options);
  const refused = checkDocument(document, limits);
  if (refused) throw refused;
  return document;
}
