import { useState } from 'react';
import { counted } from '../../wire/words.js';
import { MERGES_SUBJECT, useLiveReload } from '../live/use-live-reload.js';
import { MERGES, type Merge } from '../queries/merging.js';
import { PageTitle } from '../shell/page-title.js';
import { useQuery } from '../shell/use-query.js';
import { UndoMerge } from './undo-merge.js';

const nameOf = (entry: Merge['from']): string => {
  if ('headline' in entry) return entry.headline;
  if ('title' in entry) return entry.title;
  return 'name' in entry ? entry.name : '';
};

/** The latest merges, which an editor can undo. */
export function MergesPage() {
  const { data, problem, reload } = useQuery(MERGES, {});
  useLiveReload(reload, MERGES_SUBJECT);
  const [said, setSaid] = useState('');
  const merges = data?.merges;
  return (
    <>
      <PageTitle>Merges</PageTitle>
      {problem && <p className="refusal">{problem}</p>}
      <p role="status">{said || (merges ? found(merges.length) : 'Loading…')}</p>
      <ul className="merges">
        {merges?.map((merge) => (
          <MergeItem
            key={merge.key}
            merge={merge}
            onUndone={(names) => {
              setSaid(`Undone: ${names}.`);
              reload();
            }}
          />
        ))}
      </ul>
    </>
  );
}

const found = (count: number): string =>
  count === 0
    ? 'Nothing has been merged. Duplicates has entries that may be in the record twice.'
    : `${counted(count, 'merge')}, the newest first.`;

interface MergeItemProps {
  readonly merge: Merge;
  /** Called with the names of the two. */
  onUndone(names: string): void;
}

function MergeItem({ merge, onUndone }: MergeItemProps) {
  const { key, editor, reason, recordedAt, count, undoneAt, undoneBy } = merge;
  const names = `${nameOf(merge.from)} into ${nameOf(merge.into)}`;
  return (
    <li>
      <h2>
        <bdi>{nameOf(merge.from)}</bdi> into <bdi>{nameOf(merge.into)}</bdi>
      </h2>
      <p className="small">
        {editor}, {new Date(recordedAt).toLocaleString('en-GB')}: {counted(count, 'development')} changed.
      </p>
      {reason && <p>{reason}</p>}
      {undoneAt ? (
        <p className="small">
          Undone by {undoneBy}, {new Date(undoneAt).toLocaleString('en-GB')}.
        </p>
      ) : (
        <UndoMerge merge={key} names={names} onUndone={() => onUndone(names)} />
      )}
    </li>
  );
}
