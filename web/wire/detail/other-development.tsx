import type { AsOfInput } from '../../../src/parameters/filter-input.js';
import { linkToDevelopment } from '../links.js';
import { FuzzyDate } from '../list/fuzzy-date.js';
import type { FuzzyDate as Day } from '../queries/card.js';

interface OtherProps {
  readonly development: { readonly slug: string; readonly headline: string; readonly occurred: Day };
  readonly asOf: AsOfInput | undefined;
}

/** A link to another development, with its date. */
export function OtherDevelopment({ development: { slug, headline, occurred }, asOf }: OtherProps) {
  return (
    <>
      <a href={linkToDevelopment(slug, asOf)}>
        <bdi>{headline}</bdi>
      </a>{' '}
      <span className="small">
        <FuzzyDate date={occurred} />
      </span>
    </>
  );
}
