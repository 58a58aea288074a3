import { useState } from 'react';
import { Field } from '../../form/fields/field.js';
import { useAct } from '../../shell/use-act.js';
import { ActDialog } from './act-dialog.js';

interface ScheduleProps {
  readonly slug: string;
  readonly revision: number;
  readonly headline: string;
  onDone(isDone: boolean): void;
}

/** The time zone in which the desk reads and shows times: the browser's. */
export const TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Asks until when a draft is under embargo. */
export function Schedule({ slug, revision, headline, onDone }: ScheduleProps) {
  const { send, problem } = useAct();
  const [local, setLocal] = useState('');
  const instant = local === '' ? undefined : new Date(local);
  const submit = async () => {
    const input = { slug, expectedRevision: revision, publishAt: instant?.toISOString() ?? null };
    if (instant && (await send('schedulePublication', input))) onDone(true);
  };
  return (
    <ActDialog
      title={`Publish later: ${headline}`}
      does="Set the embargo"
      problem={problem}
      onSubmit={() => void submit()}
      onCancel={() => onDone(false)}
    >
      <Field
        path="publishAt"
        label="Publish at"
        note={`In the time zone ${TIME_ZONE}.${instant ? ` In UTC: ${instant.toUTCString()}` : ''}`}
      >
        {(control) => (
          <input
            type="datetime-local"
            step={1}
            required
            {...control}
            value={local}
            onChange={({ target }) => setLocal(target.value)}
          />
        )}
      </Field>
    </ActDialog>
  );
}
