/** What a decision did, or would have done, about a proposal. It is kept for repeated requests. */
export type ProposalOutcome = {
  readonly proposal: string;
  readonly outcome: 'ACCEPTED' | 'REJECTED' | 'FAILS';
  /** Why it cannot be accepted. */
  readonly failure: { readonly code: string; readonly message: string } | null;
};
