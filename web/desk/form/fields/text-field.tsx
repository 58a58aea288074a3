import type { ReactNode } from 'react';
import { directionOf } from '../../../wire/text-direction.js';
import { Field } from './field.js';

interface TextFieldProps {
  readonly path: string;
  readonly label: string;
  readonly value: string;
  readonly note?: ReactNode;
  readonly rows?: number;
  readonly isRequired?: boolean;
  readonly isWide?: boolean;
  /** The language of the text, if it is not English. */
  readonly language?: string | undefined;
  readonly inputMode?: 'decimal' | 'url' | undefined;
  onChange(value: string): void;
}

/** A line of text, or several with `rows`. */
export function TextField(props: TextFieldProps) {
  const { path, label, value, note, rows, isRequired, isWide = rows !== undefined, language } = props;
  return (
    <Field path={path} label={label} isOptional={!isRequired} note={note} isWide={isWide}>
      {(control) => {
        const shared = {
          ...control,
          value,
          onChange: ({ target }: { target: { value: string } }) => props.onChange(target.value),
          'aria-required': isRequired || undefined,
          dir: directionOf(value),
          ...(language && { lang: language }),
        };
        return rows === undefined ? (
          <input type="text" autoComplete="off" inputMode={props.inputMode} {...shared} />
        ) : (
          <textarea rows={rows} {...shared} />
        );
      }}
    </Field>
  );
}
