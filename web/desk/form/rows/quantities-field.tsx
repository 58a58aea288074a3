import { RowsField } from '../fields/rows-field.js';
import { TextField } from '../fields/text-field.js';
import { newQuantity } from '../values/empty-values.js';
import type { QuantityRow } from '../values/form-values.js';

interface QuantitiesFieldProps {
  readonly path: string;
  readonly rows: readonly QuantityRow[];
  onChange(rows: readonly QuantityRow[]): void;
}

const COLUMNS = [
  ['name', 'What is counted or measured'],
  ['unit', 'Unit'],
  ['low', 'Lowest'],
  ['best', 'Best estimate'],
  ['high', 'Highest'],
] as const;

export function QuantitiesField({ path, rows, onChange }: QuantitiesFieldProps) {
  return (
    <RowsField path={path} label="Numbers" one="number" rows={rows} create={newQuantity} onChange={onChange}>
      {(row, at, change) => (
        <div className="grid">
          {COLUMNS.map(([name, label]) => (
            <TextField
              key={name}
              path={`${at}.${name}`}
              label={label}
              isRequired={name === 'name'}
              inputMode={name === 'name' || name === 'unit' ? undefined : 'decimal'}
              value={row[name]}
              onChange={(value) => change({ [name]: value })}
            />
          ))}
        </div>
      )}
    </RowsField>
  );
}
