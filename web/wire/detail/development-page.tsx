import { AsOfBanner } from '../layout/as-of-banner.js';
import { PageFrame } from '../layout/page-frame.js';
import { FuzzyDate } from '../list/fuzzy-date.js';
import type { PageState } from '../page-state.js';
import type { Detail } from '../queries/development.js';
import { CONFIDENCE, kindOf } from '../words.js';
import { Circumstances } from './circumstances.js';
import { Disputes } from './disputes.js';
import { Evidence } from './evidence.js';
import { Neighbours } from './neighbours.js';
import { Revisions } from './revisions.js';
import { TakeAway } from './take-away.js';
import { Tombstone } from './tombstone.js';
import { Words } from './words.js';

interface DevelopmentPageProps {
  readonly state: Extract<PageState, { page: 'development' }>;
  readonly detail: Detail;
  readonly hasGraphiQL: boolean;
}

/** One development, with all that the record knows about it. */
export function DevelopmentPage({ state, detail, hasGraphiQL }: DevelopmentPageProps) {
  const { asOf } = state;
  const isRetracted = detail.status === 'RETRACTED';
  return (
    <PageFrame path={state.path} hasGraphiQL={hasGraphiQL}>
      {asOf && <AsOfBanner asOf={asOf} path={state.path} />}
      <article className="detail">
        <header>
          <p className="kicker">{kindOf(detail)}</p>
          <h1>
            <bdi>{isRetracted ? <s>{detail.headline}</s> : detail.headline}</bdi>
          </h1>
          <p className="when">
            <FuzzyDate date={detail.occurred} />
          </p>
        </header>
        {isRetracted ? (
          <Tombstone detail={detail} />
        ) : (
          <>
            <div className="body">
              <p className="lead">
                <bdi>{detail.summary}</bdi>
              </p>
              <Words detail={detail} />
              <p className={`confidence ${detail.confidence.toLowerCase()}`}>
                {CONFIDENCE[detail.confidence]}
                {detail.confidenceReason && `: ${detail.confidenceReason}`}
              </p>
            </div>
            <Disputes detail={detail} asOf={asOf} />
            <Circumstances detail={detail} asOf={asOf} />
            <Evidence detail={detail} asOf={asOf} />
            <Neighbours detail={detail} asOf={asOf} />
          </>
        )}
        <Revisions detail={detail} />
        <TakeAway detail={detail} state={state} hasGraphiQL={hasGraphiQL} />
      </article>
    </PageFrame>
  );
}
