import { type ExecutionResult, execute, parse } from 'graphql';
import { type OpenDatabase, openDatabase } from '../../src/database/open.js';
import { ANONYMOUS } from '../../src/domain/access.js';
import type { Writer } from '../../src/domain/write.js';
import { createLocalBus } from '../../src/feed/bus/local.js';
import { startTail, type Tail } from '../../src/feed/tail.js';
import { createContext } from '../../src/graphql/context.js';
import { schema } from '../../src/graphql/schema.js';
import { createResponseCache, type ResponseCache } from '../../src/http/cache/response-cache.js';
import { createDatabase } from './database.js';
import { makeSource } from './example-source.js';

/** Admits every run at once. */
export const ADMIT = async () => () => {};

/** A query of a reader. */
export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const keyOf = ({ query, variables }: Question): string => JSON.stringify([query, variables ?? {}]);

/** A record with a response cache, without HTTP. Only its bus wakes the tail. */
export interface RecordWithCache extends OpenDatabase {
  readonly writer: Writer;
  readonly tail: Tail;
  readonly cache: ResponseCache<{ readonly text: string }>;
  /** Executes a query without the cache. */
  answer(question: Question): Promise<ExecutionResult>;
  /** Executes a query through the cache, and returns the text. */
  ask(question: Question): Promise<string>;
  /** Returns the text of the cached answer. */
  find(question: Question): string | undefined;
}

const NEVER = 2 ** 30;

export async function openRecordWithCache({
  maxBytes = 64 * 1024 * 1024,
}: {
  readonly maxBytes?: number;
} = {}): Promise<RecordWithCache> {
  const database = await createDatabase();
  const opened = await openDatabase(database.location);
  const { db } = opened;
  const bus = createLocalBus();
  const onError = (error: unknown) => {
    throw error;
  };
  const tail = await startTail({ db, bus, pollInterval: NEVER, onError });
  const cache: RecordWithCache['cache'] = createResponseCache({
    tail,
    maxBytes,
    bytesOf: ({ text }) => text.length,
  });
  await makeSource(db);
  await tail.refresh();

  const answer: RecordWithCache['answer'] = async ({ query, variables }) =>
    execute({
      schema,
      document: parse(query),
      contextValue: createContext({
        db,
        viewer: ANONYMOUS,
        present: undefined,
        publicUrl: undefined,
        wake: () => {},
        takeTurn: () => undefined,
      }),
      ...(variables && { variableValues: variables }),
    });
  return {
    ...opened,
    writer: { db, editor: 'editor', wake: bus.wake },
    tail,
    cache,
    answer,
    ask: async (question) => {
      let text = '';
      const cached = await cache.share(keyOf(question), ADMIT, async () => {
        const result = await answer(question);
        text = JSON.stringify(result);
        return result.errors ? undefined : { text };
      });
      return cached?.text ?? text;
    },
    find: (question) => cache.find(keyOf(question))?.text,
    [Symbol.asyncDispose]: async () => {
      cache[Symbol.dispose]();
      await tail[Symbol.asyncDispose]();
      await opened[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}
