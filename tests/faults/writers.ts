import { setTimeout as wait } from 'node:timers/promises';
import { CITED } from '../support/example-source.js';
import { post } from '../support/processes/processes.js';

const RECORD = `mutation ($input: RecordStatementInput!) {
  recordStatement(input: $input) { __typename ... on RecordStatementSuccess { development { slug } } ... on Error { message } }
}`;

/** How long a write is retried before it counts as refused, in milliseconds. */
const LONGEST_OUTAGE = 60_000;

/** Writers that each publish one statement after the other. */
export interface Writers extends AsyncDisposable {
  /** The slugs of acknowledged writes, in order of acknowledgement. */
  readonly acknowledged: readonly string[];
  /** Unacknowledged attempts that were repeated with the same key. */
  readonly retries: number;
  /** Resolves when each writer's last write is acknowledged; with `count`, when all writes are. */
  finish(): Promise<void>;
}

export interface WritersOptions {
  readonly writers?: number;
  /** The number of statements in total. Default: until `finish`. */
  readonly count?: number;
  /** The prefix of the slugs. */
  readonly name?: string;
  /** Other fields of the statements. */
  readonly input?: object;
  /** The minimum interval between two writes of a writer, in milliseconds. */
  readonly pause?: number;
  /** Returns the URL for each attempt. */
  url(attempt: number): string;
}

export function startWriters(options: WritersOptions): Writers {
  const {
    writers = 4,
    count = Number.POSITIVE_INFINITY,
    name = 'write',
    input = {},
    pause = 0,
    url,
  } = options;
  const acknowledged: string[] = [];
  let begun = 0;
  let retries = 0;
  let attempts = 0;
  let isFinishing = false;
  let isGivenUp = false;

  const write = async (slug: string) => {
    const variables = {
      input: {
        headline: slug,
        occurred: '2026',
        ...CITED,
        ...input,
        slug,
        publish: true,
        idempotencyKey: slug,
      },
    };
    const deadline = performance.now() + LONGEST_OUTAGE;
    while (!isGivenUp) {
      attempts += 1;
      try {
        const { recordStatement } = await post(url(attempts), RECORD, variables);
        if (recordStatement.development?.slug !== slug) throw new Error(recordStatement.message);
        acknowledged.push(slug);
        return;
      } catch (error) {
        if (performance.now() > deadline) throw new Error(`${slug} was never taken.`, { cause: error });
        retries += 1;
        await wait(20 + Math.random() * 80);
      }
    }
  };
  const keepWriting = async () => {
    while (!isFinishing && begun < count) {
      begun += 1;
      await write(`${name}-${begun}`);
      if (pause > 0) await wait(pause);
    }
  };
  const written = Promise.all(Array.from({ length: writers }, keepWriting));

  return {
    acknowledged,
    get retries() {
      return retries;
    },
    finish: async () => {
      if (count === Number.POSITIVE_INFINITY) isFinishing = true;
      await written;
    },
    [Symbol.asyncDispose]: async () => {
      isFinishing = true;
      isGivenUp = true;
      await written;
    },
  };
}
