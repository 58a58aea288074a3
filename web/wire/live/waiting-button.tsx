import { counted } from '../words.js';
import { useAnnouncement } from './use-announcement.js';

interface WaitingProps {
  readonly count: number;
  onShow(): void;
}

/** Says how many new developments wait, and shows them on request. */
export function WaitingButton({ count, onShow }: WaitingProps) {
  const spoken = useAnnouncement(count === 0 ? '' : `${counted(count, 'new development')} at the top`);
  return (
    <>
      <div className="fresh">
        {count > 0 && (
          <button type="button" onClick={onShow}>
            {count} new
          </button>
        )}
      </div>
      <p className="unseen" role="status">
        {spoken}
      </p>
    </>
  );
}
