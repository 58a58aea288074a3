import { linkToDevelopment } from '../links.js';
import type { Detail } from '../queries/development.js';
import { counted } from '../words.js';
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
                <dl className="changes">
                  {changes.map(({ field, before, after }) => (
                    <div key={field}>
                      <dt>{field}</dt>
                      <dd>
                        <del>{textOf(before)}</del> <ins>{textOf(after)}</ins>
                      </dd>
                    </div>
                  ))}
                </dl>
              </details>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** A moment, to the minute and in UTC, so that server and reader write it alike. */
function Moment({ at }: { readonly at: string }) {
  return <time dateTime={at}>{`${at.slice(0, 10)} ${at.slice(11, 16)} UTC`}</time>;
}

const MAX_TEXT = 400;

function textOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
