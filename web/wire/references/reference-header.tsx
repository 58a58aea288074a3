import type { AsOfInput } from '../../../src/parameters/filter-input.js';
import type { ReferenceData } from '../queries/reference.js';
import { describeReference } from './describe-reference.js';

interface HeaderProps {
  readonly reference: ReferenceData;
  readonly asOf: AsOfInput | undefined;
  /** Whether it has changed while the page was open. */
  readonly isRevised: boolean;
}

/** What a reference is, above the list of its developments. */
export function ReferenceHeader({ reference, asOf, isRevised }: HeaderProps) {
  const { kind, name, description, facts } = describeReference(reference, asOf);
  return (
    <header className="reference">
      {isRevised && <p className="mark">Revised just now</p>}
      <p className="kicker">{kind}</p>
      <h1>
        <bdi>{name}</bdi>
      </h1>
      {description && <p className="lead">{description}</p>}
      <dl className="facts">
        {facts.map(({ name: label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

/** Returns the reference that the query has found, if any. */
export const foundIn = ({ actor, treaty, weaponSystem, doctrine, topic, source }: ReferenceData) =>
  actor ?? treaty ?? weaponSystem ?? doctrine ?? topic ?? source;
