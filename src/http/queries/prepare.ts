import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
} from 'graphql';
import { createDocumentCache } from '../document-cache.js';
import { parseWithin } from '../gate/parse-within.js';
import type { Limits } from '../limits.js';

/** The document of a query that is within its limits and valid; undefined for all else. */
export type PrepareQuery = (text: string, operationName: string | null) => DocumentNode | undefined;

/** Looks at each document once, as the GraphQL server does: what it finds unsound is for that server to refuse. */
export function createPrepareQuery(
  schema: GraphQLSchema,
  limits: Limits,
  introspection: boolean,
): PrepareQuery {
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const sound = createDocumentCache<DocumentNode>();
  const find = (text: string): DocumentNode | undefined => {
    const known = sound.get(text);
    if (known) return known;
    try {
      const document = parseWithin(limits, text);
      if (validate(schema, document, rules).length > 0) return undefined;
      sound.set(text, document);
      return document;
    } catch (error) {
      if (error instanceof GraphQLError) return undefined;
      throw error;
    }
  };
  return (text, operationName) => {
    const document = find(text);
    return document && getOperationAST(document, operationName)?.operation === 'query' ? document : undefined;
  };
}
