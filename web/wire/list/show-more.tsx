import { useEffect, useState } from 'react';
import { counted } from '../words.js';
import { MAX_PAGE } from './list-variables.js';
import type { More } from './use-more.js';

interface ShowMoreProps {
  readonly more: More;
  /** How many developments are shown. */
  readonly shown: number;
}

/** A button that appends the next page to the list. Without a script there is the link to it. */
export function ShowMore({ more: { isLoading, problem, longer, show }, shown }: ShowMoreProps) {
  const [hasScript, setHasScript] = useState(false);
  useEffect(() => setHasScript(true), []);
  if (!hasScript) return null;
  return (
    <div className="show-more">
      <button type="button" aria-disabled={isLoading} onClick={() => !isLoading && void show()}>
        {isLoading ? 'Loading …' : `Show ${MAX_PAGE} more here`}
      </button>
      <p role="status" className={problem === undefined ? 'unseen' : 'problem'}>
        {problem ?? (longer && `${counted(shown, 'development')} shown`)}
      </p>
    </div>
  );
}
