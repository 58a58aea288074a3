import type { ReactNode } from 'react';
import type { AsOfInput } from '../../../src/parameters/filter-input.js';
import { linkToReference } from '../links.js';
import { FuzzyDate } from '../list/fuzzy-date.js';
import type { ReferenceKind } from '../page-state.js';
import type { Detail } from '../queries/development.js';
import { countryName, PRECISION, ROLES } from '../words.js';
import { Section } from './section.js';

interface CircumstancesProps {
  readonly detail: Detail;
  readonly asOf: AsOfInput | undefined;
}

/** Who took part, where, how much, and what it belongs to. */
export function Circumstances({ detail, asOf }: CircumstancesProps) {
  const { participants, topics, treaties, weaponSystems, doctrines } = detail;
  const links = (kind: ReferenceKind, all: readonly { id: string; slug: string; name: string }[]) =>
    all.map(({ id, slug, name }) => (
      <li key={id}>
        <a href={linkToReference(kind, slug, asOf)}>{name}</a>
      </li>
    ));
  return (
    <Section id="circumstances" title="Who, where and what">
      <dl className="facts">
        {participants.map(({ role, capacity, actor }) => (
          <Fact key={`${role} ${actor.id}`} name={ROLES[role] ?? role}>
            <a href={linkToReference('actor', actor.slug, asOf)}>{actor.name}</a>
            {capacity && `, ${capacity}`}
          </Fact>
        ))}
        {detail.__typename === 'Event' &&
          detail.places.map(({ name, countryCode, precision }) => (
            <Fact key={name} name="Place">
              {name}
              {countryCode && `, ${countryName(countryCode)}`} ({PRECISION[precision]})
            </Fact>
          ))}
        {detail.__typename === 'Event' &&
          detail.quantities.map((quantity) => (
            <Fact key={quantity.name} name={quantity.name}>
              {amountOf(quantity)}
            </Fact>
          ))}
        {detail.__typename === 'DoctrineChange' && detail.effective && (
          <Fact name="Takes effect">
            <FuzzyDate date={detail.effective} />
          </Fact>
        )}
        <References name="Topics">{links('topic', topics)}</References>
        <References name="Treaties">{links('treaty', treaties)}</References>
        <References name="Weapon systems">{links('weaponSystem', weaponSystems)}</References>
        <References name="Doctrines">{links('doctrine', doctrines)}</References>
      </dl>
    </Section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function References({ name, children }: { readonly name: string; readonly children: readonly ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <Fact name={name}>
      <ul>{children}</ul>
    </Fact>
  );
}

interface Amount {
  readonly low: number | null;
  readonly best: number | null;
  readonly high: number | null;
  readonly unit: string | null;
}

function amountOf({ low, best, high, unit }: Amount): string {
  const range = low !== null && high !== null && low !== high ? `${low} to ${high}` : undefined;
  const text =
    best === null ? (range ?? `${low ?? high ?? 'unknown'}`) : `${best}${range ? ` (${range})` : ''}`;
  return unit ? `${text} ${unit}` : text;
}
