import type { TestServer } from './server.js';

/** A field that a revision changed. */
interface ToldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** An item of the feed about a development. */
export interface Told {
  readonly __typename: 'DevelopmentPublished' | 'DevelopmentRevised' | 'DevelopmentRetracted';
  readonly development: any;
  readonly revision?: number;
  readonly reason?: string | null;
  readonly changes?: readonly ToldChange[];
}

export const feedHead = async (server: TestServer) =>
  (await server.data<{ feedHead: string }>('{ feedHead }')).feedHead;

/** Returns the feed items after the cursor up to now, with `fields` of each development. */
export async function toldSince(server: TestServer, after: string, fields = 'slug'): Promise<Told[]> {
  const items = server.client().iterate<{ feed: Told | { __typename: 'FeedCaughtUp' } }>({
    query: `subscription ($after: Cursor) {
      feed(after: $after) {
        __typename
        ... on DevelopmentPublished { development { ${fields} } }
        ... on DevelopmentRevised { revision reason changes { field before after } development { ${fields} } }
        ... on DevelopmentRetracted { reason development { ${fields} } }
      }
    }`,
    variables: { after },
  });
  const told: Told[] = [];
  for await (const { data, errors } of items) {
    if (!data) throw new Error(`No item: ${JSON.stringify(errors)}`);
    if (data.feed.__typename === 'FeedCaughtUp') break;
    told.push(data.feed);
  }
  return told;
}
