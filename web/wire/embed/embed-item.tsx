import type { AsOfInput } from '../../../src/parameters/filter-input.js';
import { linkToDevelopment } from '../links.js';
import type { CardMark } from '../list/development-card.js';
import { FuzzyDate } from '../list/fuzzy-date.js';
import { Grade } from '../list/grade.js';
import type { EmbedCard } from '../queries/embed.js';
import { kindOf } from '../words.js';

interface EmbedItemProps {
  readonly card: EmbedCard;
  readonly asOf: AsOfInput | undefined;
  readonly mark: CardMark | undefined;
}

/** A development in an embedded list: when, what, and how good its best source is. */
export function EmbedItem({ card, asOf, mark }: EmbedItemProps) {
  const isRetracted = mark?.kind === 'retracted';
  return (
    <article className={mark?.kind} aria-labelledby={`h-${card.slug}`}>
      {mark && <p className="mark">{wordsFor(mark)}</p>}
      <p className="small">
        <FuzzyDate date={card.occurred} /> · {kindOf(card)}
      </p>
      <h2 id={`h-${card.slug}`}>
        <a href={linkToDevelopment(card.slug, asOf)} target="_top">
          <bdi>{isRetracted ? <s>{card.headline}</s> : card.headline}</bdi>
        </a>
      </h2>
      {!isRetracted && <Evidence card={card} />}
    </article>
  );
}

function Evidence({ card: { citations, disputed } }: Pick<EmbedItemProps, 'card'>) {
  const best = bestOf(citations);
  return (
    <p className="small">
      {best && (
        <>
          <bdi>{best.source.publisher ?? best.source.title}</bdi>:{' '}
          <Grade reliability={best.source.reliability} credibility={best.credibility} />
        </>
      )}
      {citations.length > 1 && `, and ${citations.length - 1} more`}
      {disputed && (
        <>
          . <strong className="disputed">Sources disagree</strong>
        </>
      )}
    </p>
  );
}

/** Returns the citation with the best grade among those that support the development. */
function bestOf(citations: EmbedCard['citations']): EmbedCard['citations'][number] | undefined {
  const gradeOf = ({ source, credibility }: EmbedCard['citations'][number]) =>
    `${source.reliability}${credibility}`;
  const supporting = citations.filter(({ stance }) => stance === 'SUPPORTS');
  return supporting.sort((a, b) => gradeOf(a).localeCompare(gradeOf(b)))[0];
}

function wordsFor(mark: CardMark): string {
  if (mark.kind === 'new') return 'New';
  if (mark.kind === 'revised') return 'Revised just now';
  return mark.reason ? `Retracted: ${mark.reason}` : 'Retracted';
}
