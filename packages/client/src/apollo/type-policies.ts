import type { FieldPolicy, TypePolicies } from '@apollo/client/cache';
import { connections, embeddedLists, queryConnections } from '../generated/cache-facts.js';

interface Page {
  readonly edges?: readonly unknown[];
  readonly nodes?: readonly unknown[];
  readonly pageInfo?: { readonly endCursor?: string | null; readonly startCursor?: string | null };
}

/**
 * Returns the policy of a paged list: `fetchMore` with `after` appends, with `before` prepends, and a request without
 * either replaces the list.
 */
function paging(keyArgs: string[]): FieldPolicy<Page> {
  return {
    keyArgs: keyArgs.length > 0 && keyArgs,
    merge: (existing, incoming, { args }) => {
      const held = existing?.pageInfo;
      if (existing && args?.['after'] && args['after'] === held?.endCursor)
        return joined(existing, incoming, 'end');
      if (existing && args?.['before'] && args['before'] === held?.startCursor) {
        return joined(incoming, existing, 'start');
      }
      return incoming;
    },
  };
}

/** Joins two pages. The page at the `grown` side of the list is the newer one. */
function joined(left: Page, right: Page, grown: 'start' | 'end'): Page {
  const [older, newer] = grown === 'end' ? [left, right] : [right, left];
  const { startCursor, hasPreviousPage } = (left.pageInfo ?? {}) as Record<string, unknown>;
  const { endCursor, hasNextPage } = (right.pageInfo ?? {}) as Record<string, unknown>;
  return {
    ...older,
    ...newer,
    ...(left.edges && right.edges && { edges: [...left.edges, ...right.edges] }),
    ...(left.nodes && right.nodes && { nodes: [...left.nodes, ...right.nodes] }),
    pageInfo: {
      ...newer.pageInfo,
      startCursor,
      hasPreviousPage,
      endCursor,
      hasNextPage,
    } as Page['pageInfo'] & object,
  };
}

/** Keeps the fields of an equal date that another query has selected. Another date replaces it. */
const fuzzyDate = {
  merge: (
    existing: { edtf?: string } | undefined,
    incoming: { edtf?: string },
    { mergeObjects }: { mergeObjects: (existing: object, incoming: object) => object },
  ) => (existing && existing.edtf === incoming.edtf ? mergeObjects(existing, incoming) : incoming),
};

const pagedLists: typeof connections = { ...connections, Query: queryConnections };

function fieldsOf(typename: string): Record<string, FieldPolicy> {
  return Object.fromEntries([
    ...(embeddedLists[typename] ?? []).map((field) => [field, { merge: false } satisfies FieldPolicy]),
    ...Object.entries(pagedLists[typename] ?? {}).map(([field, keyArgs]) => [field, paging(keyArgs)]),
  ]);
}

/** The type policies of the cache: `new InMemoryCache({ possibleTypes, typePolicies })`. */
export const typePolicies: TypePolicies = {
  ...Object.fromEntries(
    [...new Set([...Object.keys(pagedLists), ...Object.keys(embeddedLists)])].map((typename) => [
      typename,
      { fields: fieldsOf(typename) },
    ]),
  ),
  FuzzyDate: fuzzyDate as TypePolicies[string],
  // Each item of the feed replaces the one before.
  Subscription: { fields: { feed: { keyArgs: false, merge: false } } },
};
