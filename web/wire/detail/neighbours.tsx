import type { AsOfInput } from '../../../src/parameters/filter-input.js';
import type { Detail } from '../queries/development.js';
import { OtherDevelopment } from './other-development.js';
import { Section } from './section.js';

interface NeighboursProps {
  readonly detail: Detail;
  readonly asOf: AsOfInput | undefined;
}

/** Shows what stands before and after the development in the record, and what resembles it. */
export function Neighbours({ detail, asOf }: NeighboursProps) {
  const { links, related, previous, next } = detail;
  const linked = new Set(links.flatMap(({ from, to }) => [from.slug, to.slug]));
  const beside = [
    ...(previous ? [{ name: 'Before it', development: previous }] : []),
    ...(next ? [{ name: 'After it', development: next }] : []),
    ...related
      .filter(({ slug }) => !linked.has(slug))
      .map((development) => ({ name: 'Related', development })),
  ];
  if (beside.length === 0) return null;
  return (
    <Section id="beside" title="Before, after and related">
      <dl className="facts">
        {beside.map(({ name, development }) => (
          <div key={`${name} ${development.slug}`}>
            <dt>{name}</dt>
            <dd>
              <OtherDevelopment development={development} asOf={asOf} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
