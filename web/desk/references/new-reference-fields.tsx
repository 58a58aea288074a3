import { RELIABILITY } from '../../wire/words.js';
import { DateField } from '../form/fields/date-field.js';
import { SelectField } from '../form/fields/select-field.js';
import { TextField } from '../form/fields/text-field.js';
import type { ReferenceKind } from './kinds.js';
import type { NewValues } from './new-values.js';
import { ReferenceSearch } from './reference-search.js';

interface NewReferenceFieldsProps {
  readonly kind: ReferenceKind;
  readonly values: NewValues;
  onChange(changes: Partial<NewValues>): void;
}

const ACTOR_KINDS = {
  PERSON: 'Person',
  STATE: 'State or territory',
  ORGANISATION: 'Organisation',
  ALLIANCE: 'Alliance of states',
  OUTLET: 'Newspaper, agency or broadcaster',
};

const GRADES = Object.fromEntries(
  Object.entries(RELIABILITY).map(([grade, words]) => [grade, `${grade}: ${words}`]),
);

/** The fields of a new reference beside its name and key. */
export function NewReferenceFields({ kind, values, onChange }: NewReferenceFieldsProps) {
  const text = (name: keyof NewValues) => ({
    path: name,
    value: values[name] as string,
    onChange: (value: string) => onChange({ [name]: value }),
  });
  const namesAndItem = (what: string) => (
    <>
      <TextField
        label={`Other ${what}`}
        rows={2}
        note="One a line: other spellings and scripts."
        {...text('otherNames')}
        path="names"
      />
      <TextField label="Wikidata item" note="Such as Q159." {...text('wikidataId')} />
    </>
  );
  switch (kind) {
    case 'topic':
      return namesAndItem('names');
    case 'actor':
      return (
        <>
          <SelectField
            path="kind"
            label="Kind"
            value={values.actorKind}
            options={ACTOR_KINDS}
            onChange={(actorKind) => onChange({ actorKind })}
          />
          <TextField label="Country code" note="Two letters, such as RU." {...text('countryCode')} />
          {namesAndItem('names')}
        </>
      );
    case 'source':
      return (
        <>
          <TextField label="Publisher" {...text('publisher')} />
          <TextField label="Address" inputMode="url" {...text('url')} />
          <DateField label="Date of publication" {...text('published')} />
          <TextField label="Language" note="Such as en or ru." {...text('language')} />
          <SelectField
            path="reliability"
            label="Reliability"
            value={values.reliability}
            options={GRADES}
            onChange={(reliability) => onChange({ reliability })}
          />
          {namesAndItem('titles')}
        </>
      );
    case 'treaty':
      return <TextField label="Abbreviation" {...text('abbreviation')} />;
    case 'doctrine':
      return values.actor ? (
        <p>
          Doctrine of <bdi>{values.actor.name}</bdi>{' '}
          <button type="button" className="quiet" onClick={() => onChange({ actor: null })}>
            Remove
          </button>
        </p>
      ) : (
        <ReferenceSearch
          kind="actor"
          id="new-doctrine-actor"
          path="actor"
          label="Whose doctrine"
          chosen={[]}
          onPick={(actor) => onChange({ actor })}
        />
      );
    default:
      return null;
  }
}
