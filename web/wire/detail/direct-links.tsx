import type { AsOfInput } from '../../../src/parameters/filter-input.js';
import type { Detail } from '../queries/development.js';
import { RELATIONS } from '../words.js';
import { OtherDevelopment } from './other-development.js';
import { Section } from './section.js';

interface DirectLinksProps {
  readonly detail: Detail;
  readonly asOf: AsOfInput | undefined;
}

/** Shows the links of the development itself, read from its end, with their notes. */
export function DirectLinks({ detail: { slug, links }, asOf }: DirectLinksProps) {
  if (links.length === 0) return null;
  return (
    <Section id="links" title="Links">
      <dl className="facts">
        {links.map(({ relation, note, from, to }) => {
          const isStart = from.slug === slug;
          return (
            <div key={`${relation} ${from.slug} ${to.slug}`}>
              <dt>{RELATIONS[relation][isStart ? 0 : 1]}</dt>
              <dd>
                <OtherDevelopment development={isStart ? to : from} asOf={asOf} />
                {note && <p className="small">{note}</p>}
              </dd>
            </div>
          );
        })}
      </dl>
    </Section>
  );
}
