import { useCallback, useState } from 'react';
import { useDesk } from '../session/session-context.js';

interface Answer {
  readonly result?: { readonly __typename: string; readonly message?: string } | null;
}

export interface Act {
  /** Why the last act was refused. */
  readonly problem: string | undefined;
  /** The type of the error that refused it; undefined if the server could not answer. */
  readonly refusal: string | undefined;
  /** Sends a mutation with its input. Returns whether it was done. */
  send(mutation: string, input: Readonly<Record<string, unknown>>): Promise<boolean>;
}

/** Sends mutations whose result is shown elsewhere, because the screen loads again. */
export function useAct(): Act {
  const { client } = useDesk();
  const [problem, setProblem] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const send = useCallback(
    async (mutation: string, input: Readonly<Record<string, unknown>>) => {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
      const document = `mutation ${type}($input: ${type}Input!) {
        result: ${mutation}(input: $input) { __typename ... on Error { message } }
      }`;
      const withKey = { idempotencyKey: crypto.randomUUID(), ...input };
      const { data, error } = await client.mutation<Answer>(document, { input: withKey }).toPromise();
      const isDone = data?.result?.__typename === `${type}Success`;
      setProblem(
        isDone ? undefined : (data?.result?.message ?? error?.message ?? 'The server did not answer.'),
      );
      setRefusal(isDone ? undefined : data?.result?.__typename);
      return isDone;
    },
    [client],
  );
  return { problem, refusal, send };
}
