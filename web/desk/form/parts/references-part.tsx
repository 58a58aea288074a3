import { ReferenceField } from '../../references/reference-field.js';
import { FIELD_LABELS } from '../values/fields.js';
import type { PartProps } from './part-props.js';

const LISTS = [
  ['topics', 'topic'],
  ['treaties', 'treaty'],
  ['weaponSystems', 'weaponSystem'],
  ['doctrines', 'doctrine'],
] as const;

/** Topics, treaties, weapon systems and doctrines that a development concerns. */
export function ReferencesPart({ values, change }: PartProps) {
  return (
    <div className="grid">
      {LISTS.map(([name, kind]) => (
        <ReferenceField
          key={name}
          kind={kind}
          path={name}
          label={FIELD_LABELS[name]}
          isMany
          chosen={values[name]}
          onChange={(chosen) => change({ [name]: chosen.map(({ slug, name: of }) => ({ slug, name: of })) })}
        />
      ))}
    </div>
  );
}
