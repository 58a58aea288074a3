import { useEffect, useRef, useState } from 'react';
import { counted } from '../../wire/words.js';
import { INBOX_SUBJECT, useLiveReload } from '../live/use-live-reload.js';
import { FEEDS, FEEDS_OPML, type WatchedFeed } from '../queries/feeds.js';
import { KeyHelp } from '../queue/key-help.js';
import { useListKeys } from '../queue/use-list-keys.js';
import { ActDialog } from '../review/acts/act-dialog.js';
import { useDesk } from '../session/session-context.js';
import { DeskLink, navigate } from '../shell/navigation.js';
import { PageTitle } from '../shell/page-title.js';
import { useAct } from '../shell/use-act.js';
import { useQuery } from '../shell/use-query.js';
import { NEW_FEED } from './feed-page.js';
import { healthOf } from './health.js';
import { ImportOpml } from './import-opml.js';

/** How often the list is loaded again, in milliseconds: failures of feeds are not in the log of the desk. */
const RELOAD = 30_000;

const KEYS: readonly (readonly [string, string])[] = [
  ['j', 'The next feed'],
  ['k', 'The previous feed'],
  ['Enter', 'Change its rules'],
  ['p', 'Pause or resume it'],
  ['d', 'Stop watching it'],
  ['n', 'Watch another feed'],
  ['o', 'Import an OPML file'],
  ['?', 'Show or hide these keys'],
];

const nameOf = ({ title, url }: Pick<WatchedFeed, 'title' | 'url'>) => title ?? url;

/** The watched feeds with their rules and their health, for the keyboard first. */
export function FeedsPage() {
  const { client } = useDesk();
  const { data, problem, reload } = useQuery(FEEDS, {});
  useLiveReload(reload, INBOX_SUBJECT);
  useEffect(() => {
    const timer = setInterval(reload, RELOAD);
    return () => clearInterval(timer);
  }, [reload]);
  const { send, problem: refusal } = useAct();
  const [unsaved, setUnsaved] = useState<string>();
  const [said, setSaid] = useState('');
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const [removing, setRemoving] = useState<WatchedFeed>();
  const list = useRef<HTMLUListElement>(null);
  const feeds = data?.watchedFeeds ?? [];
  const pause = async (feed: WatchedFeed) => {
    const isPaused = !feed.paused;
    if (!(await send('updateWatchedFeed', { feed: feed.key, paused: isPaused }))) return;
    setSaid(`${isPaused ? 'Paused' : 'Watched again'}: ${nameOf(feed)}`);
    reload();
  };
  const remove = async (feed: WatchedFeed) => {
    setRemoving(undefined);
    if (!(await send('unwatchFeed', { feed: feed.key }))) return;
    setSaid(`Stopped watching: ${nameOf(feed)}`);
    reload();
  };
  const save = async () => {
    const answer = await client.query(FEEDS_OPML, {}).toPromise();
    const opml = answer.data?.watchedFeedsOpml;
    setUnsaved(opml ? undefined : (answer.error?.message ?? 'The server did not answer.'));
    if (!opml) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([opml], { type: 'text/x-opml' }));
    link.download = 'feeds.opml';
    link.click();
    URL.revokeObjectURL(link.href);
  };
  useListKeys(list, (key, at) => {
    const here = feeds[at];
    switch (key) {
      case 'n':
        navigate({ page: 'feeds', key: NEW_FEED });
        return true;
      case 'o':
        setImporting(true);
        return true;
      case 'p':
        if (here) void pause(here);
        return here !== undefined;
      case 'd':
        setRemoving(here);
        return here !== undefined;
      case '?':
        setHelpOpen(true);
        return true;
      default:
        return false;
    }
  });
  return (
    <>
      <PageTitle
        beside={
          <button type="button" className="quiet" onClick={() => setHelpOpen(true)}>
            Keys <kbd>?</kbd>
          </button>
        }
      >
        Watched feeds
      </PageTitle>
      <div className="actions">
        <button type="button" onClick={() => navigate({ page: 'feeds', key: NEW_FEED })}>
          Watch a feed
        </button>
        <button type="button" className="second" onClick={() => setImporting(true)}>
          Import OPML
        </button>
        {feeds.length > 0 && (
          <button type="button" className="second" onClick={() => void save()}>
            Save as OPML
          </button>
        )}
      </div>
      <p role="status" className="said">
        {said || (data ? found(feeds.length) : 'Loading…')}
      </p>
      {(problem ?? refusal ?? unsaved) && (
        <p className="refusal" role="alert">
          {problem ?? refusal ?? unsaved}
        </p>
      )}
      <ul className="lines feeds" ref={list} aria-label="Watched feeds">
        {feeds.map((feed) => (
          <FeedLine
            key={feed.key}
            feed={feed}
            onPause={() => void pause(feed)}
            onRemove={() => setRemoving(feed)}
          />
        ))}
      </ul>
      {isHelpOpen && <KeyHelp keys={KEYS} onClose={() => setHelpOpen(false)} />}
      {isImporting && (
        <ImportOpml
          onDone={(words) => {
            setImporting(false);
            if (words === undefined) return;
            setSaid(words);
            reload();
          }}
        />
      )}
      {removing && (
        <ActDialog
          title={`Stop watching ${nameOf(removing)}`}
          does="Stop watching"
          problem={undefined}
          onSubmit={() => void remove(removing)}
          onCancel={() => setRemoving(undefined)}
        >
          <p>Its articles stay in the inbox.</p>
        </ActDialog>
      )}
    </>
  );
}

const found = (count: number): string =>
  count === 0 ? 'No feed is watched.' : `${counted(count, 'feed')}, in the order in which they were added.`;

interface FeedLineProps {
  readonly feed: WatchedFeed;
  onPause(): void;
  onRemove(): void;
}

function FeedLine({ feed, onPause, onRemove }: FeedLineProps) {
  const { key, url, include, exclude, language, topics, source, interval, paused, warning } = feed;
  const { state, facts } = healthOf(feed);
  const rules = [
    include && `only: ${include}`,
    exclude && `without: ${exclude}`,
    language && `language ${language}`,
    topics.length > 0 && `topics: ${topics.map(({ name }) => name).join(', ')}`,
    source && `source: ${source.title}, grade ${source.reliability}`,
    `every ${counted(interval, 'minute')}`,
  ];
  const name = nameOf(feed);
  return (
    <li>
      <div className="feed">
        <DeskLink to={{ page: 'feeds', key }} className="draft">
          <bdi>{name}</bdi>
        </DeskLink>
        <p className={state === 'Failing' ? 'problem' : 'small'}>
          {state}
          {state === 'Failing' && `. ${facts[0]}`}
        </p>
        <p className="small">{(state === 'Failing' ? facts.slice(1) : facts).join(' · ')}</p>
        {warning && <p className="problem">{warning}</p>}
        <p className="small">{rules.filter(Boolean).join(' · ')}</p>
        {name !== url && <p className="small address">{url}</p>}
      </div>
      <div className="actions">
        <DeskLink to={{ page: 'inbox', state: 'UNREAD', feed: key }}>
          Articles<span className="unseen"> of {name}</span>
        </DeskLink>
        <button type="button" className="second" onClick={onPause}>
          {paused ? 'Resume' : 'Pause'}
          <span className="unseen"> {name}</span>
        </button>
        <button type="button" className="second" onClick={onRemove}>
          Remove<span className="unseen"> {name}</span>
        </button>
      </div>
    </li>
  );
}
