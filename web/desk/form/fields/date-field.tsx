import { capital } from '../../../wire/words.js';
import { daysOf } from './days-of.js';
import { Field } from './field.js';
import { useDateReading } from './use-date-reading.js';

interface DateFieldProps {
  readonly path: string;
  readonly label: string;
  readonly value: string;
  readonly isRequired?: boolean;
  onChange(value: string): void;
}

/** A date in EDTF, with what it means as it is typed. */
export function DateField({ path, label, value, isRequired, onChange }: DateFieldProps) {
  const reading = useDateReading(value);
  const isCurrent = reading?.text === value.trim();
  const { date, problem } = (isCurrent && reading) || {};
  return (
    <Field
      path={path}
      label={label}
      isOptional={!isRequired}
      note={
        <>
          <span role="status" className={problem ? 'problem' : 'reading'}>
            {date && `${capital(date.text)}${daysOf(date)}`}
            {problem}
          </span>
          {!date && !problem && 'Such as 2019-08-02, 2019-08, 2019-08~ (about), 2019? (uncertain) or ../2019'}
        </>
      }
    >
      {(control) => (
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          className="edtf-entry"
          {...control}
          value={value}
          onChange={({ target }) => onChange(target.value)}
          aria-required={isRequired || undefined}
        />
      )}
    </Field>
  );
}
