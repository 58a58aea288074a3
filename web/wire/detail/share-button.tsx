import { useEffect, useState } from 'react';

type State = 'unavailable' | 'ready' | 'copied';

interface ShareButtonProps {
  readonly path: string;
  readonly title: string;
}

/** Shares a page by the device's own means, or copies its address. Appears with the script only. */
export function ShareButton({ path, title }: ShareButtonProps) {
  const [state, setState] = useState<State>('unavailable');
  useEffect(() => {
    // Both exist on secure origins only.
    if ('share' in navigator || 'clipboard' in navigator) setState('ready');
  }, []);
  if (state === 'unavailable') return null;
  const share = async () => {
    const url = new URL(path, location.href).href;
    try {
      if ('share' in navigator) await navigator.share({ title, url });
      else {
        await (navigator as Navigator).clipboard.writeText(url);
        setState('copied');
      }
    } catch {
      // The reader has closed the dialog, or does not allow copying.
    }
  };
  return (
    <>
      <button type="button" className="quiet" onClick={share}>
        Share
      </button>{' '}
      <span className="small" role="status">
        {state === 'copied' && 'Link copied'}
      </span>
    </>
  );
}
