/** The query of a page of a download. */
export const ROWS = /* GraphQL */ `
  query ExportPage($filter: DevelopmentFilter, $orderBy: DevelopmentOrder, $asOf: AsOf, $first: Int, $after: Cursor) {
    developments(filter: $filter, orderBy: $orderBy, asOf: $asOf, first: $first, after: $after) {
      nodes {
        id slug kind headline summary status revision confidence disputed recordedAt publishedAt changedAt
        occurred { edtf earliest latest precision isApproximate isUncertain }
        participants { role capacity actor { slug name countryCode } }
        topics { slug }
        treaties { slug }
        weaponSystems { slug }
        doctrines { slug }
        citations { stance credibility locator source { slug title publisher reliability url } }
        retraction { reason recordedAt }
        ... on Event { type places { name countryCode latitude longitude precision } quantities { name unit low best high } }
        ... on Statement { quotation translation originalLanguage attribution }
        ... on DoctrineChange { changeType before after doctrine { slug } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

/** The point to which a download shows the record. */
export const HEAD = '{ feedHead }';

interface Named {
  readonly slug: string;
}

export interface Place {
  readonly name: string;
  readonly countryCode: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly precision: string;
}

/** A development, as the query selects it. */
export interface Row extends Named {
  readonly id: string;
  readonly kind: string;
  readonly headline: string;
  readonly summary: string;
  readonly status: string;
  readonly revision: number;
  readonly confidence: string;
  readonly disputed: boolean;
  readonly recordedAt: string;
  readonly publishedAt: string | null;
  readonly changedAt: string;
  readonly occurred: {
    readonly edtf: string;
    readonly earliest: string | null;
    readonly latest: string | null;
    readonly precision: string;
  };
  readonly participants: readonly {
    readonly role: string;
    readonly actor: Named & { readonly countryCode: string | null };
  }[];
  readonly topics: readonly Named[];
  readonly treaties: readonly Named[];
  readonly weaponSystems: readonly Named[];
  readonly doctrines: readonly Named[];
  readonly citations: readonly { readonly source: Named }[];
  readonly retraction: { readonly reason: string } | null;
  readonly type?: string;
  readonly places?: readonly Place[];
  readonly quotation?: string | null;
  readonly translation?: string | null;
  readonly originalLanguage?: string | null;
  readonly attribution?: string | null;
  readonly changeType?: string;
  readonly before?: string | null;
  readonly after?: string | null;
  readonly doctrine?: Named;
}

export interface RowPage {
  readonly developments: {
    readonly nodes: readonly Row[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}
