import { createContext, useContext } from 'react';
import type { Session } from './begin-session.js';

const SessionContext = createContext<Session | undefined>(undefined);

export const SessionProvider = SessionContext.Provider;

/** Returns the session. For parts of the desk that are shown to editors only. */
export function useDesk(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('A part of the desk was rendered without a session.');
  return session;
}
