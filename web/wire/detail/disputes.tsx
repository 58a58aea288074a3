import type { AsOfInput } from '../../../src/parameters/filter-input.js';
import { linkToReference } from '../links.js';
import { Grade } from '../list/grade.js';
import { Quotation } from '../list/quotation.js';
import type { Detail } from '../queries/development.js';
import { capital, FIELDS, RANKS } from '../words.js';
import { Section } from './section.js';

interface DisputesProps {
  readonly detail: Detail;
  readonly asOf: AsOfInput | undefined;
}

/** About what sources disagree: the claims side by side, and which one the record prefers. */
export function Disputes({ detail, asOf }: DisputesProps) {
  if (detail.disputes.length === 0) return null;
  return (
    <Section id="disputes" title="Where the sources disagree">
      {detail.disputes.map(({ field, values }) => (
        <div className="dispute" key={field}>
          <h3>About {FIELDS[field]}</h3>
          <ul className="values">
            {values.map(({ text, isPreferred, claims }) => (
              <li key={text} className={isPreferred ? 'value preferred' : 'value'}>
                <p className="choice">{isPreferred ? 'The record prefers' : 'Also claimed'}</p>
                <p className="claimed">
                  <bdi>{text}</bdi>
                </p>
                {claims.map(({ key, rank, note, citation }) => (
                  <div className="claim" key={key}>
                    <p>
                      <a href={linkToReference('source', citation.source.slug, asOf)}>
                        <bdi>{citation.source.title}</bdi>
                      </a>
                      {citation.source.publisher && `, ${citation.source.publisher}`}
                    </p>
                    <p className="small">
                      <Grade reliability={citation.source.reliability} credibility={citation.credibility} />
                      {`. Rank: ${RANKS[rank]}.`}
                    </p>
                    {citation.excerpt && <Quotation text={citation.excerpt} language={citation.language} />}
                    {note && <p className="note">{capital(note)}</p>}
                  </div>
                ))}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}
