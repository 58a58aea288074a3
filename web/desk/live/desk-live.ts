import { type Client, createClient } from 'graphql-ws';

/** What has changed at the desk: the slugs of developments, or all of it, and which other things have. */
export interface DeskChange {
  readonly slugs: ReadonlySet<string> | 'all';
  readonly hasInbox: boolean;
  readonly hasMerges: boolean;
  readonly hasProposals: boolean;
}

/** Tells of changes at the desk, made by anybody. */
export interface DeskLive {
  readonly isLive: boolean;
  /** Calls the listener after each change, and when the connection comes or goes, until the returned function is called. */
  subscribe(listener: (change: DeskChange | undefined) => void): () => void;
  close(): void;
}

const FOLLOW = `subscription DeskFollow($after: Cursor) {
  deskChanged(after: $after) {
    cursor
    isIncomplete
    changes {
      __typename
      ... on DeskDevelopmentChanged { development { slug } }
      ... on DeskNoteChanged { development { slug } }
      ... on DeskPresenceChanged { development { slug } }
      ... on DeskProposalChanged { proposal { development { slug } } }
    }
  }
}`;

interface Item {
  readonly deskChanged: {
    readonly cursor: string;
    readonly isIncomplete: boolean;
    readonly changes: readonly {
      readonly __typename: string;
      readonly development?: { readonly slug: string };
      readonly proposal?: { readonly development: { readonly slug: string } | null };
    }[];
  };
}

/** Waits before the connection is tried again, in milliseconds. */
const [FIRST_WAIT, LONGEST_WAIT] = [500, 10_000];

/** Follows `deskChanged`. After a lost connection it continues after the last item. */
export function followDesk(token: string): DeskLive {
  const listeners = new Set<(change: DeskChange | undefined) => void>();
  let [isLive, isClosed, wait] = [false, false, FIRST_WAIT];
  let after: string | undefined;
  let client: Client | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (change?: DeskChange) => {
    for (const listener of listeners) listener(change);
  };
  const setLive = (live: boolean) => {
    if (isLive === live) return;
    isLive = live;
    tell();
  };
  const receive = ({ deskChanged }: Item) => {
    const { cursor, isIncomplete, changes } = deskChanged;
    after = cursor;
    wait = FIRST_WAIT;
    setLive(true);
    if (isIncomplete) tell({ slugs: 'all', hasInbox: true, hasMerges: true, hasProposals: true });
    else if (changes.length > 0) {
      const touched = changes.flatMap(
        ({ development, proposal }) => development ?? proposal?.development ?? [],
      );
      const has = (type: string) => changes.some(({ __typename }) => __typename === type);
      tell({
        slugs: new Set(touched.map(({ slug }) => slug)),
        hasInbox: has('DeskInboxChanged'),
        hasMerges: has('DeskMergeChanged'),
        hasProposals: has('DeskProposalChanged'),
      });
    }
  };
  const connectAgain = () => {
    client?.terminate();
    if (isClosed) return;
    setLive(false);
    clearTimeout(timer);
    timer = setTimeout(connect, wait);
    wait = Math.min(2 * wait, LONGEST_WAIT);
  };
  const connect = () => {
    client = createClient({
      url: new URL('/graphql', location.href.replace(/^http/, 'ws')).href,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0, // It would subscribe after the first cursor again.
      keepAlive: 5_000,
    });
    client.subscribe<Item>(
      { query: FOLLOW, variables: { after } },
      {
        next: ({ data }) => data && receive(data as unknown as Item),
        error: connectAgain,
        complete: connectAgain,
      },
    );
  };
  connect();
  return {
    get isLive() {
      return isLive;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      void client?.dispose();
    },
  };
}

/** For those who may not follow the desk. */
export const notLive: DeskLive = { isLive: false, subscribe: () => () => {}, close: () => {} };
