import type { Client } from '@urql/core';
import { useEffect, useRef, useState } from 'react';
import type { ListState } from '../page-state.js';
import { planOf } from '../plan.js';
import type { ReferenceData } from '../queries/reference.js';

export interface LiveReference {
  readonly reference: ReferenceData | undefined;
  /** Whether it has changed since the page was opened. */
  readonly isRevised: boolean;
}

/**
 * Keeps the header of a reference's page as current as its list: it is read again whenever the list is, which a change of the
 * reference alone causes too.
 *
 * @param client Undefined on the server.
 * @param head The cursor of the list's latest answer.
 */
export function useLiveReference(
  client: Client | undefined,
  state: ListState,
  initial: ReferenceData | undefined,
  head: string | null,
): LiveReference {
  const [shown, setShown] = useState<LiveReference>({ reference: initial, isRevised: false });
  const known = useRef(head);
  useEffect(() => {
    const plan = planOf(state)['reference'];
    if (!client || !plan || head === known.current) return;
    known.current = head;
    let isWanted = true;
    const load = async () => {
      const { data } = await client
        .query<ReferenceData>(plan.document, plan.variables, { requestPolicy: 'network-only' })
        .toPromise();
      if (!data || !isWanted) return;
      setShown((before) => ({
        reference: data,
        isRevised: before.isRevised || JSON.stringify(data) !== JSON.stringify(before.reference),
      }));
    };
    void load();
    return () => {
      isWanted = false;
    };
  }, [client, state, head]);
  return shown;
}
