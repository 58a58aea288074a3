import { useState } from 'react';
import { counted } from '../../wire/words.js';
import { DECIDE_PROPOSALS } from '../queries/proposals.js';
import { useDesk } from '../session/session-context.js';

/** What to do with many proposals, in the words of the button. */
export const DECISIONS = {
  ACCEPT: 'Accept and publish',
  ACCEPT_AS_DRAFT: 'Accept, new ones as drafts',
  REJECT: 'Reject',
} as const;

export type DecisionName = keyof typeof DECISIONS;

/** A proposal that stands in the way of a decision, with the reason. */
export interface Failing {
  readonly id: string;
  readonly headline: string;
  readonly message: string;
}

/** What was done, in words, and the bulk change that takes it back. */
export interface Decided {
  readonly words: string;
  readonly bulk: string | null;
}

/** Decides about many proposals at once: about all of them, or about none and says why. */
export function useDecisions() {
  const { client } = useDesk();
  const [problem, setProblem] = useState<string>();
  const [failing, setFailing] = useState<readonly Failing[]>([]);
  const decide = async (
    proposals: readonly string[],
    decision: DecisionName,
    reason: string | null,
    skipFailing: boolean,
  ): Promise<Decided | undefined> => {
    const input = {
      proposals: [...proposals],
      decision,
      reason,
      skipFailing,
      idempotencyKey: crypto.randomUUID(),
    };
    const { data, error } = await client.mutation(DECIDE_PROPOSALS, { input }).toPromise();
    const result = data?.decideProposals;
    if (result?.__typename === 'DecideProposalsSuccess') {
      setProblem(undefined);
      setFailing([]);
      const { accepted, rejected, bulk } = result;
      const words =
        decision === 'REJECT'
          ? `Rejected: ${counted(rejected, 'proposal')}.`
          : `Accepted: ${counted(accepted, 'proposal')}.`;
      return { words, bulk: bulk?.key ?? null };
    }
    setProblem(result?.message ?? error?.message ?? 'The server did not answer.');
    setFailing(
      result?.__typename === 'DecisionsRefusedError'
        ? result.failing.map(({ proposal: { id, headline }, failure }) => ({
            ...{ id, headline, message: failure?.message ?? '' },
          }))
        : [],
    );
    return undefined;
  };
  return { problem, failing, decide, forget: () => setFailing([]) };
}
