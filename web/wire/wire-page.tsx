import { Histogram } from './charts/histogram.js';
import type { Views } from './charts/views.js';
import type { Connection } from './connection.js';
import { ErasedPage } from './detail/erased-page.js';
import { ActiveFilter } from './filter/active-filter.js';
import { Facets } from './filter/facets.js';
import { FilterForm } from './filter/filter-form.js';
import { AsOfBanner } from './layout/as-of-banner.js';
import { PageFrame } from './layout/page-frame.js';
import { ViewTabs } from './layout/view-tabs.js';
import { linkToList } from './links.js';
import { ListTakeAway } from './list/list-take-away.js';
import { Paging } from './list/paging.js';
import { Portion } from './list/portion.js';
import { Results } from './list/results.js';
import { ShowMore } from './list/show-more.js';
import { useMore } from './list/use-more.js';
import { ErasedNote } from './live/erased-note.js';
import { LiveStatus } from './live/live-status.js';
import { useLiveList } from './live/use-live-list.js';
import { WaitingButton } from './live/waiting-button.js';
import type { ListState } from './page-state.js';
import type { ChangesData } from './queries/changes.js';
import type { ReferenceData } from './queries/reference.js';
import type { WireData } from './queries/wire.js';
import { foundIn, ReferenceHeader } from './references/reference-header.js';
import { useLiveReference } from './references/use-live-reference.js';
import { useSite } from './site.js';
import { TimeTravel } from './time-travel/time-travel.js';
import { counted, REFERENCE_WORDS } from './words.js';

interface WirePageProps {
  readonly state: ListState;
  readonly data: WireData;
  /** Undefined on the wire itself. */
  readonly reference: ReferenceData | undefined;
  /** Undefined in other views. */
  readonly changes: ChangesData | undefined;
  readonly views: Views;
  /** Undefined on the server. */
  readonly connection: Connection | undefined;
}

/** The wire: everything in the record, newest first, and the ways to narrow it down. */
export function WirePage({
  state,
  data: initial,
  reference: opened,
  changes,
  views,
  connection,
}: WirePageProps) {
  const { land } = useSite();
  const client = connection?.client;
  const list = useLiveList(client, state, initial);
  const { data, cards, marks, waiting, erased, next, showWaiting, append } = list;
  const { reference, isRevised } = useLiveReference(client, state, opened, data.feedHead);
  const more = useMore(client, state, cards.length, next, append);
  const { developments, developmentFacets, timeline } = data;
  const { asOf } = state.selection;
  const id = opened && foundIn(opened)?.id;
  const ground = id === undefined ? undefined : list.erasedReferences.get(id);
  if (ground !== undefined && state.page === 'reference') {
    return <ErasedPage path={state.path} kind={REFERENCE_WORDS[state.kind]} ground={ground} />;
  }
  return (
    <PageFrame path={state.path} status={asOf ? undefined : <LiveStatus status={connection?.status} />}>
      {asOf && (
        <AsOfBanner asOf={asOf} path={linkToList(state, { selection: { asOf: undefined }, view: 'list' })}>
          <a href={linkToList(state, { view: 'changes' })}>What changed since</a>
        </AsOfBanner>
      )}
      {reference ? (
        <ReferenceHeader {...{ reference, asOf, isRevised }} />
      ) : (
        <h1 className="unseen">The wire</h1>
      )}
      <FilterForm
        state={state}
        actors={developmentFacets?.participant.values.map(({ actor }) => actor) ?? []}
      />
      <TimeTravel state={state} began={data.oldest?.nodes[0]?.publishedAt ?? undefined} />
      <ActiveFilter state={state} />
      {timeline && <Histogram state={state} buckets={timeline} />}
      <ViewTabs state={state}>
        {developments && (
          <>
            {counted(developments.totalCount, 'development')}
            {!developments.totalCountIsExact && ' or more'}
          </>
        )}
      </ViewTabs>
      <div className="columns">
        <section className="results" aria-label="Developments">
          <WaitingButton count={waiting.size} onShow={showWaiting} />
          <ErasedNote erased={erased} />
          {developments && (state.view === 'timeline' || state.view === 'map') && (
            <Portion state={state} shown={cards.length} developments={developments} />
          )}
          <Results {...{ state, cards, marks, changes, land, views }} longer={more.longer} />
          {developments && state.view !== 'changes' && (
            <Paging state={state} pageInfo={developments.pageInfo} next={next}>
              {state.view === 'list' && next !== undefined && <ShowMore more={more} shown={cards.length} />}
            </Paging>
          )}
          <ListTakeAway state={state} />
        </section>
        {developmentFacets && <Facets state={state} facets={developmentFacets} />}
      </div>
    </PageFrame>
  );
}
