import { useState } from 'react';
import { RowsField } from '../../form/fields/rows-field.js';
import { SelectField } from '../../form/fields/select-field.js';
import { TextField } from '../../form/fields/text-field.js';
import { FIELD_LABELS } from '../../form/values/fields.js';
import { useAct } from '../../shell/use-act.js';
import { ActDialog } from './act-dialog.js';

interface RequestChangesProps {
  readonly slug: string;
  readonly revision: number;
  readonly headline: string;
  onDone(isDone: boolean): void;
}

interface FieldNote {
  readonly key: string;
  readonly field: string;
  readonly text: string;
}

/** Asks the author of a draft for changes, with notes on fields. */
export function RequestChanges({ slug, revision, headline, onDone }: RequestChangesProps) {
  const { send, problem } = useAct();
  const [note, setNote] = useState('');
  const [fields, setFields] = useState<readonly FieldNote[]>([]);
  const submit = async () => {
    const input = {
      ...{ slug, expectedRevision: revision },
      ...(note.trim() && { note }),
      fields: fields.map(({ field, text }) => ({ field, text })),
    };
    if (await send('requestChanges', input)) onDone(true);
  };
  return (
    <ActDialog
      title={`Request changes: ${headline}`}
      does="Request changes"
      problem={problem}
      onSubmit={() => void submit()}
      onCancel={() => onDone(false)}
    >
      <TextField path="request-note" label="Note" rows={3} value={note} onChange={setNote} />
      <RowsField
        path="request-fields"
        label="Notes on fields"
        one="note"
        rows={fields}
        create={() => ({ key: crypto.randomUUID(), field: 'headline', text: '' })}
        onChange={setFields}
      >
        {(row, at, change) => (
          <div className="grid">
            <SelectField
              path={`${at}.field`}
              label="Field"
              value={row.field}
              options={FIELD_LABELS}
              onChange={(field) => change({ field })}
            />
            <TextField
              path={`${at}.text`}
              label="What to change"
              isRequired
              value={row.text}
              onChange={(text) => change({ text })}
            />
          </div>
        )}
      </RowsField>
    </ActDialog>
  );
}
