import { useMemo, useState } from 'react';
import { KINDS } from '../../wire/words.js';
import { KIND_PATHS, type KindPath } from '../address.js';
import { DevelopmentForm } from '../form/development-form.js';
import { Preview } from '../form/preview/preview.js';
import { INBOX_SUBJECT, useLiveReload } from '../live/use-live-reload.js';
import { INBOX_ITEM, type InboxArticle, type Suggestion } from '../queries/inbox.js';
import { KeyHelp } from '../queue/key-help.js';
import { useKeys } from '../queue/use-keys.js';
import { DeskLink, navigate } from '../shell/navigation.js';
import { PageTitle } from '../shell/page-title.js';
import { useAct } from '../shell/use-act.js';
import { useQuery } from '../shell/use-query.js';
import { draftValues } from './draft-values.js';
import { MarkedText } from './marked-text.js';
import { ARTICLE_KEYS } from './states.js';

interface ArticlePageProps {
  readonly id: string;
  /** The key of the suggestion that is shown. Empty: the first one that is open. */
  readonly suggestion: string;
}

/** An article: its text with all suggestions, and beside it the one to decide about. */
export function ArticlePage({ id, suggestion }: ArticlePageProps) {
  const { data, problem, reload } = useQuery(INBOX_ITEM, { id });
  useLiveReload(reload, INBOX_SUBJECT);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const article = data?.inboxItem;
  if (problem) return <p className="refusal">{problem}</p>;
  if (!data) return <p role="status">Loading…</p>;
  if (!article) return <PageTitle>No article has this address</PageTitle>;
  return (
    <>
      <PageTitle
        beside={
          <button type="button" className="quiet" onClick={() => setHelpOpen(true)}>
            Keys <kbd>?</kbd>
          </button>
        }
      >
        {article.title}
      </PageTitle>
      <Article {...{ article, suggestion, reload }} onHelp={() => setHelpOpen(true)} />
      {isHelpOpen && <KeyHelp keys={ARTICLE_KEYS} onClose={() => setHelpOpen(false)} />}
    </>
  );
}

interface ArticleProps {
  readonly article: InboxArticle;
  readonly suggestion: string;
  reload(): void;
  onHelp(): void;
}

function Article({ article, suggestion, reload, onHelp }: ArticleProps) {
  const { id, text, suggestions, url } = article;
  const { send, problem } = useAct();
  const [said, setSaid] = useState('');
  const [isEditing, setEditing] = useState(false);
  const current =
    suggestions.find(({ key }) => key === suggestion) ??
    suggestions.find(({ use }) => !use) ??
    suggestions[0];
  const at = current ? suggestions.indexOf(current) : -1;
  const choose = (key: string) => {
    setEditing(false);
    navigate({ page: 'article', id, key }, { replace: true });
  };
  const move = (by: number) => {
    const next = suggestions[Math.min(Math.max(at + by, 0), suggestions.length - 1)];
    if (next) choose(next.key);
    return true;
  };
  const done = (words: string) => {
    setSaid(words);
    setEditing(false);
    const next = suggestions.slice(at + 1).find(({ use }) => !use) ?? suggestions.find(({ use }) => !use);
    if (next && next !== current) choose(next.key);
    reload();
  };
  const act = (mutation: string, input: object, words: string) => {
    if (!current || current.use) return false;
    void send(mutation, { item: id, key: current.key, ...input }).then((isDone) => isDone && done(words));
    return true;
  };
  const merge = () => {
    const match = current?.match?.development;
    if (!match) return false;
    return act('addSuggestionToDevelopment', { slug: match.slug }, `Added to: ${match.headline}`);
  };
  const acts: Acts = {
    accept: () => act('acceptSuggestion', {}, 'Recorded as a draft'),
    publish: () => act('acceptSuggestion', { publish: true }, 'Published'),
    dismiss: () => act('dismissSuggestion', {}, 'Dismissed'),
    merge,
    edit: () => {
      if (current && !current.use) setEditing(true);
      return true;
    },
  };
  useKeys((key) => {
    switch (key) {
      case 'n':
        return move(1);
      case 'p':
        return move(-1);
      case 'a':
        return acts.accept();
      case 'P':
        return acts.publish();
      case 'e':
        return acts.edit();
      case 'm':
        return acts.merge();
      case 'd':
        return acts.dismiss();
      case 'i':
        navigate({ page: 'inbox', state: 'UNREAD', feed: '' });
        return true;
      case '?':
        onHelp();
        return true;
      default:
        return false;
    }
  });
  return (
    <>
      <p className="small">
        {url && (
          <a href={url} rel="noreferrer">
            {new URL(url).hostname}
          </a>
        )}{' '}
        <DeskLink to={{ page: 'inbox', state: 'UNREAD', feed: '' }}>Back to the inbox</DeskLink>
      </p>
      <p role="status" className="said">
        {said}
      </p>
      {problem && (
        <p className="refusal" role="alert">
          {problem}
        </p>
      )}
      {text === null && <p>The text was deleted.</p>}
      <div className="article">
        {text !== null && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: It scrolls by itself, so the keyboard must reach it.
          <section aria-label="Text of the article" tabIndex={0}>
            <MarkedText {...{ text, suggestions, current }} onChoose={choose} />
          </section>
        )}
        <section aria-labelledby="suggestion-title" className="decision">
          <h2 id="suggestion-title">
            {current ? `Suggestion ${at + 1} of ${suggestions.length}` : 'No suggestions'}
          </h2>
          {current && (
            <Decision
              key={current.key}
              {...{ article, acts, isEditing }}
              suggestion={current}
              onSaved={(status) => done(status === 'PUBLISHED' ? 'Published' : 'Recorded as a draft')}
            />
          )}
        </section>
      </div>
    </>
  );
}

