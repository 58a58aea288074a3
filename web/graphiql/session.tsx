import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef } from 'react';
import { findOperation } from './fetcher.js';
import type { LiveSessions } from './live-sessions.js';

/** Runs the first query when the page is open, and shows a subscription again when its tab comes back. */
export function Session({ sessions }: { sessions: LiveSessions }): null {
  const { run } = useGraphiQLActions();
  const isReady = useGraphiQL(({ queryEditor, responseEditor }) => Boolean(queryEditor && responseEditor));
  const query = useGraphiQL(({ queryEditor }) => queryEditor);
  const operationName = useGraphiQL((state) => state.operationName);
  const active = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]?.id);
  const isFirst = useRef(true);
  const answer = useGraphiQL(({ responseEditor }) => responseEditor);
  useEffect(() => {
    // Long lines are read on a phone too.
    for (const editor of [query, answer]) {
      editor?.updateOptions({ wordWrap: 'on', fontSize: 13, lineNumbersMinChars: 2, folding: false });
    }
  }, [query, answer]);
  useEffect(() => {
    if (!isReady || !query || !isFirst.current) return;
    isFirst.current = false;
    const request = { query: query.getValue(), operationName: operationName ?? null };
    if (findOperation(request)?.operation === 'query') void run();
  }, [isReady, query, operationName, run]);
  useEffect(() => {
    if (active !== undefined && sessions.isParked(active)) void run();
  }, [active, sessions, run]);
  return null;
}
