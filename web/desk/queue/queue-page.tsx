import { useRef, useState } from 'react';
import { DRAFT_ACTIONS } from '../bulk/actions.js';
import { BulkBar } from '../bulk/bulk-bar.js';
import { slugOf, useSelection } from '../bulk/use-selection.js';
import { useLiveReload } from '../live/use-live-reload.js';
import { type Draft, QUEUE } from '../queries/queue.js';
import { RequestChanges } from '../review/acts/request-changes.js';
import { useDesk } from '../session/session-context.js';
import { DeskLink, navigate } from '../shell/navigation.js';
import { NextPage } from '../shell/next-page.js';
import { PageTitle } from '../shell/page-title.js';
import { useAct } from '../shell/use-act.js';
import { useQuery } from '../shell/use-query.js';
import { DraftLine } from './draft-line.js';
import { KeyHelp } from './key-help.js';
import { SHORTCUTS } from './shortcuts.js';
import { type QueueState, STATES } from './states.js';
import { UnsentForms } from './unsent-forms.js';
import { useListKeys } from './use-list-keys.js';

interface QueuePageProps {
  readonly state: QueueState;
  readonly isMine: boolean;
  /** The cursor of the page before. */
  readonly after: string | undefined;
}

/** What waits for an editor: drafts by state, live, for the keyboard first. */
export function QueuePage({ state, isMine, after }: QueuePageProps) {
  const { viewer } = useDesk();
  const { data, problem, reload } = useQuery(QUEUE, {
    ...{ state: [state], assignee: isMine ? viewer.name : null, after: after ?? null, orderBy: null },
  });
  useLiveReload(reload);
  const { send, problem: refusal } = useAct();
  const [said, setSaid] = useState('');
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [asking, setAsking] = useState<Draft>();
  const selection = useSelection(slugOf);
  const list = useRef<HTMLOListElement>(null);
  const drafts = data?.drafts?.nodes ?? [];
  const counts = new Map(data?.draftCounts?.map((one) => [one.state, one.count]));

  const act = (draft: Draft | undefined, mutation: string, done: string, input: object = {}) => {
    if (!draft) return false;
    const { slug, revision, headline } = draft;
    void send(mutation, { slug, expectedRevision: revision, ...input }).then((isDone) => {
      if (!isDone) return;
      setSaid(`${done}: ${headline}`);
      reload();
    });
    return true;
  };
  useListKeys(list, (key, at) => {
    const draft = drafts[at];
    switch (key) {
      case 'v':
        if (draft) selection.toggle(draft);
        return true;
      case 's':
        return act(draft, 'submitForReview', 'Submitted');
      case 'a':
        return act(draft, 'approve', 'Approved');
      case 'p':
        return act(draft, 'publishDevelopment', 'Published');
      case 'm':
        return act(draft, 'assign', 'Assigned to you', { assignee: viewer.name });
      case 'r':
        setAsking(draft);
        return true;
      case 'e':
        if (draft) navigate({ page: 'edit', slug: draft.slug });
        return true;
      case 'n':
        navigate({ page: 'new', kind: 'statement', form: '' });
        return true;
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
        Queue
      </PageTitle>
      <nav className="tabs" aria-label="States">
        {Object.entries(STATES).map(([of, name]) => (
          <DeskLink
            key={of}
            to={{ page: 'queue', state: of as QueueState, isMine, after: undefined }}
            isCurrent={of === state}
          >
            {name} <span className="count">{counts.get(of as QueueState) ?? '…'}</span>
          </DeskLink>
        ))}
      </nav>
      <p>
        <DeskLink to={{ page: 'queue', state, isMine: !isMine, after: undefined }}>
          {isMine ? 'Show the drafts of everybody' : 'Show only those assigned to me'}
        </DeskLink>
      </p>
      <p role="status" className="said">
        {said}
      </p>
      {(problem ?? refusal) && (
        <p className="refusal" role="alert">
          {problem ?? refusal}
        </p>
      )}
      {state !== 'DISCARDED' && (
        <BulkBar selection={selection} page={drafts} actions={DRAFT_ACTIONS} onChanged={reload} />
      )}
      {data && drafts.length === 0 && <p>Nothing is here.</p>}
      <ol className="lines queue" ref={list} aria-label={STATES[state]}>
        {drafts.map((draft) => (
          <DraftLine key={draft.id} draft={draft} selection={selection} />
        ))}
      </ol>
      <NextPage
        info={data?.drafts?.pageInfo}
        to={(cursor) => ({ page: 'queue', state, isMine, after: cursor })}
      />
      <UnsentForms />
      {isHelpOpen && <KeyHelp keys={SHORTCUTS} onClose={() => setHelpOpen(false)} />}
      {asking && (
        <RequestChanges
          slug={asking.slug}
          revision={asking.revision}
          headline={asking.headline}
          onDone={(isDone) => {
            setAsking(undefined);
            if (isDone) setSaid(`Changes requested: ${asking.headline}`);
            if (isDone) reload();
          }}
        />
      )}
    </>
  );
}
