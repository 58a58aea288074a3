import { counted, KINDS } from '../../wire/words.js';
import { SelectBox } from '../bulk/select-box.js';
import type { Selected, Selection } from '../bulk/use-selection.js';
import type { Draft } from '../queries/queue.js';
import { DeskLink } from '../shell/navigation.js';

interface DraftLineProps {
  readonly draft: Draft;
  readonly selection: Selection<Selected>;
}

/** A draft in the queue. */
export function DraftLine({ draft, selection }: DraftLineProps) {
  const { slug, kind, headline, occurred, review, presence, notes } = draft;
  const editors = (presence ?? []).map(({ editor }) => editor);
  const facts = [
    ...[KINDS[kind], occurred.text, review && `by ${review.author}`],
    review?.assignee && `assigned to ${review.assignee}`,
    review?.publishAt && `publishes ${new Date(review.publishAt).toLocaleString('en-GB')}`,
    notes && notes.length > 0 && counted(notes.length, 'open note'),
    editors.length > 0 && `${editors.join(' and ')} editing now`,
  ];
  return (
    <li>
      <SelectBox one={draft} selection={selection} />
      <DeskLink to={{ page: 'development', slug }} className="draft">
        <bdi>{headline}</bdi>
      </DeskLink>
      <span className="small">{facts.filter(Boolean).join(' · ')}</span>
    </li>
  );
}
