import type { DevelopmentCard } from '@doctrine-wire/client/fragments';
import { useFeed, useReload } from '@doctrine-wire/client/react';
import { useState } from 'react';
import { loadWall } from './load-wall';

export function Wall({ url }: { url: string }) {
  const [developments, setDevelopments] = useState<DevelopmentCard[]>([]);
  const load = useReload(async () => setDevelopments(await loadWall(url)));
  const state = useFeed({ url, onChange: load, onCaughtUp: load, onReset: load });
  return (
    <main>
      <p role="status">{state}</p>
      <ol>
        {developments.map(({ id, headline, occurred }) => (
          <li key={id}>
            <span>{headline}</span> <small>{occurred.text}</small>
          </li>
        ))}
      </ol>
    </main>
  );
}
