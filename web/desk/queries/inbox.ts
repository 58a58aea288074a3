import type { ResultOf } from 'gql.tada';
import { graphql } from '../../wire/graphql.js';

/** The articles in a state, and how many each state has. */
export const INBOX = graphql(`
  query Inbox($state: [InboxState!], $feed: ID, $after: Cursor) {
    inboxCounts(feed: $feed) { state count }
    inboxItems(state: $state, feed: $feed, first: 20, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { id title url language publishedAt receivedAt snoozedUntil reason changedBy feed { title url } }
    }
  }
`);

/** What the articles of a page suggest. Their texts are read for it, so the list does not wait for it. */
export const INBOX_MATCHES = graphql(`
  query InboxMatches($state: [InboxState!], $feed: ID, $after: Cursor) {
    inboxItems(state: $state, feed: $feed, first: 20, after: $after) {
      nodes { id suggestions { key use { act } match { development { headline } } } }
    }
  }
`);

/** An article with its suggestions. */
export const INBOX_ITEM = graphql(`
  query InboxItem($id: ID!) {
    inboxItem(id: $id) {
      id title url language publishedAt state text
      versions { key }
      feed { topics { slug name } source { publisher reliability } }
      names: suggestions(kind: [NAME]) { fields }
      suggestions {
        key kind excerpt start end rule grade draft
        match { claimedDate development { slug headline status } }
        use { act editor development { slug headline } }
      }
    }
  }
`);

export type InboxLine = NonNullable<ResultOf<typeof INBOX>['inboxItems']>['nodes'][number];
export type InboxArticle = NonNullable<ResultOf<typeof INBOX_ITEM>['inboxItem']>;
export type Suggestion = InboxArticle['suggestions'][number];
