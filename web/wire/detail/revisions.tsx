import { linkToDevelopment } from '../links.js';
import { FieldChanges } from '../list/field-changes.js';
import type { Detail } from '../queries/development.js';
import { counted } from '../words.js';
import { Moment } from './moment.js';
import { Section } from './section.js';

/** What has been changed, when, by whom and why. Nothing is overwritten, so every state can be opened. */
export function Revisions({ detail }: { readonly detail: Detail }) {
  const { nodes, totalCount } = detail.revisions;
  const newestFirst = [...nodes].sort((a, b) => b.number - a.number);
  return (
    <Section id="revisions" title={counted(totalCount, 'revision')}>
      <ol className="revisions">
        {newestFirst.map(({ number, editor, reason, publishedAt, recordedAt, changes, status }) => (
          <li key={number}>
            <p>
              <a href={linkToDevelopment(detail.slug, { revision: { slug: detail.slug, number } })}>
                Revision {number}
              </a>
              {status === 'RETRACTED' && ', retraction'}
              {', '}
              <Moment at={publishedAt ?? recordedAt} />
              {`, by ${editor}`}
            </p>
            {reason && <p className="note">{reason}</p>}
            {number > 1 && changes.length > 0 && (
              <details>
                <summary>{counted(changes.length, 'change')}</summary>
                <FieldChanges changes={changes} />
              </details>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
