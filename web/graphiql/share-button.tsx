import { ToolbarButton, useGraphiQL } from '@graphiql/react';
import { useState } from 'react';
import { linkTo } from './link.js';

/** Puts a link to the request into the address bar and the clipboard. */
export function ShareButton() {
  const query = useGraphiQL(({ queryEditor }) => queryEditor);
  const variables = useGraphiQL(({ variableEditor }) => variableEditor);
  const operationName = useGraphiQL((state) => state.operationName);
  const [said, setSaid] = useState('');
  const share = async () => {
    const link = linkTo(
      {
        query: query?.getValue() ?? '',
        variables: variables?.getValue(),
        operationName: operationName ?? undefined,
      },
      new URL(location.href),
    );
    if (link === undefined) {
      setSaid('Too long for a link');
      return;
    }
    history.replaceState(null, '', link);
    setSaid((await copy(link)) ? 'Link copied' : 'Copy the link from the address bar');
    setTimeout(() => setSaid(''), 3_000);
  };
  return (
    <>
      <ToolbarButton label="Share: copy a link to this query" onClick={() => void share()}>
        <svg
          className="graphiql-toolbar-icon"
          viewBox="0 0 24 24"
          fill="none"
          stroke="currentColor"
          aria-hidden
        >
          <g strokeWidth="1.5">
            <circle cx="18" cy="5" r="2.6" />
            <circle cx="6" cy="12" r="2.6" />
            <circle cx="18" cy="19" r="2.6" />
            <path d="M8.4 10.7l7.2-4.3M8.4 13.3l7.2 4.3" />
          </g>
        </svg>
      </ToolbarButton>
      <output className="shared">{said}</output>
    </>
  );
}

/** Pages over plain HTTP from other machines have no clipboard. */
const copy = (text: string): Promise<boolean> =>
  Promise.resolve(navigator.clipboard?.writeText(text)).then(
    () => navigator.clipboard !== undefined,
    () => false,
  );
