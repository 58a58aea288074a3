import {
  type DocumentNode,
  GraphQLError,
  Kind,
  Lexer,
  type ParseOptions,
  parse,
  type SelectionSetNode,
  Source,
  TokenKind,
  visit,
} from 'graphql';
import type { RequestPlugin } from '../context.js';
import { exceeds, refuse } from '../response/refusal.js';
import type { Limits } from './limits.js';
import { checkOverlaps } from './overlap-limit.js';

/** Applies the limits on documents: before one is parsed, and again before it is validated. */
export function useDocumentLimits(limits: Limits): RequestPlugin {
  return {
    onParse: ({ setParseFn }) => {
      setParseFn((source: string | Source, options) => parseWithinLimits(limits, source, options));
    },
  };
}

/** @throws {GraphQLError} For a document above a limit, or one that cannot be parsed. */
function parseWithinLimits(limits: Limits, source: string | Source, options?: ParseOptions): DocumentNode {
  const document = asParseError(() => {
    const tooLong = checkText(typeof source === 'string' ? source : source.body, limits.tokens);
    if (tooLong) throw tooLong;
    return parse(source, options);
  });
  const tooMuch = checkDocument(document, limits) ?? checkOverlaps(document);
  if (tooMuch) throw tooMuch;
  return document;
}

/** Gives the errors of GraphQL.js's lexer and parser their code. */
function asParseError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GraphQLError) || error.extensions['code'] !== undefined) throw error;
    const { message, source, positions } = error;
    throw new GraphQLError(message, {
      source: source ?? null,
      positions: positions ?? null,
      extensions: { code: 'GRAPHQL_PARSE_FAILED', http: { status: 400, spec: true } },
    });
  }
}

/** UTF-16 code units of a document: a long text in one token takes the lexer tens of milliseconds. */
const MAX_LENGTH = 64 * 1024;

/** Brackets that may be open at once: GraphQL.js recurses to parse and to validate. */
const MAX_NESTING = 200;

const OPEN = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSE = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Bounds a document before it is parsed: its length, and how deep its brackets nest. */
function checkText(text: string, maxTokens: number): GraphQLError | undefined {
  if (text.length > MAX_LENGTH) {
    return refuse(
      `Expected a document of at most ${MAX_LENGTH} characters; got ${text.length}. Send long texts as variables.`,
      { code: 'LIMIT_EXCEEDED', limit: 'LENGTH', maximum: MAX_LENGTH, got: text.length },
      { status: 400, spec: true },
    );
  }
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

/**
 * Bounds a document before it is validated, as validation takes longer with aliases and directives.
 *
 * Counts what is written, and fragments once: the cost counts how often they are spread.
 */
function checkDocument(document: DocumentNode, limits: Limits): GraphQLError | undefined {
  const got = { aliases: 0, directives: 0, rootFields: rootFields(document) };
  visit(document, {
    Field: ({ alias }) => {
      if (alias) got.aliases += 1;
    },
    Directive: () => {
      got.directives += 1;
    },
  });
  for (const limit of ['aliases', 'directives', 'rootFields'] as const) {
    if (got[limit] > limits[limit]) return exceeds(limit, limits[limit], got[limit]);
  }
  return undefined;
}

/** Counts the root fields of the operation that has most, through its fragments. */
function rootFields({ definitions }: DocumentNode): number {
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition.selectionSet);
  }
  const count = (set: SelectionSetNode | undefined, spread: Set<string>): number => {
    let fields = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) fields += 1;
      else if (selection.kind === Kind.INLINE_FRAGMENT) fields += count(selection.selectionSet, spread);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        fields += count(fragments.get(selection.name.value), spread);
      }
    }
    return fields;
  };
  return Math.max(
    0,
    ...definitions.map((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? count(definition.selectionSet, new Set()) : 0,
    ),
  );
}
