import { useState } from 'react';
import { counted } from '../../wire/words.js';
import { ActDialog } from '../review/acts/act-dialog.js';
import { useDesk } from '../session/session-context.js';

const IMPORT = `mutation ImportOpml($input: ImportOpmlInput!) {
  result: importOpml(input: $input) {
    ... on ImportOpmlSuccess { added { key } alreadyWatched refused }
    ... on Error { message }
  }
}`;

interface Imported {
  readonly result?: {
    readonly added?: readonly object[];
    readonly alreadyWatched?: readonly string[];
    readonly refused?: readonly string[];
    readonly message?: string;
  } | null;
}

/** @param said What was imported, in words. Undefined if the editor went back. */
type OnDone = (said: string | undefined) => void;

/** Asks for an OPML file and watches its feeds. */
export function ImportOpml({ onDone }: { readonly onDone: OnDone }) {
  const { client } = useDesk();
  const [file, setFile] = useState<File>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const send = async () => {
    if (!file) return setProblem('Choose a file.');
    const opml = await file.text().catch(() => undefined);
    if (opml === undefined) return setProblem('The file cannot be read. Choose it again.');
    const input = { opml, idempotencyKey: crypto.randomUUID() };
    const { data, error } = await client.mutation<Imported>(IMPORT, { input }).toPromise();
    const { added, alreadyWatched = [], refused = [], message } = data?.result ?? {};
    if (!added) return setProblem(message ?? error?.message ?? 'The server did not answer.');
    onDone(
      [
        `Imported: ${counted(added.length, 'feed')}.`,
        alreadyWatched.length > 0 && `Watched before: ${alreadyWatched.length}.`,
        refused.length > 0 && `Refused: ${refused.join(', ')}.`,
      ]
        .filter(Boolean)
        .join(' '),
    );
  };
  const submit = async () => {
    if (isBusy) return;
    setBusy(true);
    await send();
    setBusy(false);
  };
  return (
    <ActDialog
      title="Import feeds"
      does="Import"
      problem={problem}
      onSubmit={() => void submit()}
      onCancel={() => onDone(undefined)}
    >
      <div className="field">
        <label htmlFor="opml-file">An OPML file, as feed readers export it</label>
        <input
          id="opml-file"
          type="file"
          accept=".opml,.xml,text/xml,text/x-opml"
          onChange={({ target }) => setFile(target.files?.[0])}
        />
      </div>
    </ActDialog>
  );
}
