import { useEffect } from 'react';
import { PageFrame } from '../layout/page-frame.js';
import type { DevelopmentChange } from '../queries/development-feed.js';
import { LiveChange } from './live-change.js';

interface ErasedPageProps {
  readonly path: string;
  readonly change: DevelopmentChange | undefined;
}

/** The page of a development that was erased while it was open: nothing of it stays. */
export function ErasedPage({ path, change }: ErasedPageProps) {
  useEffect(() => {
    document.title = 'Erased · Doctrine Wire';
  }, []);
  return (
    <PageFrame path={path} status={undefined}>
      <article className="detail">
        <h1>Erased</h1>
        <LiveChange change={change} />
        <p>
          <a href="/">Go to the wire</a>
        </p>
      </article>
    </PageFrame>
  );
}
