import { useState } from 'react';
import { useLiveReload } from '../live/use-live-reload.js';
import { PROPOSAL } from '../queries/proposals.js';
import { useDesk } from '../session/session-context.js';
import { DeskLink } from '../shell/navigation.js';
import { PageTitle } from '../shell/page-title.js';
import { useAct } from '../shell/use-act.js';
import { useQuery } from '../shell/use-query.js';
import { Decision } from './decision.js';
import { Differences } from './differences.js';
import { outcomeOf } from './my-proposals-page.js';
import { factsOf } from './proposals-page.js';

/** One proposal: its differences, and the decision about it. */
export function ProposalPage({ id }: { readonly id: string }) {
  const { viewer } = useDesk();
  const { data, problem, reload } = useQuery(PROPOSAL, { id });
  useLiveReload(reload);
  const { send, problem: refusal } = useAct();
  const [chosen, setChosen] = useState<ReadonlySet<string>>();
  const proposal = data?.node?.__typename === 'Proposal' ? data.node : undefined;
  if (problem) return <p className="refusal">{problem}</p>;
  if (!data) return <p role="status">Loading…</p>;
  if (!proposal) return <PageTitle>No proposal has this address</PageTitle>;
  const isOpen = proposal.state === 'RECEIVED' || proposal.state === 'IN_REVIEW';
  const isPartial = isOpen && proposal.act === 'REVISE';
  const accepted = chosen ?? new Set(proposal.differences.map(({ field }) => field));
  const take = async () => {
    if (await send('assignProposal', { proposal: id, assignee: viewer.name })) reload();
  };
  return (
    <>
      <PageTitle>{proposal.headline}</PageTitle>
      <p>{factsOf(proposal)}</p>
      {proposal.reason && <p>Reason: {proposal.reason}</p>}
      <p role="status">
        <b>{outcomeOf(proposal)}</b>
      </p>
      <p className="actions">
        {proposal.development && (
          <DeskLink to={{ page: 'development', slug: proposal.development.slug }}>
            The development as it is now
          </DeskLink>
        )}
        {isOpen && proposal.assignee !== viewer.name && (
          <button type="button" className="second" onClick={() => void take()}>
            Take it in hand
          </button>
        )}
      </p>
      {refusal && (
        <p className="refusal" role="alert">
          {refusal}
        </p>
      )}
      <section className="part" aria-labelledby="differences-title">
        <h2 id="differences-title">Differences</h2>
        <Differences
          differences={proposal.differences}
          chosen={isPartial ? accepted : undefined}
          onChoose={setChosen}
        />
      </section>
      {isOpen && (
        <Decision
          proposal={proposal}
          fields={isPartial && chosen ? [...accepted] : undefined}
          onDone={reload}
        />
      )}
    </>
  );
}
