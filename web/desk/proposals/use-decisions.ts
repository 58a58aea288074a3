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
interface Failing {
  readonly id: string;
  readonly headline: string;
  readonly message: string;
}

/** What was done, in words, and the bulk change that takes it back. */
export interface Decided {
  readonly words: string;
  readonly bulk: string | null;
}

/** Why a decision was refused. */
interface Refusal {
  /** The decision and its proposals, which the refusal holds for. */
  readonly asked: string;
  readonly problem: string;
  readonly failing: readonly Failing[];
}

/**
 * Decides about many proposals at once: about all of them, or about none and says why. Asked again for the same, it leaves
 * out those that were in the way. A refusal is forgotten with another decision or other proposals.
 */
export function useDecisions(proposals: readonly string[], decision: DecisionName) {
  const { client } = useDesk();
  const [last, setLast] = useState<Refusal>();
  const asked = [decision, ...proposals].join(' ');
  const refusal = last?.asked === asked ? last : undefined;
  const failing = refusal?.failing ?? [];
  const decide = async (reason: string | null): Promise<Decided | undefined> => {
    const input = {
      proposals: [...proposals],
      decision,
      reason,
      skipFailing: failing.length > 0,
      idempotencyKey: crypto.randomUUID(),
    };
    const { data, error } = await client.mutation(DECIDE_PROPOSALS, { input }).toPromise();
    const result = data?.decideProposals;
    if (result?.__typename === 'DecideProposalsSuccess') {
      setLast(undefined);
      const { accepted, rejected, failed, bulk } = result;
      const done =
        decision === 'REJECT'
          ? `Rejected: ${counted(rejected, 'proposal')}.`
          : `Accepted: ${counted(accepted, 'proposal')}.`;
      const words = failed > 0 ? `${done} Not decided: ${counted(failed, 'proposal')}.` : done;
      return { words, bulk: bulk?.key ?? null };
    }
    setLast({
      asked,
      problem: result?.message ?? error?.message ?? 'The server did not answer.',
      failing:
        result?.__typename === 'DecisionsRefusedError'
          ? result.failing.map(({ proposal: { id, headline }, failure }) => ({
              ...{ id, headline, message: failure?.message ?? '' },
            }))
          : [],
    });
    return undefined;
  };
  return { problem: refusal?.problem, failing, decide };
}
