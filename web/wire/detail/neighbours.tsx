import type { AsOfInput } from '../../../src/parameters/filter-input.js';
import { linkToDevelopment } from '../links.js';
import type { Detail } from '../queries/development.js';
import { RELATIONS } from '../words.js';
import { Section } from './section.js';

interface NeighboursProps {
  readonly detail: Detail;
  readonly asOf: AsOfInput | undefined;
}

interface Other {
  readonly slug: string;
  readonly headline: string;
  readonly occurred: { readonly text: string };
}

/** Shows the links of the development, and its neighbours in the record. */
export function Neighbours({ detail, asOf }: NeighboursProps) {
  const { links, related, previous, next } = detail;
  const linked = new Set(links.flatMap(({ from, to }) => [from.slug, to.slug]));
  const others = related.filter(({ slug }) => !linked.has(slug));
  const to = ({ slug, headline, occurred }: Other) => (
    <>
      <a href={linkToDevelopment(slug, asOf)}>
        <bdi>{headline}</bdi>
      </a>{' '}
      <span className="small">{occurred.text}</span>
    </>
  );
  return (
    <>
      {links.length > 0 && (
        <Section id="links" title="Links">
          <dl className="facts">
            {links.map(({ relation, note, from, to: end }) => {
              const isStart = from.slug === detail.slug;
              return (
                <div key={`${relation} ${from.slug} ${end.slug}`}>
                  <dt>{RELATIONS[relation][isStart ? 0 : 1]}</dt>
                  <dd>
                    {to(isStart ? end : from)}
                    {note && <p className="small">{note}</p>}
                  </dd>
                </div>
              );
            })}
          </dl>
        </Section>
      )}
      {(others.length > 0 || previous || next) && (
        <Section id="beside" title="Before, after and related">
          <dl className="facts">
            {previous && (
              <div>
                <dt>Before it</dt>
                <dd>{to(previous)}</dd>
              </div>
            )}
            {next && (
              <div>
                <dt>After it</dt>
                <dd>{to(next)}</dd>
              </div>
            )}
            {others.map((other) => (
              <div key={other.slug}>
                <dt>Related</dt>
                <dd>{to(other)}</dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
    </>
  );
}
