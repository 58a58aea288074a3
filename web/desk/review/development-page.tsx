import { DevelopmentCard } from '../../wire/list/development-card.js';
import { FieldChanges } from '../../wire/list/field-changes.js';
import { capital, plain } from '../../wire/words.js';
import { useLiveReload } from '../live/use-live-reload.js';
import { Notes } from '../notes/notes.js';
import { REVIEWED } from '../queries/reviewed.js';
import { DeskLink } from '../shell/navigation.js';
import { PageTitle } from '../shell/page-title.js';
import { useQuery } from '../shell/use-query.js';
import { ReviewPanel } from './review-panel.js';

/** One development at the desk: as readers see it, and how it came about. */
export function DevelopmentPage({ slug }: { readonly slug: string }) {
  const { data, problem, reload } = useQuery(REVIEWED, { slug, language: 'en' });
  useLiveReload(reload, slug);
  const development = data?.development;
  if (problem) return <p className="refusal">{problem}</p>;
  if (!data) return <p role="status">Loading…</p>;
  if (!development) return <PageTitle>No development has this address</PageTitle>;
  return (
    <>
      <PageTitle
        beside={
          <p>
            {capital(plain(development.status))}, revision {development.revision}
          </p>
        }
      >
        {development.headline}
      </PageTitle>
      <p className="actions">
        <DeskLink to={{ page: 'edit', slug }} className="button">
          Revise
        </DeskLink>
        {development.status !== 'DRAFT' && <a href={`/d/${development.slug}`}>On the wire</a>}
      </p>
      <section className="part" aria-labelledby="shown-title">
        <h2 id="shown-title">As readers see it</h2>
        <div className="cards">
          <DevelopmentCard card={development} asOf={undefined} />
        </div>
      </section>
      <ReviewPanel slug={slug} />
      <Notes slug={slug} />
      <section className="part" aria-labelledby="revisions-title">
        <h2 id="revisions-title">Revisions</h2>
        <ol className="revisions">
          {development.revisions.nodes.map(({ number, editor, reason, recordedAt, status, changes }) => (
            <li key={number}>
              <h3>
                Revision {number}, {plain(status)}, by {editor}
              </h3>
              <p className="small">
                {new Date(recordedAt).toLocaleString('en-GB')}
                {reason && `: ${reason}`}
              </p>
              <details open={number === development.revision && number > 1}>
                <summary>What changed</summary>
                <FieldChanges changes={changes} />
              </details>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}
