import type { Connection } from '../connection.js';
import { AsOfBanner } from '../layout/as-of-banner.js';
import { PageFrame } from '../layout/page-frame.js';
import { FuzzyDate } from '../list/fuzzy-date.js';
import { LiveStatus } from '../live/live-status.js';
import { isGone, useLiveDevelopment } from '../live/use-live-development.js';
import type { DevelopmentState } from '../page-state.js';
import type { DevelopmentData } from '../queries/development.js';
import { CONFIDENCE, kindOf } from '../words.js';
import { Chain } from './chain.js';
import { Circumstances } from './circumstances.js';
import { DirectLinks } from './direct-links.js';
import { Disputes } from './disputes.js';
import { ErasedPage } from './erased-page.js';
import { Evidence } from './evidence.js';
import { LiveChange } from './live-change.js';
import { Neighbours } from './neighbours.js';
import { Revisions } from './revisions.js';
import { TakeAway } from './take-away.js';
import { Tombstone } from './tombstone.js';
import { Words } from './words.js';

interface DevelopmentPageProps {
  readonly state: DevelopmentState;
  readonly data: DevelopmentData;
  /** Undefined on the server. */
  readonly connection: Connection | undefined;
}

/** One development, with all that the record knows about it. */
export function DevelopmentPage({ state, data: initial, connection }: DevelopmentPageProps) {
  const { asOf } = state;
  const { data, change, isLive } = useLiveDevelopment(connection?.client, state, initial);
  const { development: detail, chain } = data;
  if (!detail) return null; // The server has answered 404.
  if (isGone(change)) return <ErasedPage path={state.path} kind="development" ground={change.ground} />;
  const isRetracted = detail.status === 'RETRACTED';
  return (
    <PageFrame path={state.path} status={isLive && <LiveStatus status={connection?.status} />}>
      {asOf && <AsOfBanner asOf={asOf} path={state.path} />}
      <article className="detail">
        <header>
          <LiveChange change={change} />
          <p className="kicker">{kindOf(detail)}</p>
          <h1>
            <bdi>{isRetracted ? <s>{detail.headline}</s> : detail.headline}</bdi>
          </h1>
          <p className="when">
            <FuzzyDate date={detail.occurred} />{' '}
            <span className="edtf">
              EDTF <code>{detail.occurred.edtf}</code>
            </span>
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
            <DirectLinks detail={detail} asOf={asOf} />
            {chain && <Chain chain={chain} start={detail.slug} asOf={asOf} />}
            <Neighbours detail={detail} asOf={asOf} />
          </>
        )}
        <Revisions detail={detail} />
        <TakeAway detail={detail} state={state} />
      </article>
    </PageFrame>
  );
}
