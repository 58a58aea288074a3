import { useEffect } from 'react';
import { PageFrame } from '../layout/page-frame.js';
import { useAnnouncement } from '../live/use-announcement.js';
import { erasedWords, type Ground } from '../words.js';

interface ErasedPageProps {
  readonly path: string;
  /** What was erased, e.g. "development". */
  readonly kind: string;
  readonly ground: Ground;
}

/** The page of something that was erased while it was open: nothing of it stays. */
export function ErasedPage({ path, kind, ground }: ErasedPageProps) {
  const sentence = erasedWords(`This ${kind} was`, ground);
  useEffect(() => {
    document.title = 'Erased · Doctrine Wire';
  }, []);
  return (
    <PageFrame path={path} status={undefined}>
      <article className="detail">
        <h1>Erased</h1>
        <p className="unseen" role="status">
          {useAnnouncement(sentence)}
        </p>
        <p className="mark">{sentence}</p>
        <p>
          <a href="/">Go to the wire</a>
        </p>
      </article>
    </PageFrame>
  );
}
