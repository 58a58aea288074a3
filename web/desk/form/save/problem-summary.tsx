import { type MouseEvent, useLayoutEffect, useRef } from 'react';
import { FIELD_LABELS } from '../values/fields.js';
import type { FieldName } from '../values/form-values.js';
import { nearestControl, type Problem } from './problems.js';

/** Lists what the server refused, with links to the fields. Takes the focus when it comes. */
export function ProblemSummary({ problems }: { readonly problems: readonly Problem[] }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (problems.length > 0) box.current?.focus();
  }, [problems]);
  if (problems.length === 0) return null;
  const goTo = (event: MouseEvent, path: string) => {
    const id = nearestControl(path);
    if (!id) return;
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
  return (
    <div className="refusal problems" role="alert" tabIndex={-1} ref={box} aria-labelledby="problems-title">
      <h2 id="problems-title">
        {problems.length === 1 ? 'There is a problem' : `There are ${problems.length} problems`}
      </h2>
      <ul>
        {problems.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            {path === '' ? (
              message
            ) : (
              <a href={`#${path}`} onClick={(event) => goTo(event, path)}>
                {nameOf(path)}: {message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Names the field at a path: `citations.0.source` is "Citations, 1, source". */
function nameOf(path: string): string {
  const [first = '', ...rest] = path.split('.');
  const parts = rest.map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : part));
  return [FIELD_LABELS[first as FieldName] ?? first, ...parts].join(', ');
}
