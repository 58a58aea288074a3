import { type FormEvent, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { TextField } from '../form/fields/text-field.js';
import { type Problem, ProblemsProvider } from '../form/save/problems.js';
import { createReference } from '../queries/create-reference.js';
import { useDesk } from '../session/session-context.js';
import { type FoundReference, REFERENCE_KINDS, type ReferenceKind } from './kinds.js';
import { NewReferenceFields } from './new-reference-fields.js';
import { NEW_VALUES, type NewValues, upsertInput } from './new-values.js';
import { SimilarReferences } from './similar-references.js';
import { slugOf } from './slug.js';
import { useSimilar } from './use-similar.js';

interface NewReferenceProps {
  readonly kind: ReferenceKind;
  readonly name: string;
  /** Called with the reference that was made or chosen, or undefined if the editor gave up. */
  onDone(reference: FoundReference | undefined): void;
}

/** A dialog that makes a reference, after a look at those that may be the same. */
export function NewReference({ kind, name, onDone }: NewReferenceProps) {
  const { client } = useDesk();
  const dialog = useRef<HTMLDialogElement>(null);
  const [values, setValues] = useState<NewValues>({ ...NEW_VALUES, name, slug: slugOf(name) });
  const [hasOwnSlug, setOwnSlug] = useState(false);
  const { found: similar, check } = useSimilar(kind, values.name, values.actorKind);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [isBusy, setBusy] = useState(false);
  const { one } = REFERENCE_KINDS[kind];

  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  const change = useCallback(
    (changes: Partial<NewValues>) => setValues((old) => ({ ...old, ...changes })),
    [],
  );
  const rename = (text: string) => change({ name: text, ...(!hasOwnSlug && { slug: slugOf(text) }) });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation(); // React passes it on to the form that opened the dialog.
    if (isBusy) return;
    setBusy(true);
    if (await check()) return setBusy(false); // The editor reads the warning first.
    const created = await createReference(client, kind, upsertInput(kind, values));
    setBusy(false);
    if (created.reference) onDone(created.reference);
    else setProblems(created.problems);
  };
  // Outside of the form that opens it: forms cannot be nested.
  return createPortal(
    <dialog
      ref={dialog}
      className="new-reference"
      aria-labelledby="new-reference-title"
      onKeyDown={(event) => event.stopPropagation()}
      onCancel={(event) => {
        event.preventDefault();
        onDone(undefined);
      }}
    >
      <ProblemsProvider value={problems}>
        <form onSubmit={submit} className="stack">
          <h2 id="new-reference-title">New {one}</h2>
          <Refused problems={problems} />
          <TextField
            path="name"
            label={kind === 'source' ? 'Title' : 'Name'}
            isRequired
            value={values.name}
            onChange={rename}
          />
          <SimilarReferences kind={kind} found={similar} onPick={onDone} />
          <NewReferenceFields kind={kind} values={values} onChange={change} />
          <TextField
            path="slug"
            label="Readable key"
            note="Lower-case letters and digits joined by hyphens. It stays for ever."
            isRequired
            value={values.slug}
            onChange={(slug) => {
              setOwnSlug(true);
              change({ slug });
            }}
          />
          <p className="actions">
            <button type="submit" aria-disabled={isBusy}>
              {similar.length > 0 ? `It is another one: create ${one}` : `Create ${one}`}
            </button>
            <button type="button" className="quiet" onClick={() => onDone(undefined)}>
              Cancel
            </button>
          </p>
        </form>
      </ProblemsProvider>
    </dialog>,
    document.body,
  );
}

/** Problems of fields that the dialog does not have. */
function Refused({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <p className="refusal" role="alert">
      {problems.map(({ message }) => message).join(' ')}
    </p>
  );
}
