import { type FormEvent, useState } from 'react';
import { TextField } from '../form/fields/text-field.js';
import { useDesk } from '../session/session-context.js';
import { navigate } from '../shell/navigation.js';
import { PageTitle } from '../shell/page-title.js';

const ADD = `mutation AddArticle($input: AddArticleInput!) {
  result: addArticle(input: $input) {
    ... on AddArticleSuccess { item { id } }
    ... on Error { message }
  }
}`;

interface Added {
  readonly result?: { readonly item?: { readonly id: string }; readonly message?: string } | null;
}

type Form = 'text' | 'html' | 'markdown';

/** Adds an article to the inbox: its text, or a file. */
export function AddArticlePage() {
  const { client } = useDesk();
  const [document, setDocument] = useState('');
  const [form, setForm] = useState<Form>('text');
  const [url, setUrl] = useState('');
  const [title, setTitle] = useState('');
  const [published, setPublished] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    const input = {
      [form]: document,
      ...(url.trim() && { url: url.trim() }),
      ...(title.trim() && { title: title.trim() }),
      ...(published && { publishedAt: `${published}T00:00:00Z` }),
      idempotencyKey: crypto.randomUUID(),
    };
    const { data, error } = await client.mutation<Added>(ADD, { input }).toPromise();
    setBusy(false);
    const item = data?.result?.item;
    if (item) navigate({ page: 'article', id: item.id, key: '' });
    else setProblem(data?.result?.message ?? error?.message ?? 'The server did not answer. Try again.');
  };
  const read = async (file: File | undefined) => {
    if (!file) return;
    setDocument(await file.text());
    setForm(
      /\.html?$/i.test(file.name) ? 'html' : /\.(?:md|markdown)$/i.test(file.name) ? 'markdown' : 'text',
    );
  };
  return (
    <>
      <PageTitle>Add an article</PageTitle>
      {problem && (
        <p className="refusal" role="alert">
          {problem}
        </p>
      )}
      <form className="development-form" onSubmit={(event) => void submit(event)}>
        <TextField path="article-url" label="Address" value={url} onChange={setUrl} isWide />
        <TextField path="article-title" label="Title" value={title} onChange={setTitle} isWide />
        <div className="field">
          <label htmlFor="article-published">Published on</label>
          <input
            id="article-published"
            type="date"
            value={published}
            onChange={({ target }) => setPublished(target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="article-file">A file: HTML, Markdown or plain text</label>
          <input
            id="article-file"
            type="file"
            accept=".html,.htm,.md,.markdown,.txt,text/*"
            onChange={({ target }) => void read(target.files?.[0])}
          />
        </div>
        <TextField
          path="article-text"
          label="Text of the article"
          rows={14}
          value={document}
          onChange={setDocument}
          isWide
        />
        <div className="actions">
          <button type="submit" aria-disabled={isBusy}>
            Add to the inbox
          </button>
        </div>
      </form>
    </>
  );
}
