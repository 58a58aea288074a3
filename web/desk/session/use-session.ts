import { useCallback, useEffect, useState } from 'react';
import { beginSession, type Session } from './begin-session.js';
import { tokenStore } from './token-store.js';

export interface SessionState {
  readonly session: Session | undefined;
  /** Why there is none. */
  readonly problem: string | undefined;
  readonly isBusy: boolean;
  signIn(token: string, isKept: boolean): Promise<void>;
  signOut(): void;
}

/** Begins and ends the session of a tab. */
export function useSession(): SessionState {
  const [session, setSession] = useState<Session>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(() => tokenStore.load() !== undefined);

  const end = useCallback((why?: string) => {
    tokenStore.clear();
    setSession((ended) => {
      ended?.live.close();
      return undefined;
    });
    setProblem(why);
  }, []);
  const begin = useCallback(
    async (token: string) => {
      setBusy(true);
      const begun = await beginSession(token, () =>
        end('Your token has expired or was revoked. Sign in to continue; your forms are kept.'),
      );
      setBusy(false);
      setProblem(begun.problem);
      setSession(begun.session);
      return begun.session !== undefined;
    },
    [end],
  );
  const signIn = useCallback(
    async (token: string, isKept: boolean) => {
      tokenStore.clear();
      if ((await begin(token)) && isKept) tokenStore.save(token);
    },
    [begin],
  );
  const signOut = useCallback(() => end(), [end]);

  useEffect(() => {
    const token = tokenStore.load();
    if (token !== undefined) void begin(token).then((hasBegun) => !hasBegun && tokenStore.clear());
  }, [begin]);

  return { session, problem, isBusy, signIn, signOut };
}
