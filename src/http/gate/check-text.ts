import { type GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { exceeds, refuse } from './refusal.js';

/** Brackets that may be open at once: graphql's parser recurses, and its validation does once more. */
const MAX_NESTING = 200;

const OPEN = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSE = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Looks at a document before it is parsed: how long it is, and how deep its brackets are nested.
 *
 * @returns The error for one that is too long or too deep.
 * @throws {GraphQLError} Where a character cannot be read, as the parser would.
 */
export function checkText(text: string, maxTokens: number): GraphQLError | undefined {
  const lexer = new Lexer(new Source(text));
  let nesting = 0;
  for (let tokens = 0; lexer.advance().kind !== TokenKind.EOF; tokens += 1) {
    if (tokens === maxTokens) return exceeds('tokens', maxTokens, tokens + 1);
    if (OPEN.has(lexer.token.kind)) nesting += 1;
    else if (CLOSE.has(lexer.token.kind)) nesting -= 1;
    if (nesting > MAX_NESTING) {
      return refuse(
        `Expected at most ${MAX_NESTING} brackets open at once; got ${nesting}.`,
        { code: 'LIMIT_EXCEEDED', limit: 'NESTING', maximum: MAX_NESTING, got: nesting },
        { status: 400, spec: true },
      );
    }
  }
  return undefined;
}
