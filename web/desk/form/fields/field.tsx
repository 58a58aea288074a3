import type { ReactNode } from 'react';
import { controlId, useProblems } from '../save/problems.js';

interface FieldProps {
  readonly path: string;
  readonly label: string;
  /** What is expected. */
  readonly note?: ReactNode;
  readonly isWide?: boolean | undefined;
  /** Whether it may stay empty. */
  readonly isOptional?: boolean | undefined;
  /** Renders the control with what ties it to its label, its note and its problems. */
  children(control: ControlProps): ReactNode;
}

interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

/** A control with its label, a note, and what the server said about it. */
export function Field({ path, label, note, isWide, isOptional, children }: FieldProps) {
  const id = controlId(path);
  const problems = useProblems(path);
  const describedBy = [note && `${id}-note`, problems.length > 0 && `${id}-problem`]
    .filter(Boolean)
    .join(' ');
  return (
    <div className={`field${isWide ? ' wide' : ''}${problems.length > 0 ? ' refused' : ''}`}>
      <label htmlFor={id}>
        {label}
        {isOptional && <span className="optional"> (optional)</span>}
      </label>
      {children({
        id,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': problems.length > 0 || undefined,
      })}
      {note && (
        <p className="small" id={`${id}-note`}>
          {note}
        </p>
      )}
      <Problems path={path} />
    </div>
  );
}

/** What the server said about the field at a path. */
export function Problems({ path }: { readonly path: string }) {
  const problems = useProblems(path);
  if (problems.length === 0) return null;
  return (
    <p className="problem" id={`${controlId(path)}-problem`}>
      {problems.map(({ message }) => message).join(' ')}
    </p>
  );
}
