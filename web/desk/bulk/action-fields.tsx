import { CREDIBILITY } from '../../wire/words.js';
import { SelectField } from '../form/fields/select-field.js';
import { TextField } from '../form/fields/text-field.js';
import { ReferenceField } from '../references/reference-field.js';
import type { ActionName, ActionValues } from './actions.js';

interface ActionFieldsProps {
  readonly name: ActionName;
  readonly values: ActionValues;
  onChange(values: ActionValues): void;
}

/** What an action needs to know. */
export function ActionFields({ name, values, onChange }: ActionFieldsProps) {
  const set = (change: Partial<ActionValues>) => onChange({ ...values, ...change });
  switch (name) {
    case 'assign':
      return (
        <TextField
          path="bulk-assignee"
          label="Assign to"
          note="The name of an editor's token. Leave it empty to assign to nobody."
          value={values.assignee}
          onChange={(assignee) => set({ assignee })}
        />
      );
    case 'addTopics':
    case 'removeTopics':
      return (
        <ReferenceField
          kind="topic"
          path="bulk-topics"
          label="Topics"
          isMany
          chosen={values.topics}
          onChange={(topics) => set({ topics })}
        />
      );
    case 'changeSource':
      return (
        <>
          <ReferenceField
            kind="source"
            path="bulk-source"
            label="Replace"
            chosen={values.source}
            onChange={(source) => set({ source })}
          />
          <ReferenceField
            kind="source"
            path="bulk-new-source"
            label="By"
            chosen={values.newSource}
            onChange={(newSource) => set({ newSource })}
          />
        </>
      );
    case 'regrade':
      return (
        <>
          <SelectField
            path="bulk-credibility"
            label="Credibility of the citations"
            none="As it is"
            options={CREDIBILITY}
            note="The confidence is derived again from the grades of the sources."
            value={values.credibility}
            onChange={(credibility) => set({ credibility })}
          />
          <ReferenceField
            kind="source"
            path="bulk-source"
            label="Only citations of this source"
            chosen={values.source}
            onChange={(source) => set({ source })}
          />
        </>
      );
    default:
      return null;
  }
}
