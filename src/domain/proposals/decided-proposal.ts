/** The result of a decision for one proposal. Stored for repeated requests. */
export type DecidedProposal = {
  readonly proposal: string;
  readonly outcome: 'ACCEPTED' | 'REJECTED' | 'FAILS';
  /** Why it cannot be accepted. */
  readonly failure: { readonly code: string; readonly message: string } | null;
};
