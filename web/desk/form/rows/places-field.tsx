import { RowsField } from '../fields/rows-field.js';
import { SelectField } from '../fields/select-field.js';
import { TextField } from '../fields/text-field.js';
import { PRECISIONS } from '../parts/words.js';
import { newPlace } from '../values/empty-values.js';
import type { PlaceRow } from '../values/form-values.js';

interface PlacesFieldProps {
  readonly path: string;
  readonly rows: readonly PlaceRow[];
  onChange(rows: readonly PlaceRow[]): void;
}

export function PlacesField({ path, rows, onChange }: PlacesFieldProps) {
  return (
    <RowsField path={path} label="Places" one="place" rows={rows} create={newPlace} onChange={onChange}>
      {(row, at, change) => {
        const text = (name: 'name' | 'countryCode' | 'latitude' | 'longitude') => ({
          path: `${at}.${name}`,
          value: row[name],
          onChange: (value: string) => change({ [name]: value }),
        });
        return (
          <div className="grid">
            <TextField label="Name" isRequired {...text('name')} />
            <SelectField
              path={`${at}.precision`}
              label="Precision"
              value={row.precision}
              options={PRECISIONS}
              onChange={(precision) => change({ precision })}
            />
            <TextField label="Country code" {...text('countryCode')} />
            <TextField label="Latitude" inputMode="decimal" {...text('latitude')} />
            <TextField label="Longitude" inputMode="decimal" {...text('longitude')} />
          </div>
        );
      }}
    </RowsField>
  );
}
