import type { Views } from '../charts/views.js';
import type { ListState } from '../page-state.js';
import type { Card } from '../queries/card.js';
import type { ChangesData } from '../queries/changes.js';
import { ChangesSince } from '../time-travel/changes-since.js';
import type { CardMark } from './development-card.js';
import { DevelopmentList } from './development-list.js';
import type { Longer } from './use-more.js';
import { hasYears } from './years.js';

interface ResultsProps {
  readonly state: ListState;
  readonly cards: readonly Card[];
  readonly marks: ReadonlyMap<string, CardMark>;
  readonly changes: ChangesData | undefined;
  readonly land: string;
  readonly views: Views;
  /** Undefined for a list of one page. */
  readonly longer: Longer | undefined;
}

/** The developments in the view that the address asks for. */
export function Results({ state, cards, marks, changes, land, views, longer }: ResultsProps) {
  const { Timeline, PlaceMap } = views;
  const { order, asOf } = state.selection;
  if (changes) return <ChangesSince data={changes} />;
  if (cards.length === 0) {
    return <p className="empty">Nothing in the record matches. Remove a condition of the filter.</p>;
  }
  if (Timeline) return <Timeline cards={cards} asOf={asOf} />;
  if (PlaceMap) return <PlaceMap cards={cards} asOf={asOf} land={land} />;
  const list = { cards, order, asOf, marks };
  return (
    <>
      {!hasYears(order) && <h2 className="unseen">Developments</h2>}
      {longer ? <longer.LongList {...list} {...longer} /> : <DevelopmentList {...list} />}
    </>
  );
}
