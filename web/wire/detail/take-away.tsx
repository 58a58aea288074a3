import { writeAsOf } from '../../../src/parameters/points.js';
import { linkToGraphiQL } from '../links.js';
import type { DevelopmentState } from '../page-state.js';
import { planOf } from '../plan.js';
import { printDocument } from '../print-document.js';
import type { Detail } from '../queries/development.js';
import { useSite } from '../site.js';
import { Section } from './section.js';
import { ShareButton } from './share-button.js';

interface TakeAwayProps {
  readonly detail: Detail;
  readonly state: DevelopmentState;
}

/** Addresses that stay: of the development, of this revision, of its citations. */
export function TakeAway({ detail, state }: TakeAwayProps) {
  const { hasGraphiQL } = useSite();
  const { slug, revision } = detail;
  const point = writeAsOf(state.asOf ?? { revision: { slug, number: revision } });
  const plan = planOf(state)['development'];
  return (
    <Section id="take-away" title="Link, cite, query">
      <ul className="actions">
        <li>
          <a href={`/d/${slug}`}>Permalink</a> <ShareButton path={`/d/${slug}`} title={detail.headline} />
        </li>
        <li>
          <a href={`/d/${slug}?asOf=${point}`}>Permalink to this revision</a>
        </li>
        <li>
          <a href={`/d/${slug}/cite.bib?asOf=${point}`}>Cite as BibTeX</a>
        </li>
        <li>
          <a href={`/d/${slug}/cite.json?asOf=${point}`}>Cite as CSL-JSON</a>
        </li>
        {hasGraphiQL && plan && (
          <li>
            <a href={linkToGraphiQL(printDocument(plan.document), plan.variables)}>
              Open this query in GraphiQL
            </a>
          </li>
        )}
      </ul>
    </Section>
  );
}
