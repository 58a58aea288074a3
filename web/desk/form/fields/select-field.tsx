import type { ReactNode } from 'react';
import { Field } from './field.js';

interface SelectFieldProps {
  readonly path: string;
  readonly label: string;
  readonly value: string;
  readonly options: Readonly<Record<string, string>>;
  /** The words for no choice. Without it one must be made. */
  readonly none?: string;
  readonly note?: ReactNode;
  onChange(value: string): void;
}

/** A choice among few. */
export function SelectField({ path, label, value, options, none, note, onChange }: SelectFieldProps) {
  return (
    <Field path={path} label={label} note={note}>
      {(control) => (
        <select {...control} value={value} onChange={({ target }) => onChange(target.value)}>
          {none !== undefined && <option value="">{none}</option>}
          {Object.entries(options).map(([option, words]) => (
            <option key={option} value={option}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
