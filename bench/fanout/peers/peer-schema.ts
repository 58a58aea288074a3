import { ACTORS, type Change, TOPICS } from '../changes.js';

/** The part of the schema that selections use. */
export const typeDefs = /* GraphQL */ `
  scalar Cursor
  type Query { hello: String! }
  type Subscription { feed(after: Cursor): FeedItem! }
  union FeedItem = DevelopmentPublished | FeedCaughtUp
  type FeedCaughtUp { cursor: Cursor! }
  type DevelopmentPublished { cursor: Cursor!, development: Development! }
  type Development {
    id: ID!
    slug: String!
    headline: String!
    summary: String!
    status: String!
    confidence: String!
    disputed: Boolean!
    revision: Int!
    recordedAt: String!
    publishedAt: String!
    occurred: FuzzyDate!
    topics: [Topic!]!
    participants: [Participation!]!
  }
  type FuzzyDate { edtf: String!, text: String! }
  type Topic { slug: String!, name: String! }
  type Actor { slug: String!, name: String! }
  type Participation { role: String!, actor: Actor! }
`;

/** A change as published in the process, with every field that a selection can use. */
export function itemOf(change: Change, index: number) {
  const at = new Date().toISOString();
  const { slug, headline, summary, occurred } = change;
  const cursor = Buffer.from(`feed:${crypto.randomUUID()}:${1_000 + index}`).toString('base64url');
  return {
    __typename: 'DevelopmentPublished' as const,
    cursor,
    development: {
      id: Buffer.from(`Event:${crypto.randomUUID()}`).toString('base64'),
      slug,
      headline,
      summary,
      status: 'PUBLISHED',
      confidence: 'MODERATE',
      disputed: false,
      revision: 1,
      recordedAt: at,
      publishedAt: at,
      occurred: { edtf: occurred, text: '14 March 2026' },
      topics: change.topics.map((topic) => ({ slug: topic, name: TOPICS[topic as keyof typeof TOPICS] })),
      participants: change.participants.map(({ actor, role }) => ({
        role,
        actor: { slug: actor, name: ACTORS[actor as keyof typeof ACTORS] },
      })),
    },
  };
}

export type Item = ReturnType<typeof itemOf>;
