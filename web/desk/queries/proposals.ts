import type { ResultOf } from 'gql.tada';
import { graphql } from '../../wire/graphql.js';

const LINE = graphql(`
  fragment ProposalLine on Proposal {
    id
    act
    kind
    state
    author
    isByMachine
    headline
    fields
    reason
    assignee
    decidedBy
    decision
    recordedAt
    revision
    development { slug status }
  }
`);

export const PROPOSALS = graphql(
  `
    query DeskProposals($state: [ProposalState!], $after: Cursor) {
      proposalCounts { state count }
      proposals(state: $state, first: 50, after: $after, direction: ASC) {
        pageInfo { hasNextPage endCursor }
        nodes { ...ProposalLine }
      }
    }
  `,
  [LINE],
);

export const PROPOSAL = graphql(
  `
    query DeskProposal($id: ID!) {
      node(id: $id) {
        __typename
        ... on Proposal {
          ...ProposalLine
          decidedAt
          acceptedFields
          baseRevision
          differences { field base current proposed isConflict }
        }
      }
    }
  `,
  [LINE],
);

export const MY_PROPOSALS = graphql(
  `
    query DeskMyProposals($after: Cursor) {
      myProposals(first: 50, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { ...ProposalLine }
      }
    }
  `,
  [LINE],
);

export const DECIDE_PROPOSALS = graphql(`
  mutation DeskDecideProposals($input: DecideProposalsInput!) {
    decideProposals(input: $input) {
      __typename
      ... on DecideProposalsSuccess { accepted rejected failed bulk { key } }
      ... on DecisionsRefusedError { failing { failure { message } proposal { id headline } } }
      ... on Error { message }
    }
  }
`);

export type ProposalLine = ResultOf<typeof LINE>;
type Node = NonNullable<ResultOf<typeof PROPOSAL>['node']>;
export type FullProposal = Extract<Node, { readonly __typename: 'Proposal' }>;
