import type { ReactNode } from 'react';
import type { AsOfInput } from '../../../src/parameters/filter-input.js';
import { linkToReference } from '../links.js';
import { FuzzyDate } from '../list/fuzzy-date.js';
import type { ReferenceData } from '../queries/reference.js';
import { safeUrl } from '../safe-url.js';
import { capital, countryName, plain, RELIABILITY } from '../words.js';

interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

interface Described {
  readonly kind: string;
  readonly name: string;
  readonly description?: string | null;
  readonly facts: readonly Fact[];
}

type Found<Kind extends keyof ReferenceData> = NonNullable<ReferenceData[Kind]>;

/** Describes a reference of any kind in the same parts. */
export function describeReference(reference: ReferenceData, asOf: AsOfInput | undefined): Described {
  const { actor, treaty, weaponSystem, doctrine, topic, source } = reference;
  if (actor) return { ...actor, kind: capital(plain(actor.actorKind)), facts: factsOfActor(actor) };
  if (treaty) return { ...treaty, kind: 'Treaty', facts: factsOfTreaty(treaty, asOf) };
  if (weaponSystem) return { ...weaponSystem, kind: 'Weapon system', facts: factsOfWeapon(weaponSystem) };
  if (source) return { ...source, kind: 'Source', facts: factsOfSource(source) };
  if (topic) return { ...topic, kind: 'Topic', facts: [...namesOf(topic.names), ...itemOf(topic)] };
  if (!doctrine) return { kind: '', name: '', facts: [] };
  const { actor: owner } = doctrine;
  const link = owner && <a href={linkToReference('actor', owner.slug, asOf)}>{owner.name}</a>;
  return { ...doctrine, kind: 'Doctrine', facts: link ? [{ name: 'Whose', value: link }] : [] };
}

/** Names in other languages, each marked with its language. */
function namesOf(names: readonly { name: string; language: string }[]): Fact[] {
  if (names.length === 0) return [];
  const value = (
    <ul className="names">
      {names.map(({ name, language }) => (
        <li key={`${language} ${name}`}>
          <bdi lang={language || undefined}>{name}</bdi>
        </li>
      ))}
    </ul>
  );
  return [{ name: 'Also called', value }];
}

const itemOf = ({ wikidataId }: { readonly wikidataId: string | null }): Fact[] =>
  wikidataId ? [{ name: 'Wikidata', value: wikidataId }] : [];

function factsOfActor({ names, countryCode, wikidataId, actorKind }: Found<'actor'>): Fact[] {
  return [
    ...namesOf(names),
    ...(countryCode && actorKind !== 'STATE' ? [{ name: 'Country', value: countryName(countryCode) }] : []),
    ...itemOf({ wikidataId }),
  ];
}

function factsOfTreaty({ parties, states }: Found<'treaty'>, asOf: AsOfInput | undefined): Fact[] {
  const links = parties.map(({ id, slug, name }) => (
    <li key={id}>
      <a href={linkToReference('actor', slug, asOf)}>{name}</a>
    </li>
  ));
  const history = states.map(({ state, note, since }) => (
    <li key={`${state} ${since.edtf}`}>
      {capital(plain(state))}, <FuzzyDate date={since} />
      {note && `. ${note}`}
    </li>
  ));
  return [
    ...(links.length > 0 ? [{ name: 'Parties', value: <ul className="names">{links}</ul> }] : []),
    ...(history.length > 0 ? [{ name: 'Status', value: <ul>{history}</ul> }] : []),
  ];
}

function factsOfWeapon(weapon: Found<'weaponSystem'>): Fact[] {
  const { classes, delivery, rangeMinKm, rangeMaxKm, names } = weapon;
  const range = [rangeMinKm, rangeMaxKm].filter((end) => end !== null).map((end) => end.toLocaleString('en'));
  return [
    ...namesOf(names),
    ...(classes.length > 0 ? [{ name: 'Class', value: classes.map(plain).join(', ') }] : []),
    ...(delivery.length > 0 ? [{ name: 'Launched from', value: delivery.map(plain).join(', ') }] : []),
    ...(range.length > 0 ? [{ name: 'Range', value: `${range.join(' to ')} km` }] : []),
  ];
}

function factsOfSource(source: Found<'source'>): Fact[] {
  const { publisher, published, reliability, url, agreement } = source;
  const address = safeUrl(url);
  const { preferred, normal, deprecated } = agreement;
  const link = address && (
    <a href={address} rel="external nofollow noreferrer">
      {address}
    </a>
  );
  return [
    ...namesOf(source.names),
    ...(publisher ? [{ name: 'Publisher', value: publisher }] : []),
    ...(published ? [{ name: 'Published', value: <FuzzyDate date={published} /> }] : []),
    { name: 'Reliability', value: `${reliability}: ${RELIABILITY[reliability]}` },
    ...(link ? [{ name: 'Original', value: link }] : []),
    ...itemOf(source),
    {
      name: 'Its claims',
      value: `${preferred} preferred, ${normal} not preferred, ${deprecated} set aside`,
    },
  ];
}
