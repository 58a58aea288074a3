import { type FormEvent, useMemo, useState } from 'react';
import { counted } from '../../wire/words.js';
import { KIND_PATHS, type KindPath } from '../address.js';
import { EDITABLE, type Editable } from '../queries/editable.js';
import { useDesk } from '../session/session-context.js';
import { useSaveKey } from '../shell/use-save-key.js';
import { Conflict } from './conflict/conflict.js';
import { DateField } from './fields/date-field.js';
import { SelectField } from './fields/select-field.js';
import { TextField } from './fields/text-field.js';
import type { KeptForm } from './kept/kept-forms.js';
import { useKeptValues } from './kept/use-kept-values.js';
import { OwnPart, textOf } from './parts/own-part.js';
import { ReferencesPart } from './parts/references-part.js';
import { CONFIDENCES } from './parts/words.js';
import { Preview } from './preview/preview.js';
import { CitationsField } from './rows/citations-field.js';
import { ParticipantsField } from './rows/participants-field.js';
import { ProblemSummary } from './save/problem-summary.js';
import { type Problem, ProblemsProvider } from './save/problems.js';
import { type Sending, type Sent, send } from './save/send.js';
import type { FormValues } from './values/form-values.js';
import { changedFields } from './values/input.js';
import { valuesOf } from './values/values-of.js';

interface DevelopmentFormProps {
  readonly kind: KindPath;
  /** The key under which the browser keeps the form. */
  readonly form: string;
  readonly values: FormValues;
  /** What the form revises. Undefined: it records a new development. */
  readonly base?: KeptForm['base'];
  /** The suggestion of an article that it accepts. */
  readonly suggestion?: Sending['suggestion'];
  /** Whether readers see what is saved at once. */
  readonly isPublic?: boolean;
  onSaved(saved: Extract<Sent, { kind: 'saved' }>): void;
}

/** The form for a development of any kind, new or to be revised. */
export function DevelopmentForm({
  kind: path,
  form,
  values: begun,
  base,
  suggestion,
  isPublic,
  onSaved,
}: DevelopmentFormProps) {
  const { client } = useDesk();
  const kind = KIND_PATHS[path];
  const kept = useKeptValues(form, { kind: path, values: begun, base });
  const { values, change } = kept;
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [latest, setLatest] = useState<Editable>();
  const [isBusy, setBusy] = useState(false);
  const key = useMemo(() => ({ of: values, id: crypto.randomUUID() }).id, [values]);
  const part = { kind, values, change };
  const changed = kept.base ? changedFields(kind, kept.base.values, values) : [];

  const save = async (publish: boolean) => {
    if (isBusy) return;
    setBusy(true);
    setProblems([]);
    setLatest(undefined);
    const idempotencyKey = `${key}${publish ? '-p' : ''}`;
    const about = { base: kept.base, suggestion };
    const sent = await send(client, { kind, values, ...about, publish, reason, idempotencyKey });
    if (sent.kind === 'saved') {
      kept.forget();
      onSaved(sent);
      return;
    }
    if (sent.kind === 'refused') setProblems(sent.problems);
    else {
      const { data } = await client.query(EDITABLE, { slug: kept.base?.slug ?? '' }).toPromise();
      setLatest(data?.development ?? undefined);
    }
    setBusy(false);
  };
  useSaveKey(() => void save(false));
  return (
    <ProblemsProvider value={problems}>
      {kept.restoredAt !== undefined && <Restored at={kept.restoredAt} onDiscard={() => discard()} />}
      <form className="development-form" onSubmit={(event: FormEvent) => event.preventDefault()}>
        <ProblemSummary problems={problems} />
        {latest && kept.base && (
          <Conflict
            kind={kind}
            latest={latest}
            versions={{ base: kept.base.values, theirs: valuesOf(latest), mine: values }}
            onResolve={(merged) => {
              const { slug, revision } = latest;
              kept.restart(merged, { slug, revision, values: valuesOf(latest) });
              setLatest(undefined);
            }}
          />
        )}
        <div className="with-preview">
          <div className="parts">
            <TextField isRequired isWide {...textOf(part, 'headline')} />
            <DateField isRequired {...textOf(part, 'occurred')} />
            <TextField rows={3} {...textOf(part, 'summary')} />
            <ParticipantsField
              path="participants"
              label="Participants"
              rows={values.participants}
              firstRole={kind === 'STATEMENT' ? 'SPEAKER' : 'INITIATOR'}
              onChange={(participants) => change({ participants })}
            />
            <OwnPart {...part} />
            <CitationsField {...part} />
            <ReferencesPart {...part} />
            <div className="grid">
              <SelectField
                none="As derived from the citations"
                options={CONFIDENCES}
                {...textOf(part, 'confidence')}
              />
              {values.confidence && <TextField isRequired {...textOf(part, 'confidenceReason')} />}
            </div>
          </div>
          <Preview kind={kind} values={values} />
        </div>
        <TextField path="reason" label="Reason for this change" value={reason} onChange={setReason} isWide />
        <div className="actions">
          {kept.base ? (
            <>
              <button type="button" aria-disabled={isBusy} onClick={() => void save(false)}>
                {isPublic ? 'Save and publish the revision' : 'Save the draft'}
              </button>
              <p className="small" role="status">
                {changed.length === 0
                  ? 'Nothing is changed.'
                  : `${counted(changed.length, 'field')} changed.`}
              </p>
            </>
          ) : (
            <>
              <button type="button" aria-disabled={isBusy} onClick={() => void save(false)}>
                Save as draft
              </button>
              <button type="button" className="second" aria-disabled={isBusy} onClick={() => void save(true)}>
                Publish now
              </button>
            </>
          )}
          <p className="small">Ctrl+S saves. Until then, this browser keeps what you type.</p>
        </div>
      </form>
    </ProblemsProvider>
  );

  function discard(): void {
    kept.forget();
    kept.restart(begun, base);
  }
}

function Restored({ at, onDiscard }: { readonly at: number; onDiscard(): void }) {
  return (
    <p className="notice" role="status">
      Restored what you typed until {new Date(at).toLocaleString('en-GB')}.{' '}
      <button type="button" className="quiet" onClick={onDiscard}>
        Start over
      </button>
    </p>
  );
}
