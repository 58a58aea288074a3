import { useState } from 'react';
import { counted } from '../../wire/words.js';
import { useBulk } from '../bulk/use-bulk.js';
import type { Selection } from '../bulk/use-selection.js';
import type { ProposalLine } from '../queries/proposals.js';
import { useKeys } from '../queue/use-keys.js';
import { DecideSection } from './decide-section.js';

interface DecideBarProps {
  readonly selection: Selection<ProposalLine>;
  /** The proposals of the page. */
  readonly page: readonly ProposalLine[];
  onChanged(): void;
}

/** How many proposals are selected, the decision about them, and the way back. */
export function DecideBar({ selection, page, onChanged }: DecideBarProps) {
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState('');
  const [last, setLast] = useState<string | null>(null);
  const { problem, undo } = useBulk();
  const { items } = selection;
  const open = () => setOpen(items.length > 0);
  useKeys((key) => {
    if (key === 'b') open();
    return key === 'b';
  });
  const takeBack = async (bulk: string) => {
    const words = await undo(bulk);
    if (words === undefined) return;
    setSaid(words);
    setLast(null);
    onChanged();
  };
  if (page.length === 0 && said === '') return null;
  const hasAll = page.length > 0 && page.every(selection.has);
  return (
    <>
      <div className="actions bulk-bar">
        <button type="button" className="quiet" onClick={() => selection.toggleAll(page)}>
          {hasAll ? 'Select none of this page' : 'Select this page'}
        </button>
        <button type="button" className="second" aria-disabled={items.length === 0} onClick={open}>
          {items.length === 0
            ? 'Decide about several at once'
            : `Decide about ${counted(items.length, 'proposal')}`}{' '}
          <kbd>b</kbd>
        </button>
        {last !== null && (
          <button type="button" className="second" onClick={() => void takeBack(last)}>
            Undo
          </button>
        )}
      </div>
      <p role="status" className="said">
        {said}
      </p>
      {problem && (
        <p className="refusal" role="alert">
          {problem}
        </p>
      )}
      {isOpen && items.length > 0 && (
        <DecideSection
          proposals={items}
          onClose={() => setOpen(false)}
          onDone={({ words, bulk }) => {
            setOpen(false);
            setSaid(words);
            setLast(bulk);
            selection.clear();
            onChanged();
          }}
        />
      )}
    </>
  );
}
