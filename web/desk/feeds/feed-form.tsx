import { type FormEvent, useState } from 'react';
import { TextField } from '../form/fields/text-field.js';
import type { WatchedFeed } from '../queries/feeds.js';
import { ReferenceField } from '../references/reference-field.js';
import { navigate } from '../shell/navigation.js';
import { useAct } from '../shell/use-act.js';

const LIST = { page: 'feeds', key: '' } as const;

/** The rules of a watched feed, or of a new one. */
export function FeedForm({ feed }: { readonly feed: WatchedFeed | undefined }) {
  const { send, problem } = useAct();
  const [isBusy, setBusy] = useState(false);
  const [url, setUrl] = useState(feed?.url ?? '');
  const [title, setTitle] = useState(feed?.title ?? '');
  const [include, setInclude] = useState(feed?.include ?? '');
  const [exclude, setExclude] = useState(feed?.exclude ?? '');
  const [language, setLanguage] = useState(feed?.language ?? '');
  const [minutes, setMinutes] = useState(String(feed?.interval ?? 30));
  const [topics, setTopics] = useState<readonly { slug: string; name: string }[]>(feed?.topics ?? []);
  const [source, setSource] = useState(
    feed?.source ? { slug: feed.source.slug, name: feed.source.title } : undefined,
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    const rules = {
      ...{ url: url.trim(), title: title.trim(), include: include.trim(), exclude: exclude.trim() },
      ...{ language: language.trim(), topics: topics.map(({ slug }) => slug), source: source?.slug ?? '' },
      interval: Number.parseInt(minutes, 10) || 0,
    };
    const isDone = feed
      ? await send('updateWatchedFeed', { feed: feed.key, ...rules })
      : await send('watchFeed', rules);
    setBusy(false);
    if (isDone) navigate(LIST);
  };
  return (
    <form className="development-form" onSubmit={(event) => void submit(event)}>
      {problem && (
        <p className="refusal" role="alert">
          {problem}
        </p>
      )}
      <div className="grid">
        <TextField
          path="feed-url"
          label="Address"
          note="RSS, Atom or JSON Feed."
          inputMode="url"
          value={url}
          onChange={setUrl}
          isRequired
          isWide
        />
        <TextField
          path="feed-title"
          label="Title"
          note="By default that of the feed."
          value={title}
          onChange={setTitle}
        />
        <TextField
          path="feed-interval"
          label="Minutes between two requests"
          inputMode="decimal"
          value={minutes}
          onChange={setMinutes}
          isRequired
        />
        <TextField
          path="feed-include"
          label="Only articles with these words"
          note="A search text, such as missile* or “nuclear doctrine”."
          value={include}
          onChange={setInclude}
        />
        <TextField
          path="feed-exclude"
          label="No articles with these words"
          value={exclude}
          onChange={setExclude}
        />
        <TextField
          path="feed-language"
          label="Language"
          note="A tag such as ru. By default that of each article."
          value={language}
          onChange={setLanguage}
        />
      </div>
      <ReferenceField
        kind="topic"
        path="feed-topics"
        label="Topics of its drafts"
        chosen={topics}
        onChange={setTopics}
        isMany
      />
      <ReferenceField
        kind="source"
        path="feed-source"
        label="Source, whose publisher and grade its articles get"
        chosen={source ? [source] : []}
        onChange={([chosen]) => setSource(chosen)}
      />
      <div className="actions">
        <button type="submit" aria-disabled={isBusy}>
          {feed ? 'Save' : 'Watch the feed'}
        </button>
        <button type="button" className="second" onClick={() => navigate(LIST)}>
          Cancel
        </button>
      </div>
    </form>
  );
}