interface Acts {
  accept(): boolean;
  publish(): boolean;
  dismiss(): boolean;
  merge(): boolean;
  edit(): boolean;
}

interface DecisionProps {
  readonly article: InboxArticle;
  readonly suggestion: Suggestion;
  readonly acts: Acts;
  readonly isEditing: boolean;
  onSaved(status: string): void;
}

/** What the grades of suggestions mean: see docs/intake.md. */
const GRADES: Readonly<Record<string, string>> = {
  A: 'all that the rule asks for',
  B: 'one part is not certain',
  C: 'rests on a pattern',
  D: 'a guess',
};

const USES = { DRAFTED: 'It became', CITED: 'It was added to', DISMISSED: 'It was dismissed' } as const;

function Decision({ article, suggestion, acts, isEditing, onSaved }: DecisionProps) {
  const { kind, grade, rule, draft, match, use, key } = suggestion;
  const values = useMemo(() => draftValues(draft, article), [draft, article]);
  const [path] = Object.entries(KIND_PATHS).find(([, known]) => known === kind) ?? [];
  if (path === undefined) return null;
  const known = match?.development;
  const form = path as KindPath;
  return (
    <>
      <p className="small">
        {KINDS[KIND_PATHS[form]]} · grade {grade}: {GRADES[grade]} · rule {rule}
      </p>
      {use && (
        <p className="notice">
          {USES[use.act]}{' '}
          {use.development && (
            <DeskLink to={{ page: 'development', slug: use.development.slug }}>
              {use.development.headline}
            </DeskLink>
          )}{' '}
          <span className="small">by {use.editor}</span>
        </p>
      )}
      {!use && known && (
        <div className="notice">
          <p>
            This looks like{' '}
            <DeskLink to={{ page: 'development', slug: known.slug }}>{known.headline}</DeskLink>.
            {match.claimedDate && ` Its date competes: ${match.claimedDate}.`}
          </p>
          <button type="button" onClick={() => acts.merge()}>
            {match.claimedDate ? 'Add as a citation with a claim' : 'Add as a citation'} <kbd>m</kbd>
          </button>
        </div>
      )}
      {!use && !isEditing && (
        <div className="actions">
          <button type="button" className={known ? 'second' : undefined} onClick={() => acts.accept()}>
            Accept as a draft <kbd>a</kbd>
          </button>
          <button type="button" className="second" onClick={() => acts.publish()}>
            Publish <kbd>P</kbd>
          </button>
          <button type="button" className="second" onClick={() => acts.edit()}>
            Edit <kbd>e</kbd>
          </button>
          <button type="button" className="second" onClick={() => acts.dismiss()}>
            Dismiss <kbd>d</kbd>
          </button>
        </div>
      )}
      {isEditing && !use ? (
        <DevelopmentForm
          kind={form}
          form={`inbox:${key}`}
          values={values}
          suggestion={{ item: article.id, key }}
          onSaved={({ status }) => onSaved(status)}
        />
      ) : (
        <Preview kind={KIND_PATHS[form]} values={values} />
      )}
    </>
  );
}
