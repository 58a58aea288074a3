import { type FormEvent, type ReactNode, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';

interface ActDialogProps {
  readonly title: string;
  /** The words of the button that does it. */
  readonly does: string;
  readonly problem: string | undefined;
  readonly children: ReactNode;
  onSubmit(): void;
  onCancel(): void;
}

/** A dialog that asks what an act needs. */
export function ActDialog({ title, does, problem, children, onSubmit, onCancel }: ActDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    onSubmit();
  };
  return createPortal(
    <dialog
      ref={dialog}
      aria-labelledby="act-title"
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <form className="stack" onSubmit={submit}>
        <h2 id="act-title">{title}</h2>
        {problem && (
          <p className="refusal" role="alert">
            {problem}
          </p>
        )}
        {children}
        <p className="actions">
          <button type="submit">{does}</button>
          <button type="button" className="second" onClick={onCancel}>
            Cancel
          </button>
        </p>
      </form>
    </dialog>,
    document.body,
  );
}
