import { useState } from 'react';
import { counted } from '../../wire/words.js';
import { DUPLICATE_KINDS, type DuplicateKind } from '../address.js';
import { MERGES_SUBJECT, useLiveReload } from '../live/use-live-reload.js';
import { SUGGESTIONS, type Suggestion } from '../queries/suggestions.js';
import { DeskLink } from '../shell/navigation.js';
import { PageTitle } from '../shell/page-title.js';
import { useQuery } from '../shell/use-query.js';
import { entryName } from './entry-facts.js';
import { SuggestionItem } from './suggestion-item.js';

const idOf = ({ one, other }: Suggestion): string => `${one.slug} ${other.slug}`;

/** Entries that may be in the record twice, for an editor to judge. */
export function SuggestionsPage({ kind }: { readonly kind: DuplicateKind }) {
  const [after, setAfter] = useState<string | null>(null);
  const { data, problem, reload } = useQuery(SUGGESTIONS, { kind, after });
  useLiveReload(reload, MERGES_SUBJECT);
  const [said, setSaid] = useState('');
  const page = data?.duplicateSuggestions;
  return (
    <>
      <PageTitle>Duplicates</PageTitle>
      <nav className="tabs" aria-label="Kinds">
        {Object.entries(DUPLICATE_KINDS).map(([of, name]) => (
          <DeskLink key={of} to={{ page: 'suggestions', kind: of as DuplicateKind }} isCurrent={of === kind}>
            {name}
          </DeskLink>
        ))}
      </nav>
      {problem && <p className="refusal">{problem}</p>}
      <p role="status">{said || (page ? found(page.suggestions.length) : 'Comparing…')}</p>
      {page?.suggestions.map((suggestion) => (
        <SuggestionItem
          key={idOf(suggestion)}
          kind={kind}
          suggestion={suggestion}
          onJudged={(verdict) => {
            const names = `${entryName(suggestion.one)} and ${entryName(suggestion.other)}`;
            setSaid(`Judged ${verdict === 'SAME' ? 'the same' : 'not the same'}: ${names}.`);
            reload();
          }}
          onMerged={(survivor) => {
            setSaid(`Merged into ${survivor}. Merges can be undone on the page Merges.`);
            reload();
          }}
        />
      ))}
      {page?.hasNextPage && (
        <button type="button" className="second" onClick={() => setAfter(page.endCursor)}>
          Compare further
        </button>
      )}
    </>
  );
}

const found = (count: number): string =>
  count === 0 ? 'Nothing is suggested here.' : `${counted(count, 'pair')} may be one thing.`;
