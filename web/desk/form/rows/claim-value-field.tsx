import { ReferenceField } from '../../references/reference-field.js';
import { DateField } from '../fields/date-field.js';
import { SelectField } from '../fields/select-field.js';
import { TextField } from '../fields/text-field.js';
import { CHANGE_TYPES } from '../parts/words.js';
import { entryOf } from '../values/claim-value.js';
import { newQuantity } from '../values/empty-values.js';
import type { ClaimRow } from '../values/form-values.js';
import { ParticipantsField } from './participants-field.js';
import { PlacesField } from './places-field.js';
import { QuantitiesField } from './quantities-field.js';

interface ClaimValueFieldProps {
  readonly path: string;
  readonly claim: ClaimRow;
  change(changes: Partial<ClaimRow>): void;
}

/** The value of a claim, in the format of its field. */
export function ClaimValueField({ path, claim, change }: ClaimValueFieldProps) {
  const text = { path, value: claim.text, onChange: (value: string) => change({ text: value }) };
  switch (entryOf(claim.field)) {
    case 'date':
      return <DateField label="Claimed date" isRequired {...text} />;
    case 'changeType':
      return <SelectField label="Claimed type" options={CHANGE_TYPES} none="Choose" {...text} />;
    case 'actors':
      return (
        <ReferenceField
          kind="actor"
          path={path}
          label="Claimed speakers"
          isMany
          chosen={claim.actors}
          onChange={(actors) => change({ actors })}
        />
      );
    case 'roles':
      return (
        <ParticipantsField
          path={path}
          label="Claimed offices"
          rows={claim.roles}
          firstRole="SPEAKER"
          isFixed
          onChange={(roles) => change({ roles })}
        />
      );
    case 'places':
      return <PlacesField path={path} rows={claim.places} onChange={(places) => change({ places })} />;
    case 'quantities':
      return (
        <QuantitiesField
          path={path}
          rows={claim.quantities}
          onChange={(quantities) => change({ quantities })}
        />
      );
    case 'range':
      return <RangeField path={path} claim={claim} change={change} />;
    case 'text':
      return <TextField label="Claimed words" isRequired rows={2} {...text} />;
  }
}

function RangeField({ path, claim, change }: ClaimValueFieldProps) {
  const range = claim.quantities[0] ?? newQuantity();
  const end = (name: 'low' | 'high', label: string) => (
    <TextField
      path={`${path}.${name}`}
      label={label}
      inputMode="decimal"
      value={range[name]}
      onChange={(value) => change({ quantities: [{ ...range, [name]: value }] })}
    />
  );
  return (
    <>
      {end('low', 'Shortest range in km')}
      {end('high', 'Longest range in km')}
    </>
  );
}
