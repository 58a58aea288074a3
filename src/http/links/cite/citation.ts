import { writeAsOf } from '../../../parameters/points.js';
import type { Selection } from '../../../parameters/selection.js';

/** The query of a citation. */
export const CITED = /* GraphQL */ `
  query Cited($slug: String!, $asOf: AsOf) {
    development(slug: $slug, asOf: $asOf) {
      slug headline summary status revision changedAt
      occurred { edtf }
      retraction { reason }
    }
  }
`;

export interface CitedDevelopment {
  readonly slug: string;
  readonly headline: string;
  readonly summary: string;
  readonly status: string;
  readonly revision: number;
  readonly changedAt: string;
  readonly occurred: { readonly edtf: string };
  readonly retraction: { readonly reason: string } | null;
}

/** A development at a revision, as others cite it. */
export interface Citation {
  readonly key: string;
  readonly title: string;
  readonly abstract: string;
  /** The permalink of the revision. */
  readonly url: string;
  /** The day of the revision. */
  readonly issued: string;
  /** The day of access. */
  readonly accessed: string;
  readonly revision: number;
  readonly note: string;
}

/** The name that citations give as author and as container. */
export const PUBLISHER = 'Doctrine Wire';

/** @param today The day of access, in UTC. */
export function citationOf(
  { slug, headline, summary, revision, changedAt, occurred, retraction }: CitedDevelopment,
  asOf: Selection['asOf'],
  site: string,
  today: string,
): Citation {
  const point = writeAsOf(asOf ?? { revision: { slug, number: revision } });
  const retracted = retraction ? [`Retracted: ${retraction.reason}`] : [];
  return {
    key: `${slug}-r${revision}`,
    title: headline,
    abstract: summary,
    url: `${site}/d/${slug}?asOf=${point}`,
    issued: changedAt.slice(0, 10),
    accessed: today,
    revision,
    note: [`Revision ${revision}`, `occurred ${occurred.edtf}`, ...retracted].join('; '),
  };
}
