import { type ReactNode, useRef } from 'react';
import { controlId } from '../save/problems.js';
import { Problems } from './field.js';

interface RowsFieldProps<Row extends { readonly key: string }> {
  readonly path: string;
  readonly label: string;
  /** The name of one row. */
  readonly one: string;
  readonly rows: readonly Row[];
  readonly note?: ReactNode;
  create(): Row;
  onChange(rows: readonly Row[]): void;
  /** @param path The path of the row within the input. */
  children(row: Row, path: string, change: (changes: Partial<Row>) => void): ReactNode;
}

/** A list whose rows are edited in place. A new row takes the focus; after a removal the button to add has it. */
export function RowsField<Row extends { readonly key: string }>(props: RowsFieldProps<Row>) {
  const { path, label, one, rows, note, create, onChange, children } = props;
  const addButton = useRef<HTMLButtonElement>(null);
  const add = () => {
    const row = create();
    onChange([...rows, row]);
    requestAnimationFrame(() =>
      document
        .getElementById(`row-${row.key}`)
        ?.querySelector<HTMLElement>('input, select, textarea, button')
        ?.focus(),
    );
  };
  const remove = (key: string) => {
    onChange(rows.filter((row) => row.key !== key));
    addButton.current?.focus();
  };
  return (
    <fieldset className="rows" id={controlId(path)} tabIndex={-1}>
      <legend>{label}</legend>
      {note && <p className="small">{note}</p>}
      <Problems path={path} />
      <ol>
        {rows.map((row, index) => (
          <li key={row.key} id={`row-${row.key}`} aria-label={`${one} ${index + 1}`}>
            {children(row, `${path}.${index}`, (changes) =>
              onChange(rows.map((other) => (other.key === row.key ? { ...other, ...changes } : other))),
            )}
            <button type="button" className="quiet remove" onClick={() => remove(row.key)}>
              Remove {one} {index + 1}
            </button>
          </li>
        ))}
      </ol>
      <button type="button" className="quiet" onClick={add} ref={addButton}>
        Add {one}
      </button>
    </fieldset>
  );
}
