import { ReferenceField } from '../../references/reference-field.js';
import { DateField } from '../fields/date-field.js';
import { SelectField } from '../fields/select-field.js';
import { TextField } from '../fields/text-field.js';
import { PlacesField } from '../rows/places-field.js';
import { QuantitiesField } from '../rows/quantities-field.js';
import { FIELD_LABELS } from '../values/fields.js';
import type { FormValues } from '../values/form-values.js';
import type { PartProps } from './part-props.js';
import { CHANGE_TYPES, EVENT_TYPES } from './words.js';

/** The names of fields that are texts. */
type TextName = {
  [Name in keyof FormValues]: FormValues[Name] extends string ? Name : never;
}[keyof FormValues];

/** Returns the common properties of a text field. */
export const textOf = ({ values, change }: PartProps, name: TextName) => ({
  path: name,
  label: FIELD_LABELS[name],
  value: values[name],
  onChange: (value: string) => change({ [name]: value }),
});

/** The fields that only one kind of development has. */
export function OwnPart(props: PartProps) {
  switch (props.kind) {
    case 'STATEMENT':
      return <StatementPart {...props} />;
    case 'EVENT':
      return <EventPart {...props} />;
    case 'DOCTRINE_CHANGE':
      return <DoctrineChangePart {...props} />;
  }
}

function StatementPart(props: PartProps) {
  const language = props.values.originalLanguage || undefined;
  return (
    <>
      <div className="beside">
        <TextField rows={5} language={language} {...textOf(props, 'quotation')} />
        <TextField rows={5} {...textOf(props, 'translation')} />
      </div>
      <div className="grid">
        <TextField note="Such as ru." {...textOf(props, 'originalLanguage')} />
        <TextField note="Such as Cyrl." {...textOf(props, 'originalScript')} />
        <TextField {...textOf(props, 'translator')} />
        <TextField {...textOf(props, 'setting')} />
        <TextField {...textOf(props, 'attribution')} />
      </div>
    </>
  );
}

function EventPart(props: PartProps) {
  const { values, change } = props;
  return (
    <>
      <div className="grid">
        <SelectField none="Choose" options={EVENT_TYPES} {...textOf(props, 'type')} />
      </div>
      <PlacesField path="places" rows={values.places} onChange={(places) => change({ places })} />
      <QuantitiesField
        path="quantities"
        rows={values.quantities}
        onChange={(quantities) => change({ quantities })}
      />
    </>
  );
}

function DoctrineChangePart(props: PartProps) {
  const { values, change } = props;
  return (
    <>
      <div className="grid">
        <ReferenceField
          kind="doctrine"
          path="doctrine"
          label={FIELD_LABELS.doctrine}
          chosen={values.doctrine ? [values.doctrine] : []}
          onChange={([doctrine]) =>
            change({ doctrine: doctrine ? { slug: doctrine.slug, name: doctrine.name } : null })
          }
        />
        <SelectField none="Choose" options={CHANGE_TYPES} {...textOf(props, 'changeType')} />
        <DateField {...textOf(props, 'effective')} />
      </div>
      <div className="beside">
        <TextField rows={4} {...textOf(props, 'before')} />
        <TextField rows={4} {...textOf(props, 'after')} />
      </div>
    </>
  );
}
