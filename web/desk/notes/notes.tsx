import { type FormEvent, useState } from 'react';
import { TextField } from '../form/fields/text-field.js';
import { FIELD_LABELS } from '../form/values/fields.js';
import type { FieldName } from '../form/values/form-values.js';
import { useLiveReload } from '../live/use-live-reload.js';
import { type DeskNote, NOTES } from '../queries/notes.js';
import { useDesk } from '../session/session-context.js';
import { useAct } from '../shell/use-act.js';
import { useQuery } from '../shell/use-query.js';

/** Who is editing a development, and what editors have noted on it. Live. */
export function Notes({ slug }: { readonly slug: string }) {
  const { viewer } = useDesk();
  const { data, reload } = useQuery(NOTES, { slug });
  useLiveReload(reload, slug);
  const notes = data?.development?.notes ?? [];
  const others = (data?.development?.presence ?? []).filter(({ editor }) => editor !== viewer.name);
  return (
    <section className="part" aria-labelledby="notes-title">
      <h2 id="notes-title">Notes</h2>
      <p role="status" className="presence">
        {others.length > 0 &&
          `${others.map(({ editor }) => editor).join(' and ')} ${others.length === 1 ? 'is' : 'are'} editing this.`}
      </p>
      {notes.length === 0 && <p className="small">There are no notes yet.</p>}
      <ol className="notes" aria-live="polite" aria-relevant="additions">
        {notes.map((note) => (
          <NoteItem key={note.key} note={note} />
        ))}
      </ol>
      <NoteForm slug={slug} onAdded={reload} />
    </section>
  );
}

function NoteItem({ note }: { readonly note: DeskNote }) {
  const { send, problem } = useAct();
  const { key, author, recordedAt, text, field, replyTo, resolvedBy } = note;
  return (
    <li className={replyTo ? 'reply' : undefined}>
      <p className="small">
        <b>{author}</b>, {new Date(recordedAt).toLocaleString('en-GB')}
        {field && `, on ${FIELD_LABELS[field as FieldName] ?? field}`}
        {resolvedBy && `, resolved by ${resolvedBy}`}
      </p>
      <p className="note-text">{text}</p>
      <button
        type="button"
        className="quiet"
        onClick={() => void send('resolveNote', { note: key, resolved: !resolvedBy })}
      >
        {resolvedBy ? 'Open again' : 'Resolve'}
        <span className="unseen"> the note of {author}</span>
      </button>
      {problem && <p className="problem">{problem}</p>}
    </li>
  );
}

function NoteForm({ slug, onAdded }: { readonly slug: string; onAdded(): void }) {
  const { send, problem } = useAct();
  const [text, setText] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '' || !(await send('addNote', { slug, text }))) return;
    setText('');
    onAdded();
  };
  return (
    <form className="stack note-form" onSubmit={submit} aria-label="New note">
      <TextField
        path="note"
        label="Add a note"
        rows={2}
        isRequired
        note="@name mentions an editor."
        value={text}
        onChange={setText}
      />
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <p>
        <button type="submit">Add the note</button>
      </p>
    </form>
  );
}
