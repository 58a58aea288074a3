import { useRef, useState } from 'react';
import { counted } from '../../wire/words.js';
import { SelectField } from '../form/fields/select-field.js';
import { TextField } from '../form/fields/text-field.js';
import { INBOX_SUBJECT, useLiveReload } from '../live/use-live-reload.js';
import { FEED_NAMES } from '../queries/feeds.js';
import { INBOX, INBOX_MATCHES, type InboxLine } from '../queries/inbox.js';
import { KeyHelp } from '../queue/key-help.js';
import { useKeys } from '../queue/use-keys.js';
import { ActDialog } from '../review/acts/act-dialog.js';
import { DeskLink, navigate } from '../shell/navigation.js';
import { PageTitle } from '../shell/page-title.js';
import { useAct } from '../shell/use-act.js';
import { useQuery } from '../shell/use-query.js';
import { INBOX_STATES, type InboxListState, LIST_KEYS } from './states.js';

const DAY = 86_400_000;

interface InboxPageProps {
  readonly state: InboxListState;
  /** The key of a watched feed. Empty: all. */
  readonly feed: string;
}

/** Articles that wait for an editor, by state and feed, live, for the keyboard first. */
export function InboxPage({ state, feed }: InboxPageProps) {
  const [after, setAfter] = useState<string | null>(null);
  const variables = { state: [state], feed: feed || null, after };
  const { data, problem, reload } = useQuery(INBOX, variables);
  const matches = useQuery(INBOX_MATCHES, variables);
  const reloadBoth = () => {
    reload();
    matches.reload();
  };
  useLiveReload(reload, INBOX_SUBJECT);
  const feeds = useQuery(FEED_NAMES, {}).data?.watchedFeeds ?? [];
  const { send, problem: refusal } = useAct();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState('');
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [dismissing, setDismissing] = useState<readonly string[]>();
  const list = useRef<HTMLOListElement>(null);
  const items = data?.inboxItems?.nodes ?? [];
  const counts = new Map(data?.inboxCounts?.map((one) => [one.state, one.count]));
  const suggested = new Map(matches.data?.inboxItems?.nodes.map((one) => [one.id, one.suggestions]));

  const links = () => [...(list.current?.querySelectorAll<HTMLElement>('a.draft') ?? [])];
  const focused = () =>
    links().findIndex((link) => link.closest('li')?.contains(document.activeElement) ?? false);
  const move = (by: number) => {
    const all = links();
    const at = focused();
    all[at === -1 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
    return true;
  };
  const toggle = (id: string) =>
    setSelected((old) => new Set(old.has(id) ? [...old].filter((one) => one !== id) : [...old, id]));
  /** The selected articles that are listed, or else the focused one. */
  const chosen = (): readonly string[] => {
    const listed = items.filter(({ id }) => selected.has(id)).map(({ id }) => id);
    const here = items[focused()]?.id;
    return listed.length > 0 ? listed : here === undefined ? [] : [here];
  };
  const act = async (mutation: string, input: object, ids: readonly string[], done: string) => {
    if (!(await send(mutation, { items: ids, ...input }))) return;
    setSaid(`${done}: ${counted(ids.length, 'article')}`);
    setSelected(new Set());
    reloadBoth();
  };
  const snooze = (until: Date | null, done: string) => {
    const ids = chosen();
    if (ids.length > 0) void act('snoozeInboxItems', { until: until?.toISOString() ?? null }, ids, done);
    return ids.length > 0;
  };
  const dismiss = () => {
    const ids = chosen();
    if (ids.length > 0) setDismissing(ids);
    return ids.length > 0;
  };
  const putOff = () => snooze(new Date(Date.now() + DAY), 'Put off until tomorrow');
  const restore = () => snooze(null, 'Unread again');
  useKeys((key) => {
    switch (key) {
      case 'j':
        return move(1);
      case 'k':
        return move(-1);
      case 'x': {
        const here = items[focused()];
        if (here) toggle(here.id);
        return here !== undefined;
      }
      case 'd':
        return dismiss();
      case 'z':
        return putOff();
      case 'u':
        return restore();
      case 'n':
        navigate({ page: 'add-article' });
        return true;
      case '?':
        setHelpOpen(true);
        return true;
      default:
        return false;
    }
  });
  const isNothingChosen = selected.size === 0;
  return (
    <>
      <PageTitle
        beside={
          <button type="button" className="quiet" onClick={() => setHelpOpen(true)}>
            Keys <kbd>?</kbd>
          </button>
        }
      >
        Inbox
      </PageTitle>
      <nav className="tabs" aria-label="States">
        {(Object.keys(INBOX_STATES) as InboxListState[]).map((of) => (
          <DeskLink key={of} to={{ page: 'inbox', state: of, feed }} isCurrent={of === state}>
            {INBOX_STATES[of]} <span className="count">{counts.get(of) ?? '…'}</span>
          </DeskLink>
        ))}
      </nav>
      <p>
        <DeskLink to={{ page: 'add-article' }}>Add an article</DeskLink>
      </p>
      {(feeds.length > 0 || feed) && (
        <SelectField
          path="inbox-feed"
          label="Feed"
          none="All feeds and articles"
          value={feed}
          options={Object.fromEntries(feeds.map(({ key, title, url }) => [key, title ?? url]))}
          onChange={(key) => navigate({ page: 'inbox', state, feed: key })}
        />
      )}
      <div className="actions">
        <button type="button" className="second" aria-disabled={isNothingChosen} onClick={dismiss}>
          Dismiss selected
        </button>
        <button type="button" className="second" aria-disabled={isNothingChosen} onClick={putOff}>
          Put off until tomorrow
        </button>
        <button type="button" className="second" aria-disabled={isNothingChosen} onClick={restore}>
          Make unread
        </button>
      </div>
      <p role="status" className="said">
        {said}
      </p>
      {(problem ?? refusal) && (
        <p className="refusal" role="alert">
          {problem ?? refusal}
        </p>
      )}
      {data && items.length === 0 && <p>Nothing is here.</p>}
      <ol className="lines inbox" ref={list} aria-label={INBOX_STATES[state]}>
        {items.map((item) => (
          <ArticleLine
            key={item.id}
            item={item}
            suggestions={suggested.get(item.id)}
            isSelected={selected.has(item.id)}
            onToggle={() => toggle(item.id)}
          />
        ))}
      </ol>
      {data?.inboxItems?.pageInfo.hasNextPage && (
        <button
          type="button"
          className="second"
          onClick={() => setAfter(data.inboxItems?.pageInfo.endCursor ?? null)}
        >
          Next page
        </button>
      )}
      {isHelpOpen && <KeyHelp keys={LIST_KEYS} onClose={() => setHelpOpen(false)} />}
      {dismissing && (
        <Dismiss
          count={dismissing.length}
          onDone={(reason) => {
            setDismissing(undefined);
            if (reason === undefined) return;
            void act('dismissInboxItems', { reason: reason.trim() || null }, dismissing, 'Dismissed');
          }}
        />
      )}
    </>
  );
}

interface DismissProps {
  readonly count: number;
  /** @param reason Undefined if the editor went back. */
  onDone(reason: string | undefined): void;
}

function Dismiss({ count, onDone }: DismissProps) {
  const [reason, setReason] = useState('');
  return (
    <ActDialog
      title={`Dismiss ${counted(count, 'article')}`}
      does="Dismiss"
      problem={undefined}
      onSubmit={() => onDone(reason)}
      onCancel={() => onDone(undefined)}
    >
      <TextField path="dismiss-reason" label="Reason" value={reason} onChange={setReason} />
    </ActDialog>
  );
}

interface ArticleLineProps {
  readonly item: InboxLine;
  readonly suggestions:
    | readonly {
        readonly use: object | null;
        readonly match: { development: { headline: string } | null } | null;
      }[]
    | undefined;
  readonly isSelected: boolean;
  onToggle(): void;
}

function ArticleLine({ item, suggestions, isSelected, onToggle }: ArticleLineProps) {
  const { id, title, url, feed, language, publishedAt, receivedAt, snoozedUntil, reason, changedBy } = item;
  const when = (instant: string) => new Date(instant).toLocaleDateString('en-GB', { dateStyle: 'medium' });
  const open = suggestions?.filter(({ use }) => use === null);
  const [first, ...more] = [
    ...new Set(open?.flatMap(({ match }) => match?.development?.headline ?? []) ?? []),
  ];
  const facts = [
    ...[
      feed && (feed.title ?? feed.url),
      url && new URL(url).hostname,
      language,
      publishedAt ? `published ${when(publishedAt)}` : `arrived ${when(receivedAt)}`,
    ],
    snoozedUntil && `until ${new Date(snoozedUntil).toLocaleString('en-GB')}`,
    reason && `reason: ${reason}`,
    changedBy && `by ${changedBy}`,
    open && counted(open.length, 'suggestion'),
  ];
  return (
    <li>
      <label className="check">
        <input type="checkbox" checked={isSelected} onChange={onToggle} aria-label={`Select: ${title}`} />
      </label>
      <span>
        <DeskLink to={{ page: 'article', id, key: '' }} className="draft">
          <bdi>{title}</bdi>
        </DeskLink>
        <span className="small">{facts.filter(Boolean).join(' · ')}</span>
        {first !== undefined && (
          <span className="small looks-like">
            Looks like: <bdi>{first}</bdi>
            {more.length > 0 && ` and ${counted(more.length, 'other')}`}
          </span>
        )}
      </span>
    </li>
  );
}
