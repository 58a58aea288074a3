import type { AsOfInput } from '../../../src/parameters/filter-input.js';
import { linkToDevelopment } from '../links.js';
import { FuzzyDate } from '../list/fuzzy-date.js';
import type { ChainData } from '../queries/development.js';
import { counted, RELATIONS } from '../words.js';
import { type Arc, type ChainLayout, layOutChain, ROW, SPINE, WIDTH } from './chain-layout.js';
import { Section } from './section.js';

interface ChainProps {
  readonly chain: ChainData;
  /** The slug of the development that the page is about. */
  readonly start: string;
  readonly asOf: AsOfInput | undefined;
}

/**
 * Draws the developments that links connect to this one, directly or through others, in the order of time. The links are
 * arcs beside them, and sentences in a list: screen readers skip the drawing.
 */
export function Chain({ chain, start, asOf }: ChainProps) {
  if (chain.nodes.length < 3) return null; // The links themselves say as much.
  const layout = layOutChain(chain, start);
  const { rows, edges } = layout;
  const isWhole = chain.isComplete && rows.length === chain.nodes.length;
  return (
    <Section id="chain" title="Chain of links">
      <p className="small">
        {counted(rows.length, 'development')} within three links of this one, by date
        {!isWhole && '. More are connected; these are the nearest'}. An arrow leads from a development to the
        one that it refers to; it is dashed where it contradicts.
      </p>
      <div className="chain">
        <Drawing layout={layout} start={start} />
        <ol>
          {rows.map(({ id, slug, headline, occurred }) => (
            <li key={id} aria-current={slug === start ? 'true' : undefined}>
              <span className="small">
                <FuzzyDate date={occurred} />
              </span>
              <span className="headline" title={headline}>
                <ChainLink development={{ slug, headline }} start={start} asOf={asOf} />
              </span>
            </li>
          ))}
        </ol>
      </div>
      <details>
        <summary>{counted(edges.length, 'link')} as a list</summary>
        <ul className="sentences">
          {edges.map(({ relation, from, to }) => (
            <li key={`${relation} ${from.slug} ${to.slug}`}>
              <ChainLink development={from} start={start} asOf={asOf} />{' '}
              <strong>{RELATIONS[relation][0].toLowerCase()}</strong>{' '}
              <ChainLink development={to} start={start} asOf={asOf} />
            </li>
          ))}
        </ul>
      </details>
    </Section>
  );
}

interface ChainLinkProps {
  readonly development: { readonly slug: string; readonly headline: string };
  readonly start: string;
  readonly asOf: AsOfInput | undefined;
}

function ChainLink({ development: { slug, headline }, start, asOf }: ChainLinkProps) {
  if (slug === start) return <bdi>{headline}</bdi>;
  return (
    <a href={linkToDevelopment(slug, asOf)}>
      <bdi>{headline}</bdi>
    </a>
  );
}

function Drawing({
  layout: { rows, arcs },
  start,
}: {
  readonly layout: ChainLayout;
  readonly start: string;
}) {
  const height = rows.length * ROW;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${height}`}
      width={`${WIDTH / 16}rem`}
      height={`${height / 16}rem`}
      aria-hidden="true"
    >
      <line className="spine" x1={SPINE} x2={SPINE} y1={yOf(0)} y2={yOf(rows.length - 1)} />
      {arcs.map((arc) => (
        <ArcPath key={`${arc.edge.relation} ${arc.from} ${arc.to}`} arc={arc} />
      ))}
      {rows.map(({ id, slug }, index) => (
        <circle
          key={id}
          className={slug === start ? 'here' : undefined}
          cx={SPINE}
          cy={yOf(index)}
          r={slug === start ? 8 : 5}
        />
      ))}
    </svg>
  );
}

const yOf = (index: number): number => index * ROW + ROW / 2;

function ArcPath({ arc: { edge, from, to, reach } }: { readonly arc: Arc }) {
  const [start, end] = [yOf(from), yOf(to)];
  const x = SPINE - reach;
  const tip = SPINE - 9;
  return (
    <g className={edge.relation === 'CONTRADICTS' ? 'arc against' : 'arc'}>
      <path d={`M${SPINE - 5} ${start}C${x} ${start} ${x} ${end} ${tip - 5} ${end}`} />
      <polygon points={`${tip},${end} ${tip - 8},${end - 4.5} ${tip - 8},${end + 4.5}`} />
    </g>
  );
}
