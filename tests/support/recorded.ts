import { type ExecutionResult, execute, parse } from 'graphql';
import { type OpenDatabase, openDatabase } from '../../src/database/open.js';
import { ANONYMOUS } from '../../src/domain/access.js';
import type { Writer } from '../../src/domain/write.js';
import { createLocalBus } from '../../src/feed/bus/local.js';
import { startTail, type Tail } from '../../src/feed/tail.js';
import { schema } from '../../src/graphql/schema.js';
import {
  createResponseCache,
  type Recording,
  type ResponseCache,
} from '../../src/http/cache/response-cache.js';
import { makeSource } from './cited.js';
import { createDatabase } from './database.js';

/** A question as a reader asks it. */
export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export const keyOf = ({ query, variables }: Question): string => JSON.stringify([query, variables ?? {}]);

/** A record whose readers' answers are kept, below HTTP: nothing but its bus wakes the tail. */
export interface RecordWithCache extends OpenDatabase {
  readonly writer: Writer;
  readonly tail: Tail;
  readonly cache: ResponseCache<string>;
  /** Answers a question from the record. */
  answer(question: Question, recording?: Recording): Promise<ExecutionResult>;
  /** Answers a question from the record and keeps the answer where it can be kept; as text. */
  ask(question: Question): Promise<string>;
  /** The answer's text that is kept for a question. */
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
  const cache = createResponseCache<string>({ tail, maxBytes });
  await makeSource(db);
  await tail.refresh();

  const answer: RecordWithCache['answer'] = async ({ query, variables }, recording) => {
    const contextValue = { db: recording?.watch(db) ?? db, viewer: ANONYMOUS, wake: () => {} };
    return execute({
      schema,
      document: parse(query),
      contextValue,
      ...(variables && { variableValues: variables }),
    });
  };
  return {
    ...opened,
    writer: { db, editor: 'editor', wake: bus.wake },
    tail,
    cache,
    answer,
    ask: async (question) => {
      const recording = cache.begin(ANONYMOUS);
      if (!recording) throw new Error('Expected a recording for a reader.');
      const result = await answer(question, recording);
      const text = JSON.stringify(result);
      if (result.errors) cache.drop(recording);
      else cache.keep(keyOf(question), recording, text, text.length);
      return text;
    },
    find: (question) => cache.find(keyOf(question)),
    [Symbol.asyncDispose]: async () => {
      cache[Symbol.dispose]();
      await tail[Symbol.asyncDispose]();
      await opened[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}
