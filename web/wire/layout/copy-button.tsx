import { useEffect, useState } from 'react';

type State = 'unavailable' | 'ready' | 'copied' | 'refused';

const WORDS = { ready: '', copied: 'Copied', refused: 'Select the text to copy it' } as const;

/** Copies a text. Appears with the script only, on secure origins. */
export function CopyButton({ text }: { readonly text: string }) {
  const [state, setState] = useState<State>('unavailable');
  useEffect(() => {
    if ('clipboard' in navigator) setState('ready');
  }, []);
  if (state === 'unavailable') return null;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('refused'),
    );
  return (
    <>
      <button type="button" className="quiet" onClick={copy}>
        Copy
      </button>{' '}
      <span className="small" role="status">
        {WORDS[state]}
      </span>
    </>
  );
}
