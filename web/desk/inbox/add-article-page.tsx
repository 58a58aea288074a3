import { type FormEvent, useState } from 'react';
import { TextField } from '../form/fields/text-field.js';
import { useDesk } from '../session/session-context.js';
import { navigate } from '../shell/navigation.js';
import { PageTitle } from '../shell/page-title.js';
import { type ArticleForm, byteLength, megabytes, readArticleFile, tooLarge } from './article-file.js';

const ADD = `mutation AddArticle($input: AddArticleInput!) {
  result: addArticle(input: $input) {
    ... on AddArticleSuccess { item { id } }
    ... on Error { message }
  }
}`;

interface Added {
  readonly result?: { readonly item?: { readonly id: string }; readonly message?: string } | null;
}

/** Adds an article to the inbox: by its address, by its text, or from a file. */
export function AddArticlePage() {
  const { client, viewer } = useDesk();
  const { maxArticleBytes } = viewer;
  const [document, setDocument] = useState('');
  const [form, setForm] = useState<Exclude<ArticleForm, 'pdf'>>('text');
  const [pdf, setPdf] = useState<{ readonly name: string; readonly base64: string }>();
  const [url, setUrl] = useState('');
  const [title, setTitle] = useState('');
  const [published, setPublished] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    const refused = pdf ? undefined : tooLarge(byteLength(document), maxArticleBytes);
    if (refused) return setProblem(refused);
    setBusy(true);
    const input = {
      ...(pdf ? { pdf: pdf.base64 } : document.trim() && { [form]: document }),
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
    setPdf(undefined);
    setProblem(file && tooLarge(file.size, maxArticleBytes));
    if (!file || file.size > maxArticleBytes) return;
    try {
      const { form: found, content } = await readArticleFile(file);
      setDocument(found === 'pdf' ? '' : content);
      if (found === 'pdf') setPdf({ name: file.name, base64: content });
      else setForm(found);
    } catch {
      setProblem('The file cannot be read. Choose it again.');
    }
  };
  return (
    <>
      <PageTitle>Add an article</PageTitle>
      {problem && (
        <p className="refusal" role="alert">
          {problem}
        </p>
      )}
      <p>With an address alone, the server fetches the article.</p>
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
          <label htmlFor="article-file">A file: HTML, Markdown, plain text or PDF</label>
          <input
            id="article-file"
            type="file"
            accept=".html,.htm,.md,.markdown,.txt,.pdf,text/*,application/pdf"
            aria-describedby="article-file-note"
            onChange={({ target }) => void read(target.files?.[0])}
          />
          <p className="small" id="article-file-note">
            At most {megabytes(maxArticleBytes)}. The inbox keeps the first 500,000 characters of its text.
          </p>
        </div>
        {pdf ? (
          <p role="status">
            The text is read from <bdi>{pdf.name}</bdi>.
          </p>
        ) : (
          <TextField
            path="article-text"
            label="Text of the article"
            rows={14}
            value={document}
            onChange={setDocument}
            isWide
          />
        )}
        <div className="actions">
          <button type="submit" aria-disabled={isBusy}>
            Add to the inbox
          </button>
        </div>
      </form>
    </>
  );
}
