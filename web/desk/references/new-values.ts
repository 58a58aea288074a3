import type { FoundReference, ReferenceKind } from './kinds.js';

/** What the form for a new reference holds. Each kind uses its part. */
export interface NewValues {
  readonly name: string;
  readonly slug: string;
  readonly actorKind: string;
  readonly countryCode: string;
  /** Other names, one a line. */
  readonly otherNames: string;
  readonly wikidataId: string;
  readonly publisher: string;
  readonly url: string;
  readonly published: string;
  readonly language: string;
  readonly reliability: string;
  readonly abbreviation: string;
  readonly actor: FoundReference | null;
}

export const NEW_VALUES: NewValues = {
  ...{ name: '', slug: '', actorKind: 'PERSON', countryCode: '', otherNames: '', wikidataId: '' },
  ...{ publisher: '', url: '', published: '', language: '', reliability: 'F', abbreviation: '', actor: null },
};

const set = (text: string) => text.trim() || undefined;

/** Returns the input of the kind's `upsert…` mutation. */
export function upsertInput(kind: ReferenceKind, values: NewValues): Record<string, unknown> {
  const shared = { slug: values.slug.trim(), name: values.name.trim() };
  const names = values.otherNames
    .split('\n')
    .filter((name) => name.trim() !== '')
    .map((name) => ({ name: name.trim() }));
  const named = { names, wikidataId: set(values.wikidataId) };
  switch (kind) {
    case 'actor':
      return {
        ...shared,
        kind: values.actorKind,
        countryCode: set(values.countryCode)?.toUpperCase(),
        ...named,
      };
    case 'topic':
      return { ...shared, ...named };
    case 'source': {
      const { name: title, slug } = shared;
      return {
        ...{ slug, title, publisher: set(values.publisher), url: set(values.url) },
        ...{
          published: set(values.published),
          language: set(values.language),
          reliability: values.reliability,
          ...named,
        },
      };
    }
    case 'treaty':
      return { ...shared, abbreviation: set(values.abbreviation) };
    case 'doctrine':
      return { ...shared, actor: values.actor?.slug };
    default:
      return shared;
  }
}
