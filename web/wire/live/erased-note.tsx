import { erasedWords, type Ground } from '../words.js';
import { useAnnouncement } from './use-announcement.js';

/** Says which developments of the list were erased while the page was open, and why. */
export function ErasedNote({ erased }: { readonly erased: ReadonlyMap<string, Ground> }) {
  const grounds = [...new Set(erased.values())];
  const sentences = grounds.map((ground) => {
    const count = [...erased.values()].filter((one) => one === ground).length;
    return erasedWords(count === 1 ? 'A development was' : `${count} developments were`, ground);
  });
  return (
    <>
      <p className="unseen" role="status">
        {useAnnouncement(sentences.join(' '))}
      </p>
      {sentences.map((sentence) => (
        <p key={sentence} className="mark">
          {sentence}
        </p>
      ))}
    </>
  );
}
