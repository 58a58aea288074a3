import { PageFrame } from '../layout/page-frame.js';
import { FuzzyDate } from '../list/fuzzy-date.js';
import type { PageState } from '../page-state.js';
import type { Detail } from '../queries/development.js';
import { kindOf } from '../words.js';

interface DevelopmentPageProps {
  readonly state: Extract<PageState, { page: 'development' }>;
  readonly detail: Detail;
  readonly hasGraphiQL: boolean;
}

/** One development, with all that the record knows about it. */
export function DevelopmentPage({ state, detail, hasGraphiQL }: DevelopmentPageProps) {
  return (
    <PageFrame path={state.path} hasGraphiQL={hasGraphiQL}>
      <article className="detail">
        <header>
          <p className="kicker">{kindOf(detail)}</p>
          <h1>
            <bdi>{detail.headline}</bdi>
          </h1>
          <p className="when">
            <FuzzyDate date={detail.occurred} />
          </p>
        </header>
        <p className="lead">
          <bdi>{detail.summary}</bdi>
        </p>
      </article>
    </PageFrame>
  );
}
