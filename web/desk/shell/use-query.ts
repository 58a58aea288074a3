import type { TypedDocumentNode } from '@urql/core';
import { useCallback, useEffect, useState } from 'react';
import { useDesk } from '../session/session-context.js';

export interface Queried<Data> {
  readonly data: Data | undefined;
  /** Why the last answer did not come. */
  readonly problem: string | undefined;
  /** Asks again. Meanwhile the last answer stays. */
  reload(): void;
}

/** Asks a query of the API, and again when its variables change. */
export function useQuery<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Queried<Data> {
  const { client } = useDesk();
  const [answer, setAnswer] = useState<{ data?: Data | undefined; problem?: string | undefined }>({});
  const [count, setCount] = useState(0);
  const key = JSON.stringify(variables);
  // biome-ignore lint/correctness/useExhaustiveDependencies: The count asks again, and the key stands for the variables.
  useEffect(() => {
    const { unsubscribe } = client
      .query(document, variables as never)
      .subscribe(({ data, error }) =>
        setAnswer((last) => ({ data: data ?? last.data, problem: error?.message })),
      );
    return unsubscribe;
  }, [client, document, key, count]);
  const reload = useCallback(() => setCount((last) => last + 1), []);
  return { ...answer, data: answer.data, problem: answer.problem, reload };
}
