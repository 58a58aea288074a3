import { type FormEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { counted } from '../../wire/words.js';
import { SelectField } from '../form/fields/select-field.js';
import { TextField } from '../form/fields/text-field.js';
import type { BulkPreview } from '../queries/bulk.js';
import { ActionFields } from './action-fields.js';
import { ACTIONS, type ActionName, type ActionValues, actionOf, NO_VALUES } from './actions.js';
import { PreviewList } from './preview-list.js';
import { useBulk } from './use-bulk.js';
import type { Selected, Selection } from './use-selection.js';

interface BulkSectionProps {
  readonly selection: Selection<Selected>;
  readonly actions: readonly ActionName[];
  onClose(): void;
  /** Called after a change, with what happened. */
  onDone(words: string, bulk: string | null): void;
}

/** Changes the selected developments at once: first a preview, then the act. */
export function BulkSection({ selection, actions, onClose, onDone }: BulkSectionProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  const [name, setName] = useState<ActionName>(actions[0] ?? 'addTopics');
  const [values, setValues] = useState<ActionValues>(NO_VALUES);
  const [reason, setReason] = useState('');
  const [preview, setPreview] = useState<BulkPreview>();
  const [isBusy, setBusy] = useState(false);
  const { problem, preview: tryOut, change } = useBulk();
  const action = actionOf(name, values);
  const { items } = selection;
  // biome-ignore lint/correctness/useExhaustiveDependencies: A preview holds for one action and selection.
  useEffect(() => setPreview(undefined), [JSON.stringify(action), items.length]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!action || isBusy) return;
    setBusy(true);
    if (!preview) setPreview(await tryOut(items, action));
    else {
      const done = await change(items, action, reason.trim() || null);
      if (done) onDone(`${ACTIONS[name]}: ${counted(done.changed, 'development')} changed.`, done.key);
    }
    setBusy(false);
  };
  const needsReason = name === 'retract';
  const isReady =
    action !== undefined &&
    (!preview || preview.changing > 0) &&
    (!preview || !needsReason || reason.trim() !== '');
  return (
    <section className="part bulk" aria-labelledby="bulk-title">
      <h2 id="bulk-title" ref={heading} tabIndex={-1}>
        Change {counted(items.length, 'development')} at once
      </h2>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <SelectField
          path="bulk-action"
          label="What to do"
          value={name}
          options={Object.fromEntries(actions.map((one) => [one, ACTIONS[one]]))}
          onChange={(one) => setName(one as ActionName)}
        />
        <ActionFields name={name} values={values} onChange={setValues} />
        <TextField
          path="bulk-reason"
          label="Reason"
          isRequired={needsReason}
          note={needsReason ? 'Readers see it. A withdrawal cannot be undone.' : undefined}
          value={reason}
          onChange={setReason}
        />
        {problem && (
          <p className="refusal" role="alert">
            {problem}
          </p>
        )}
        {preview && <PreviewList preview={preview} />}
        <p className="actions">
          <button type="submit" aria-disabled={!isReady || isBusy} disabled={!isReady}>
            {preview ? `${ACTIONS[name]}: ${counted(preview.changing, 'development')}` : 'Preview'}
          </button>
          <button type="button" className="second" onClick={onClose}>
            Cancel
          </button>
        </p>
      </form>
    </section>
  );
}
