import { linkToDevelopment } from '../links.js';
import { FieldChanges } from '../list/field-changes.js';
import { FuzzyDate } from '../list/fuzzy-date.js';
import type { ChangesData } from '../queries/changes.js';
import { counted } from '../words.js';

const WORDS = {
  PUBLISHED: 'Published since',
  REVISED: 'Revised since',
  RETRACTED: 'Retracted since',
} as const;

/** What has changed since the point of the past that the page shows. */
export function ChangesSince({ data: { changesBetween } }: { readonly data: ChangesData }) {
  if (!changesBetween || changesBetween.nodes.length === 0) {
    return <p className="empty">Nothing has changed since then.</p>;
  }
  const { totalCount, nodes } = changesBetween;
  return (
    <>
      <h2 className="unseen">Changes</h2>
      {totalCount > nodes.length && (
        <p>
          {counted(totalCount, 'change')}; the first {nodes.length} are shown.
        </p>
      )}
      <ol className="cards">
        {nodes.map(({ kind, changes, after }) => (
          <li key={after.id}>
            <article className="card">
              <p className="when">{WORDS[kind]}</p>
              <div className="what">
                <h3>
                  <a href={linkToDevelopment(after.slug)}>
                    <bdi>{kind === 'RETRACTED' ? <s>{after.headline}</s> : after.headline}</bdi>
                  </a>
                </h3>
                <p className="kicker">
                  <FuzzyDate date={after.occurred} />
                </p>
                {after.retraction && <p className="note">{after.retraction.reason}</p>}
                {kind === 'REVISED' && <FieldChanges changes={changes} />}
              </div>
            </article>
          </li>
        ))}
      </ol>
    </>
  );
}
