import { useRef } from 'react';
import { KINDS, plain } from '../../wire/words.js';
import { SelectBox } from '../bulk/select-box.js';
import { useSelection } from '../bulk/use-selection.js';
import { useLiveReload } from '../live/use-live-reload.js';
import { PROPOSALS, type ProposalLine } from '../queries/proposals.js';
import { useListKeys } from '../queue/use-list-keys.js';
import { DeskLink } from '../shell/navigation.js';
import { NextPage } from '../shell/next-page.js';
import { PageTitle } from '../shell/page-title.js';
import { useQuery } from '../shell/use-query.js';
import { DecideBar } from './decide-bar.js';
import { PROPOSAL_ACTS, PROPOSAL_STATES, type ProposalState } from './states.js';

interface ProposalsPageProps {
  readonly state: ProposalState;
  readonly after: string | undefined;
}

/** Changes that wait for an editor's decision, or had one. Live. */
export function ProposalsPage({ state, after }: ProposalsPageProps) {
  const { data, problem, reload } = useQuery(PROPOSALS, { state: [state], after: after ?? null });
  useLiveReload(reload);
  const list = useRef<HTMLOListElement>(null);
  const selection = useSelection(idOf);
  const counts = new Map(data?.proposalCounts?.map((one) => [one.state, one.count]));
  const proposals = data?.proposals?.nodes ?? [];
  const isOpen = state === 'RECEIVED' || state === 'IN_REVIEW';
  useListKeys(list, (key, at) => {
    const proposal = proposals[at];
    if (key !== 'v' || !proposal || !isOpen) return false;
    selection.toggle(proposal);
    return true;
  });
  return (
    <>
      <PageTitle>Proposals</PageTitle>
      <nav className="tabs" aria-label="States">
        {Object.entries(PROPOSAL_STATES).map(([of, name]) => (
          <DeskLink
            key={of}
            to={{ page: 'proposals', state: of as ProposalState, after: undefined }}
            isCurrent={of === state}
          >
            {name} <span className="count">{counts.get(of as ProposalState) ?? '…'}</span>
          </DeskLink>
        ))}
      </nav>
      {problem && (
        <p className="refusal" role="alert">
          {problem}
        </p>
      )}
      {isOpen && <DecideBar selection={selection} page={proposals} onChanged={reload} />}
      {data && proposals.length === 0 && <p>Nothing is here.</p>}
      <ol className="lines queue" ref={list} aria-label={PROPOSAL_STATES[state]}>
        {proposals.map((proposal) => (
          <li key={proposal.id}>
            {isOpen && <SelectBox one={proposal} selection={selection} />}
            <DeskLink to={{ page: 'proposal', id: proposal.id }} className="draft">
              <bdi>{proposal.headline}</bdi>
            </DeskLink>
            <span className="small">{factsOf(proposal)}</span>
          </li>
        ))}
      </ol>
      <NextPage
        info={data?.proposals?.pageInfo}
        to={(cursor) => ({ page: 'proposals', state, after: cursor })}
      />
    </>
  );
}

const idOf = ({ id }: ProposalLine): string => id;

/** Says in a line what a proposal asks for, and whose it is. */
export function factsOf(proposal: ProposalLine): string {
  const { act, kind, author, isByMachine, fields, assignee, recordedAt } = proposal;
  const kindWords = act === 'RECORD' ? plain(KINDS[kind]) : fields.join(', ');
  return [
    kindWords ? `${PROPOSAL_ACTS[act]}: ${kindWords}` : PROPOSAL_ACTS[act],
    `by ${author}${isByMachine ? ' (a program)' : ''}`,
    new Date(recordedAt).toLocaleString('en-GB'),
    assignee && `with ${assignee}`,
  ]
    .filter(Boolean)
    .join(' · ');
}
