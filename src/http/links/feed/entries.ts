/** The query of a page of a feed. */
export const ENTRIES = /* GraphQL */ `
  query FeedPage(
    $filter: DevelopmentFilter, $orderBy: DevelopmentOrder, $asOf: AsOf
    $first: Int, $after: Cursor, $last: Int, $before: Cursor
  ) {
    developments(
      filter: $filter, orderBy: $orderBy, asOf: $asOf
      first: $first, after: $after, last: $last, before: $before
    ) {
      nodes {
        id slug kind headline summary status revision confidence disputed publishedAt recordedAt changedAt
        occurred { edtf text }
        topics { slug name }
        retraction { reason recordedAt successor { slug } }
        ... on Statement { quotation translation originalLanguage }
      }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`;

/** A development, as the query selects it. */
export interface Entry {
  readonly id: string;
  readonly slug: string;
  readonly kind: string;
  readonly headline: string;
  readonly summary: string;
  readonly status: string;
  readonly revision: number;
  readonly confidence: string;
  readonly disputed: boolean;
  readonly publishedAt: string | null;
  readonly recordedAt: string;
  readonly changedAt: string;
  readonly occurred: { readonly edtf: string; readonly text: string };
  readonly topics: readonly { readonly slug: string; readonly name: string }[];
  readonly retraction: {
    readonly reason: string;
    readonly recordedAt: string;
    readonly successor: { readonly slug: string } | null;
  } | null;
  readonly quotation?: string | null;
  readonly translation?: string | null;
  readonly originalLanguage?: string | null;
}

export interface EntryPage {
  readonly developments: {
    readonly nodes: readonly Entry[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string | null;
      readonly endCursor: string | null;
    };
  };
}
