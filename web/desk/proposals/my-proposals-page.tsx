import { useLiveReload } from '../live/use-live-reload.js';
import { MY_PROPOSALS, type ProposalLine } from '../queries/proposals.js';
import { NextPage } from '../shell/next-page.js';
import { PageTitle } from '../shell/page-title.js';
import { useAct } from '../shell/use-act.js';
import { useQuery } from '../shell/use-query.js';
import { factsOf } from './proposals-page.js';

/** A contributor's own proposals, and what became of each. */
export function MyProposalsPage({ after }: { readonly after: string | undefined }) {
  const { data, problem, reload } = useQuery(MY_PROPOSALS, { after: after ?? null });
  useLiveReload(reload);
  const { send, problem: refusal } = useAct();
  const proposals = data?.myProposals?.nodes ?? [];
  const withdraw = async ({ id }: ProposalLine) => {
    if (await send('withdrawProposal', { proposal: id })) reload();
  };
  return (
    <>
      <PageTitle>Your proposals</PageTitle>
      {(problem ?? refusal) && (
        <p className="refusal" role="alert">
          {problem ?? refusal}
        </p>
      )}
      {data && proposals.length === 0 && <p>You have no proposals yet.</p>}
      <ol className="lines" aria-label="Your proposals">
        {proposals.map((proposal) => (
          <li key={proposal.id}>
            <b>
              <bdi>{proposal.headline}</bdi>
            </b>
            <span className="small">{factsOf(proposal)}</span>
            <span>{outcomeOf(proposal)}</span>
            {proposal.state === 'ACCEPTED' && proposal.development?.status === 'PUBLISHED' && (
              <a href={`/d/${proposal.development.slug}`}>On the wire</a>
            )}
            {(proposal.state === 'RECEIVED' || proposal.state === 'IN_REVIEW') && (
              <button type="button" className="quiet" onClick={() => void withdraw(proposal)}>
                Withdraw<span className="unseen">: {proposal.headline}</span>
              </button>
            )}
          </li>
        ))}
      </ol>
      <NextPage
        info={data?.myProposals?.pageInfo}
        to={(cursor) => ({ page: 'my-proposals', after: cursor })}
      />
    </>
  );
}

/** Says what became of a proposal. */
export function outcomeOf({ state, decidedBy, decision, revision }: ProposalLine): string {
  const why = decision ? `: ${decision}` : '.';
  switch (state) {
    case 'RECEIVED':
      return 'Received.';
    case 'IN_REVIEW':
      return 'In review: an editor has it in hand.';
    case 'ACCEPTED':
      return `Accepted by ${decidedBy} as revision ${revision}${why}`;
    case 'REJECTED':
      return `Rejected by ${decidedBy}${why}`;
    default:
      return `Withdrawn${why}`;
  }
}
