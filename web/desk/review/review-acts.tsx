import type { Review, Reviewed } from '../queries/review.js';
import { useKeys } from '../queue/use-keys.js';
import { useDesk } from '../session/session-context.js';
import { useAct } from '../shell/use-act.js';

/** Acts that need an answer first. */
export type Asked = 'requestChanges' | 'schedule' | 'discard' | 'override';

interface ReviewActsProps {
  readonly development: Reviewed;
  readonly review: Review;
  onAsk(asked: Asked): void;
  onDone(words: string): void;
}

/** An act on a draft, in the order of the buttons. */
interface Offered {
  readonly key: string;
  readonly words: string;
  do(): void;
}

/** The acts that the state of a draft allows, as buttons with their keys. */
export function ReviewActs({ development, review, onAsk, onDone }: ReviewActsProps) {
  const { viewer } = useDesk();
  const { send, problem } = useAct();
  const { slug, revision } = development;
  const act = (mutation: string, words: string, input: object = {}) => {
    void send(mutation, { slug, expectedRevision: revision, ...input }).then(
      (isDone) => isDone && onDone(words),
    );
  };
  const submit = { key: 's', words: 'Submit for review', do: () => act('submitForReview', 'Submitted.') };
  const approve = { key: 'a', words: 'Approve', do: () => act('approve', 'You approved it.') };
  const request = { key: 'r', words: 'Request changes', do: () => onAsk('requestChanges') };
  const publish = { key: 'p', words: 'Publish', do: () => act('publishDevelopment', 'Published.') };
  const schedule = { key: 'l', words: 'Publish later', do: () => onAsk('schedule') };
  const lift = {
    ...{ key: 'l', words: 'Lift the embargo' },
    do: () => act('schedulePublication', 'The embargo is lifted.', { publishAt: null }),
  };
  const assign = {
    ...{ key: 'm', words: 'Assign to me' },
    do: () => act('assign', 'It is assigned to you.', { assignee: viewer.name }),
  };
  const discard = { key: 'x', words: 'Discard', do: () => onAsk('discard') };
  const override = { key: 'o', words: 'Publish without review', do: () => onAsk('override') };
  const byState: readonly Offered[] = {
    DRAFT: [submit, assign, publish, schedule, discard],
    CHANGES_REQUESTED: [submit, assign, discard],
    IN_REVIEW: [approve, request, assign, publish, schedule, discard],
    APPROVED: [publish, schedule, request, assign, discard],
    SCHEDULED: [lift, publish],
    DISCARDED: [],
    PUBLISHED: [],
  }[review.state];
  const isOpen = development.status === 'DRAFT' && review.state !== 'DISCARDED';
  const offered = viewer.canAdmin && isOpen ? [...byState, override] : byState;
  useKeys((key) => {
    const wanted = offered.find((one) => one.key === key);
    wanted?.do();
    return wanted !== undefined;
  });
  return (
    <>
      {problem && (
        <p className="refusal" role="alert">
          {problem}
        </p>
      )}
      <div className="actions">
        {offered.map(({ key, words, do: onClick }) => (
          <button key={words} type="button" className="second" onClick={onClick}>
            {words} <kbd>{key}</kbd>
          </button>
        ))}
      </div>
    </>
  );
}
