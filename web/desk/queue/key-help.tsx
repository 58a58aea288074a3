import { useLayoutEffect, useRef, useState } from 'react';
import { keysAreOn, turnKeys } from './use-keys.js';

interface KeyHelpProps {
  readonly keys: readonly (readonly [key: string, does: string])[];
  onClose(): void;
}

/** The list of keys, and a switch for those who do not want them. */
export function KeyHelp({ keys, onClose }: KeyHelpProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOn, setOn] = useState(keysAreOn);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">Keys</h2>
      <dl className="keys">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className="check">
        <input
          type="checkbox"
          checked={isOn}
          onChange={({ target }) => {
            turnKeys(target.checked);
            setOn(target.checked);
          }}
        />
        Use these keys in this tab
      </label>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
