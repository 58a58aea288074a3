import { formatSelection } from '../../../src/parameters/selection.js';
import type { Connection } from '../connection.js';
import type { CardMark } from '../list/development-card.js';
import { LiveStatus } from '../live/live-status.js';
import { useAnnouncement } from '../live/use-announcement.js';
import type { EmbedState } from '../page-state.js';
import type { EmbedCard, EmbedData } from '../queries/embed.js';
import { counted } from '../words.js';
import { EmbedItem } from './embed-item.js';
import { useLiveEmbed } from './use-live-embed.js';

interface EmbedPageProps {
  readonly state: EmbedState;
  readonly data: EmbedData;
  /** Undefined on the server. */
  readonly connection: Connection | undefined;
}

/** A small live list for a frame in another site's page. Its links open in the whole window. */
export function EmbedPage({ state, data: initial, connection }: EmbedPageProps) {
  const { data, cards, marks } = useLiveEmbed(connection?.client, state, initial);
  const { filter, order, asOf } = state.selection;
  const query = formatSelection({ filter, ...(order && { order }), ...(asOf && { asOf }) });
  const whole = query ? `/?${query}` : '/';
  const { totalCount = 0, totalCountIsExact = true } = data.developments ?? {};
  return (
    <>
      <header>
        <h1>
          <a href={whole} target="_top">
            Doctrine Wire
          </a>
        </h1>
        {asOf ? <p className="small">As it stood earlier</p> : <LiveStatus status={connection?.status} />}
      </header>
      <main>
        <p className="unseen" role="status">
          {useAnnouncement(latestChange(cards, marks))}
        </p>
        {cards.length === 0 && <p className="empty">Nothing in the record matches yet.</p>}
        <ol>
          {cards.map((card) => (
            <li key={card.id}>
              <EmbedItem card={card} asOf={asOf} mark={marks.get(card.id)} />
            </li>
          ))}
        </ol>
      </main>
      <footer>
        <a href={whole} target="_top">
          {`See ${totalCountIsExact ? '' : 'more than '}${counted(totalCount, 'development')} with their evidence`}
        </a>
      </footer>
    </>
  );
}

const WORDS = { new: 'New', revised: 'Revised', retracted: 'Retracted' } as const;

/** Says what changed last, of the developments that are shown. */
function latestChange(cards: readonly EmbedCard[], marks: ReadonlyMap<string, CardMark>): string {
  const last = [...marks].findLast(([id]) => cards.some((card) => card.id === id));
  const card = last && cards.find(({ id }) => id === last[0]);
  return card ? `${WORDS[last[1].kind]}: ${card.headline}` : '';
}
