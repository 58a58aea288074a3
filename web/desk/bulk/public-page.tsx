import { type FormEvent, useRef, useState } from 'react';
import { KINDS } from '../../wire/words.js';
import { useLiveReload } from '../live/use-live-reload.js';
import { PUBLIC_LIST } from '../queries/public-list.js';
import { useListKeys } from '../queue/use-list-keys.js';
import { DeskLink, navigate } from '../shell/navigation.js';
import { NextPage } from '../shell/next-page.js';
import { PageTitle } from '../shell/page-title.js';
import { useQuery } from '../shell/use-query.js';
import { PUBLIC_ACTIONS } from './actions.js';
import { BulkBar } from './bulk-bar.js';
import { SelectBox } from './select-box.js';
import { slugOf, useSelection } from './use-selection.js';

interface PublicPageProps {
  readonly text: string;
  readonly after: string | undefined;
}

/** Published developments, to revise one or to change several at once. */
export function PublicPage({ text, after }: PublicPageProps) {
  const { data, problem, reload } = useQuery(PUBLIC_LIST, {
    ...{ filter: text === '' ? null : { text }, after: after ?? null },
  });
  useLiveReload(reload);
  const [wanted, setWanted] = useState(text);
  const selection = useSelection(slugOf);
  const list = useRef<HTMLOListElement>(null);
  const lines = data?.developments?.nodes ?? [];
  useListKeys(list, (key, at) => {
    const line = lines[at];
    if (key !== 'v' || !line) return false;
    selection.toggle(line);
    return true;
  });
  const search = (event: FormEvent) => {
    event.preventDefault();
    navigate({ page: 'public', text: wanted.trim(), after: undefined });
  };
  return (
    <>
      <PageTitle>Published</PageTitle>
      <form className="actions" onSubmit={search}>
        <label htmlFor="public-text">Search</label>
        <input
          id="public-text"
          type="search"
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
        />
        <button type="submit" className="second">
          Search
        </button>
        <DeskLink to={{ page: 'bulk' }}>Bulk changes so far</DeskLink>
      </form>
      {problem && <p className="refusal">{problem}</p>}
      <BulkBar selection={selection} page={lines} actions={PUBLIC_ACTIONS} onChanged={reload} />
      {data && lines.length === 0 && <p>Nothing is here.</p>}
      <ol className="lines queue" ref={list} aria-label="Published developments">
        {lines.map((line) => (
          <li key={line.id}>
            <SelectBox one={line} selection={selection} />
            <DeskLink to={{ page: 'development', slug: line.slug }} className="draft">
              <bdi>{line.headline}</bdi>
            </DeskLink>
            <span className="small">
              {[KINDS[line.kind], line.occurred.text, ...line.topics.map(({ name }) => name)].join(' · ')}
            </span>
          </li>
        ))}
      </ol>
      <NextPage
        info={data?.developments?.pageInfo}
        to={(cursor) => ({ page: 'public', text, after: cursor })}
      />
    </>
  );
}
