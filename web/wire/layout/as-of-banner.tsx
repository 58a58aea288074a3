import type { ReactNode } from 'react';
import type { AsOfInput } from '../../../src/parameters/filter-input.js';
import { writeAsOf } from '../../../src/parameters/points.js';

interface BannerProps {
  readonly asOf: AsOfInput;
  /** Where the present is. */
  readonly path: string;
  readonly children?: ReactNode;
}

/** Says that a page shows the past, and leads back. */
export function AsOfBanner({ asOf, path, children }: BannerProps) {
  return (
    <aside className="banner" aria-label="Time travel">
      <strong>You see the record as it stood {wordsFor(asOf)}.</strong>
      {children}
      <a href={path}>Back to now</a>
    </aside>
  );
}

function wordsFor(asOf: AsOfInput): string {
  const text = writeAsOf(asOf);
  if ('revision' in asOf) return `just after revision ${asOf.revision.number} of “${asOf.revision.slug}”`;
  if ('cursor' in asOf) return 'at a position of the feed';
  return text.includes('T') ? `at ${text.replace('T', ' ')}` : `at the end of ${text} (UTC)`;
}
