import { memo } from 'react';
import type { AsOfInput } from '../../../src/parameters/filter-input.js';
import { linkToDevelopment, linkToReference } from '../links.js';
import type { Card } from '../queries/card.js';
import { CONFIDENCE, counted, FIELDS, kindOf } from '../words.js';
import { FuzzyDate } from './fuzzy-date.js';
import { Grade } from './grade.js';
import { Quotation } from './quotation.js';

/** How many sources a card names. The rest are on the page of the development. */
const SHOWN_SOURCES = 3;

interface CardProps {
  readonly card: Card;
  readonly asOf: AsOfInput | undefined;
  /** What has changed while the page was open. */
  readonly mark?: CardMark | undefined;
  /** Whether it has not been saved, so that its confidence is not derived yet. */
  readonly isUnsaved?: boolean | undefined;
}

export type CardMark =
  | { readonly kind: 'new' }
  | { readonly kind: 'revised'; readonly fields: readonly string[] }
  | { readonly kind: 'retracted'; readonly reason: string | null };

/** A development in a list: when, what, in which words, and on which evidence. Rendered again only if it has changed. */
export const DevelopmentCard = memo(function DevelopmentCard({ card, asOf, mark, isUnsaved }: CardProps) {
  const isRetracted = mark?.kind === 'retracted';
  return (
    <article className={`card${mark ? ` ${mark.kind}` : ''}`} aria-labelledby={`h-${card.slug}`}>
      <p className="when">
        <FuzzyDate date={card.occurred} />
      </p>
      <div className="what">
        {mark && <Mark mark={mark} />}
        <p className="kicker">{kindOf(card)}</p>
        <h3 id={`h-${card.slug}`}>
          <a href={linkToDevelopment(card.slug, asOf)}>
            <bdi>{isRetracted ? <s>{card.headline}</s> : card.headline}</bdi>
          </a>
        </h3>
        {!isRetracted && <Body {...{ card, asOf, isUnsaved }} />}
      </div>
    </article>
  );
});

type BodyProps = Pick<CardProps, 'card' | 'asOf' | 'isUnsaved'>;

function Body({ card, asOf, isUnsaved }: BodyProps) {
  const words = card.__typename === 'Statement' ? (card.quotation ?? card.translation) : null;
  const speakers = card.__typename === 'Statement' ? card.speakers : [];
  return (
    <>
      {card.summary && (
        <p className="summary">
          <bdi>{card.summary}</bdi>
        </p>
      )}
      {words && card.__typename === 'Statement' && (
        <Quotation
          text={words}
          language={card.quotation ? card.originalLanguage : 'en'}
          note={card.quotation ? undefined : 'In translation'}
        />
      )}
      {speakers.length > 0 && (
        <p className="speakers">
          {speakers.map(({ actor, capacity }, index) => (
            <span key={actor.id}>
              {index > 0 && ', '}
              <a href={linkToReference('actor', actor.slug, asOf)}>{actor.name}</a>
              {capacity && `, ${capacity}`}
            </span>
          ))}
        </p>
      )}
      <Disputes card={card} asOf={asOf} />
      <Evidence {...{ card, asOf, isUnsaved }} />
    </>
  );
}

/** Says about what sources disagree, with the competing values. */
function Disputes({ card, asOf }: Pick<CardProps, 'card' | 'asOf'>) {
  if (!card.disputed) return null;
  return (
    <ul className="disputes" aria-label="Disputes">
      {card.disputes.map(({ field, values }) => (
        <li key={field}>
          <a href={`${linkToDevelopment(card.slug, asOf)}#disputes`}>
            Sources disagree about {FIELDS[field]}
          </a>
          :{' '}
          {values.map(({ text, isPreferred }, index) => (
            <span key={text}>
              {index > 0 && ' or '}
              <bdi>{text}</bdi>
              {isPreferred && ' (preferred)'}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

function Evidence({ card, asOf, isUnsaved }: BodyProps) {
  const { citations, confidence } = card;
  const more = citations.length - SHOWN_SOURCES;
  return (
    <div className="evidence">
      <p className={`confidence ${isUnsaved ? '' : confidence.toLowerCase()}`}>
        {isUnsaved ? 'Confidence not derived yet' : CONFIDENCE[confidence]},{' '}
        {counted(citations.length, 'source')}
      </p>
      <ul>
        {citations.slice(0, SHOWN_SOURCES).map(({ key, stance, credibility, source }) => (
          <li key={key}>
            <a href={linkToReference('source', source.slug, asOf)}>
              <bdi>{source.publisher ?? source.title}</bdi>
            </a>{' '}
            {stance === 'DISPUTES' && <strong>disputes this </strong>}
            <Grade reliability={source.reliability} credibility={credibility} />
          </li>
        ))}
        {more > 0 && (
          <li>
            <a href={`${linkToDevelopment(card.slug, asOf)}#evidence`}>{more} more</a>
          </li>
        )}
      </ul>
    </div>
  );
}

function Mark({ mark }: { readonly mark: CardMark }) {
  if (mark.kind === 'new') return <p className="mark">New</p>;
  if (mark.kind === 'revised') {
    const fields = mark.fields.length > 0 ? `: ${mark.fields.join(', ')}` : '';
    return <p className="mark">Revised just now{fields}</p>;
  }
  return <p className="mark">Retracted{mark.reason && <>: {mark.reason}</>}</p>;
}
