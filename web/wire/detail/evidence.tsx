import type { AsOfInput } from '../../../src/parameters/filter-input.js';
import { linkToReference } from '../links.js';
import { FuzzyDate } from '../list/fuzzy-date.js';
import { Grade } from '../list/grade.js';
import { Quotation } from '../list/quotation.js';
import type { Detail } from '../queries/development.js';
import { safeUrl } from '../safe-url.js';
import { Section } from './section.js';

interface EvidenceProps {
  readonly detail: Detail;
  readonly asOf: AsOfInput | undefined;
}

/** The sources, with their grades in words. */
export function Evidence({ detail, asOf }: EvidenceProps) {
  return (
    <Section id="evidence" title="Evidence">
      <ol className="citations">
        {detail.citations.map(({ key, stance, credibility, excerpt, language, locator, source }) => {
          const url = safeUrl(source.url);
          return (
            <li key={key}>
              <p>
                <a href={linkToReference('source', source.slug, asOf)}>
                  <bdi>{source.title}</bdi>
                </a>
                {source.publisher && `, ${source.publisher}`}
                {source.published && (
                  <>
                    , <FuzzyDate date={source.published} />
                  </>
                )}
                {locator && `, ${locator}`}
                {url && (
                  <>
                    {' ('}
                    <a href={url} rel="external nofollow noreferrer">
                      original at {new URL(url).hostname}
                    </a>
                    {')'}
                  </>
                )}
              </p>
              <p className="small">
                {stance === 'DISPUTES' && <strong>Disputes this. </strong>}
                <Grade reliability={source.reliability} credibility={credibility} />
              </p>
              {excerpt && <Quotation text={excerpt} language={language} />}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
